"""A run as a report: one record, and one module for each way to show it."""

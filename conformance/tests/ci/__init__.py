"""Tests of what runs in a pipeline: workflows, action, hook, image."""

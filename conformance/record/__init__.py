"""What is kept of a result: the record, `report.json`, with verdicts and proposals."""

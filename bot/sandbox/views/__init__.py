"""Rows as the service shows them: JSON objects in Trello's own names, field by field."""

"""Checking a draft: every number in a text, against the record."""

"""Columns and rows of a draft's tables."""

"""Telling verdicts: as rows, lines, a page, comments in Word."""

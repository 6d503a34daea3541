"""Trends from published estimates: our own World, printed numbers beside data, revisions, one area's trend."""

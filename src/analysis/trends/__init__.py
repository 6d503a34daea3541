"""Trends from published estimates: our own World, revisions, the trend of one area."""

"""Audit: every number that the documents print, recomputed where they allow it, and judged by arithmetic."""

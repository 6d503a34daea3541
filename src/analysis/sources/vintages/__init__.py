"""Vintages: published estimates of several dates and services, checked and read to one tidy frame."""

from analysis.sources.vintages.register import TIDY, Vintage, VintageError, Vintages

__all__ = ["TIDY", "Vintage", "VintageError", "Vintages"]

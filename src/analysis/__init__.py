"""Reproduce an organisation's biennial programme reporting from recorded data, number by number."""

__version__ = "0.1.0"

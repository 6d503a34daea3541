"""Snapshots of statistical services: fetched once, checked, kept with query, date and hash as a vintage."""

from analysis.sources.fetching.client import Client, FetchError
from analysis.sources.fetching.snapshot import ADDRESSES, take

__all__ = ["ADDRESSES", "Client", "FetchError", "take"]

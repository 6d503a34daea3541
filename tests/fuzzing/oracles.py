"""Readers with an oracle: what is read is compared with what the file holds by another way."""

from __future__ import annotations

from further import ALL as READERS

ALL = {**READERS}

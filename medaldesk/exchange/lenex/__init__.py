"""Lenex 3: the results, entries and record lists that programs of swimming meets exchange."""

from medaldesk.exchange.lenex.sources import lenex_sources

__all__ = ["lenex_sources"]

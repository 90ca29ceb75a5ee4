"""MedalDesk: a desk for the results, medals and records of a Games."""

__version__ = "0.3.0"

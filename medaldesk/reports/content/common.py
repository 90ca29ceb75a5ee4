"""What the reports share."""

from __future__ import annotations


def line(*parts: str | None) -> str:
    """One line of context from what is known."""
    return " · ".join(part for part in parts if part)

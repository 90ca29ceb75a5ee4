"""Exact numbers as text (RULES R17)."""

from __future__ import annotations

from fractions import Fraction


def fraction(value: Fraction) -> str:
    """`89`, `44 1/2`, `1/2`; for a value that is not below zero."""
    whole, rest = divmod(value, 1)
    if not rest:
        return str(whole)
    return f"{whole} {rest}" if whole else str(rest)


def decimal(value: Fraction, places: int) -> str:
    """`3.940`: rounded, halves up; for a value that is not below zero."""
    scale = 10**places
    scaled = int(value * scale + Fraction(1, 2))
    return f"{scaled // scale}.{scaled % scale:0{places}}"

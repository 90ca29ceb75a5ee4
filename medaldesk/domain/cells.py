"""Cells of tables for other programs: text that no spreadsheet takes for a formula."""

from __future__ import annotations

import re

_SUSPECT = tuple("'=+-@＝＋－＠\t\r\n")
_PARTS = re.compile(r"[;|\t\r\n]")
_NUMBER = r"[0-9]+(?::[0-9]{2})*(?:\.[0-9]+)?"


def _before_formulas(sign: str) -> re.Pattern[str]:
    """Finds where a cell, or what follows the end of one in it, is a formula behind a sign."""
    first = rf"\A{sign}(?='*(?:[\t\r\n=@＝＋－＠]|[+-](?!{_NUMBER}\Z)))"
    later = rf"(?<=[;|\t\r\n]){sign}(?='*(?:[=@＝＋－＠]|[+-](?!{_NUMBER}(?:[;|\t\r\n]|\Z))))"
    return re.compile(f"{first}|{later}")


# Apostrophes of its own before a formula count too: otherwise `plain` could not tell them.
_BARE, _GUARDED = _before_formulas(""), _before_formulas("'")


def safe(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula.

    A program that takes semicolons for the ends of cells, as some do by the country, finds them
    in a cell of ours too: what follows one counts as a cell. So do the wide signs of East Asia. A
    signed number, such as `+0.28`, is no formula. `plain` takes the apostrophes off again.
    """
    if not cell.startswith(_SUSPECT) and _PARTS.search(cell) is None:
        return cell
    return _BARE.sub("'", cell)


def plain(cell: str) -> str:
    """The cell as it was before `safe`; `'t Hart` was never anything else."""
    return _GUARDED.sub("", cell) if "'" in cell else cell

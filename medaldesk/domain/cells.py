"""Cells of tables for other programs: text that no spreadsheet takes for a formula."""

from __future__ import annotations

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_SUSPECT = ("'", *_FORMULA)
_SIGNED_NUMBER = re.compile(r"[+-][0-9]+(:[0-9]{2})*(\.[0-9]+)?", re.ASCII)


def safe(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula.

    A signed number, such as `+0.28`, is none. `plain` takes the apostrophe off again.
    """
    if not cell.startswith(_SUSPECT):
        return cell
    # Apostrophes of its own before a formula count too: otherwise `plain` could not tell them.
    bare = cell.lstrip("'")
    is_formula = bare.startswith(_FORMULA) and not _SIGNED_NUMBER.fullmatch(bare)
    return f"'{cell}" if is_formula else cell


def plain(cell: str) -> str:
    """The cell as it was before `safe`; `'t Hart` was never anything else."""
    return cell[1:] if cell.startswith("'") and safe(cell[1:]) == cell else cell

"""Sentences of what was written out of a book."""

from __future__ import annotations

from pathlib import Path

from medaldesk.reports.language import tr


def written(path: Path, kind: str, count: int) -> str:
    """What an export of a kind (`results`, `odf`, `sqlite` …) wrote, and how much of it."""
    if kind == "sqlite":
        return tr("Wrote {path}.").format(path=path)
    template = (
        tr("Wrote {path}, messages: {n}.") if kind == "odf" else tr("Wrote {path}, rows: {n}.")
    )
    return template.format(path=path, n=f"{count:,}")


def kind_noun(kind: str) -> str:
    """What an export is, as a dialog lists it."""
    nouns = {
        "results": tr("Results, a row each"),
        "records": tr("Record lists"),
        "nations": tr("Nations"),
        "odf": tr("ODF messages"),
        "sqlite": tr("The book as it is (SQLite)"),
    }
    return nouns[kind]

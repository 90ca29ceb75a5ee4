"""XLSX, XLSB, XLS and ODS: read by `convert` in a process of its own, then row by row from here."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from time import monotonic
from typing import Any

from medaldesk.book import sheets as told
from medaldesk.book.sheets import NoteKind, SheetError, SheetNote, WorkbookBroken
from medaldesk.exchange.sheets.limits import Limits
from medaldesk.exchange.sheets.sheet import Numbered, Sheet
from medaldesk.exchange.sheets.spool import SUMMARY, Source, Spool

Tick = Callable[[], None]

_TICK = 0.1
"""Seconds between two questions whether to go on."""


def workbook_sheets(source: Source, limits: Limits, tick: Tick) -> list[Sheet]:
    """The sheets of a workbook in its order; see `read_sheets`. Raises SheetError."""
    spool = Spool()
    summary = _convert(source, spool, limits, tick)
    if "error" in summary:
        kind: type[SheetError] = getattr(told, summary["error"])
        raise kind(**(summary["details"] | {"path": source.path}))
    failed = summary["errors"]
    common = (SheetNote(NoteKind.ERRORS, count=failed),) if failed else ()
    return [_sheet(spool, sheet, common) for sheet in summary["sheets"]]


def _sheet(spool: Spool, sheet: dict[str, Any], common: tuple[SheetNote, ...]) -> Sheet:
    hidden = (SheetNote(NoteKind.HIDDEN),) if sheet["is_hidden"] else ()
    rows = partial(_rows, spool, sheet["file"], sheet["width"])
    return Sheet(sheet["name"], rows, sheet["rows"], notes=hidden + common)


def _rows(spool: Spool, file: str, width: int) -> Iterator[Numbered]:
    with (spool.path / file).open(encoding="utf-8") as lines:
        for line in lines:
            number, cells = json.loads(line)
            cells += [""] * (width - len(cells))
            yield number, cells


def _convert(source: Source, spool: Spool, limits: Limits, tick: Tick) -> dict[str, Any]:
    arguments = [str(source.content.absolute()), str(spool.path), json.dumps(asdict(limits))]
    # -P: what lies in the folder in which somebody works is no module of this program.
    command = [sys.executable, "-P", "-m", "medaldesk.exchange.sheets.convert", *arguments]
    megabytes = source.content.stat().st_size / 1_000_000
    ends = monotonic() + limits.seconds + limits.patience * megabytes
    nowhere, no_console = subprocess.DEVNULL, getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with subprocess.Popen(
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, creationflags=no_console
    ) as child:
        try:
            while not _ended(child):
                tick()
                if monotonic() > ends:
                    raise WorkbookBroken(path=source.path, problem="time")
        finally:
            child.kill()
    if child.returncode != 0:
        raise WorkbookBroken(path=source.path, problem=f"exit {child.returncode}")
    summary: dict[str, Any] = json.loads((spool.path / SUMMARY).read_text(encoding="utf-8"))
    return summary


def _ended(child: subprocess.Popen[bytes]) -> bool:
    """Whether a process ends before it is time for the next tick."""
    try:
        child.wait(_TICK)
    except subprocess.TimeoutExpired:
        return False
    return True

"""A plan as one edit: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.import_errors import PlanOutdated
from medaldesk.book.journal import Writer
from medaldesk.exchange.importing.plan import Plan
from medaldesk.exchange.importing.watch import Stage, Watch, without_collector

NAMED = 3
"""So many files are named in the journal."""

CHUNK = 20_000
"""Rows that are written between two questions whether to go on."""


def apply_plan(book: Book, plan: Plan, watch: Watch | None = None) -> None:
    """Make a plan true as one edit and one undo step, and derive once, at its end.

    Raises PlanOutdated where somebody wrote to the book meanwhile, ImportCancelled, BookError;
    then nothing has happened.
    """
    if not plan.changes_anything:
        return
    subject = f"{_named(plan.titles)} ({plan.taken})"
    with (
        without_collector(),
        book.edits.together(Action.IMPORT_RESULTS, subject) as writer,
    ):
        if book.reads.last_journal() != plan.journal:
            raise PlanOutdated
        _write(writer, plan, watch or Watch())


def _named(titles: Iterable[str]) -> str:
    """What the files are called in the journal: an archive of messages once, of many some."""
    names = list(dict.fromkeys(title.partition(": ")[0] for title in titles))
    return ", ".join(names if len(names) <= NAMED else [*names[:NAMED], "…"])


def _write(writer: Writer, plan: Plan, watch: Watch) -> None:
    watch.begins(Stage.WRITE)
    # What goes makes room: a position may be taken by what comes.
    for done, delete in enumerate(plan.deletes):
        if not done % CHUNK:
            watch.step(done, plan.total)
        writer.delete(delete.table, delete.row)
    done = len(plan.deletes)
    for table, inserts in plan.inserts.items():
        for rows in _chunks(inserts.rows):
            watch.step(done, plan.total)
            writer.insert_many(table, inserts.columns, rows)
            done += len(rows)
    for update in plan.updates:
        if not done % CHUNK:
            watch.step(done, plan.total)
        writer.update(update.table, update.row, **update.values)
        done += 1
    watch.begins(Stage.DERIVE)
    writer.deriving = watch.step


def _chunks(rows: Sequence[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk

"""Undo and redo: the rows of a journal entry put back, a long run of new rows by SQL alone.

An import adds hundreds of thousands of rows, a table after the other. Where all rows of such a
run are what the journal says, they go, or come back, by one statement and without a Python object
for each; where one is not, and for all other rows, each is looked at by itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from medaldesk.book.many_rows import ReplayedRows, can_be_replayed, journal_text, touched_now

Connection = sqlite3.Connection
Row = dict[str, Any]
Restore = Callable[[str, int, Row | None, Row | None], None]
Progress = Callable[[int, int], None]

LONG = 20
"""A run of so many new rows is one that is worth a statement."""

CHUNK = 20_000
"""Rows that are put back between two reports of how far it is."""


@dataclass(frozen=True, slots=True)
class Run:
    """Rows of the journal from `first` to `last`; in a `table` all new, with ids from `row` on.

    Rows of several tables, or not all of them new, have no table.
    """

    first: int
    last: int
    table: str = ""
    row: int = 0

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Replay:
    """Puts the rows of a journal entry back: backwards to what was, or forwards again.

    `restore` does so with one row, and raises UndoConflict; `remember` is told of many.
    """

    connection: Connection
    journal: int
    back: bool
    restore: Restore
    remember: Callable[[ReplayedRows], None]

    def run(self, watch: Progress | None = None) -> None:
        """Raises UndoConflict, and what `watch` raises."""
        runs = list(_runs(self._marks()))
        total = sum(run.count for run in runs)
        done = 0
        for run in reversed(runs) if self.back else runs:
            if watch is not None:
                watch(done, total)
            if not (run.table and self._all_at_once(run)):
                self._one_by_one(run)
            done += run.count

    def _marks(self) -> Iterator[tuple[int, str, int, int]]:
        """Journal row, table, row, and whether it was added, in the order of the journal."""
        return self.connection.execute(
            """SELECT id, table_name, row_id, before IS NULL AND after IS NOT NULL
            FROM journal_row WHERE journal_id = ? ORDER BY id""",
            (self.journal,),
        )

    def _one_by_one(self, run: Run) -> None:
        order = "DESC" if self.back else "ASC"
        rows = self.connection.execute(
            f"""SELECT table_name, row_id, before, after FROM journal_row
            WHERE journal_id = ? AND id BETWEEN ? AND ? ORDER BY id {order}""",
            (self.journal, run.first, run.last),
        )
        for table, row_id, before, after in rows:
            was, now = _load(before), _load(after)
            self.restore(table, row_id, now if self.back else was, was if self.back else now)

    def _all_at_once(self, run: Run) -> bool:
        """Take all rows of a run away, or add them again; False where that cannot be."""
        last_row = run.row + run.count - 1
        rows = ReplayedRows(run.table, run.row, last_row, run.first, run.last, back=self.back)
        try:
            if self.back:
                return self._all_gone(rows)
            return self._all_here(rows)
        except sqlite3.IntegrityError:
            # Another program's row is in the way; one by one shows which it is of these.
            return False

    def _all_gone(self, rows: ReplayedRows) -> bool:
        (same,) = self.connection.execute(
            f"""SELECT count(*) FROM journal_row AS j CROSS JOIN {rows.table} AS t
            ON t.id = j.row_id AND j.after = {journal_text(self.connection, rows.table, "t")}
            WHERE j.id BETWEEN ? AND ?""",
            (rows.journalled, rows.journalled_until),
        ).fetchone()
        if same != rows.count:
            return False
        touched_now(self.connection, rows)
        self.connection.execute(
            f"DELETE FROM {rows.table} WHERE id BETWEEN ? AND ?", (rows.first, rows.last)
        )
        self.remember(rows)
        return True

    def _all_here(self, rows: ReplayedRows) -> bool:
        taken = self.connection.execute(
            f"SELECT 1 FROM {rows.table} WHERE id BETWEEN ? AND ? LIMIT 1", (rows.first, rows.last)
        ).fetchone()
        if taken:
            return False
        (text,) = self.connection.execute(
            "SELECT after FROM journal_row WHERE id = ?", (rows.journalled,)
        ).fetchone()
        names = list(json.loads(text))
        values = ", ".join(f"json_extract(after, '$.{name}')" for name in names)
        self.connection.execute(
            f"""INSERT INTO {rows.table} ({", ".join(names)}) SELECT {values} FROM journal_row
            WHERE id BETWEEN ? AND ? ORDER BY id""",
            (rows.journalled, rows.journalled_until),
        )
        touched_now(self.connection, rows)
        self.remember(rows)
        return True


def _runs(marks: Iterator[tuple[int, str, int, int]]) -> Iterator[Run]:
    """The rows of an entry as runs of new rows, and what is between these."""
    between: Run | None = None
    for run in _stretches(marks):
        if run.table and run.count >= LONG:
            if between is not None:
                yield between
                between = None
            yield run
        else:
            between = Run(between.first if between else run.first, run.last)
    if between is not None:
        yield between


def _stretches(marks: Iterator[tuple[int, str, int, int]]) -> Iterator[Run]:
    """As many rows as follow each other: new ones of a table, or others."""
    first = last = row = 0
    table: str | None = None
    for key, name, row_id, is_new in marks:
        of = name if is_new and can_be_replayed(name) else ""
        count = key - first
        follows = of == table and key == last + 1 and count < CHUNK
        if not (follows and (not of or row_id == row + count)):
            if table is not None:
                yield Run(first, last, table, row)
            first, table, row = key, of, row_id
        last = key
    if table is not None:
        yield Run(first, last, table, row)


def _load(text: str | None) -> Row | None:
    return None if text is None else dict(json.loads(text))

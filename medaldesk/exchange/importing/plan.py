"""What an import would do to a book: read, recognised, matched; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medaldesk.book.reads import Reads
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.matching import Doubt
from medaldesk.exchange.importing.nations_plan import NationsPlanner
from medaldesk.exchange.importing.pending import Delete, Inserts, Pending, Update
from medaldesk.exchange.importing.planning import MARKED, Planning, Sample
from medaldesk.exchange.importing.records_plan import RecordsPlanner
from medaldesk.exchange.importing.results_plan import ResultsPlanner
from medaldesk.exchange.importing.rows import Problem, Source
from medaldesk.exchange.importing.watch import Watch, without_collector

__all__ = ["Count", "Plan", "Sample", "make_plan"]


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a table are new, changed, found as they are, or gone."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0


@dataclass(slots=True)
class Plan:
    """What one edit would make of files; `journal` is the state of the book it was made for.

    `counts` are by table, `rows` those of the files by fate. `problems` are rows that are not
    taken, `doubts` rows that are, but should be looked at.
    """

    journal: int
    titles: tuple[str, ...]
    inserts: Mapping[str, Inserts]
    updates: Sequence[Update]
    deletes: Sequence[Delete]
    counts: Mapping[str, Count]
    rows: Mapping[Fate, int]
    problems: Sequence[Problem]
    doubts: Sequence[Doubt]
    samples: Sequence[Sample]

    @property
    def changes_anything(self) -> bool:
        return bool(self.updates or self.deletes) or any(
            inserts.rows for inserts in self.inserts.values()
        )

    @property
    def taken(self) -> int:
        """How many rows of the files are taken, those that change nothing among them."""
        return sum(self.rows.values())

    @property
    def total(self) -> int:
        """How many rows would be written."""
        changed = len(self.updates) + len(self.deletes)
        return changed + sum(len(inserts.rows) for inserts in self.inserts.values())


def make_plan(
    reads: Reads,
    sources: Sequence[tuple[Source, ImportMapping]],
    watch: Watch | None = None,
) -> Plan:
    """Read sources by their mappings and compare them with a book.

    A message of a feed is taken whole or not at all: where anything in one cannot be taken, all is
    planned anew without it. Raises ColumnMissing, ImportCancelled, and what reading the files
    raises.
    """
    with without_collector():
        journal = reads.last_journal()
        mapped = [(number, *pair) for number, pair in enumerate(sources)]
        problems: list[Problem] = []
        broken: set[int] = set()
        while True:
            planning = Planning(reads, mapped, watch or Watch(), broken)
            _run(planning)
            new = [p for p in planning.problems if p.row and planning.feed.of(p.source)]
            if not new:
                return _plan(planning, problems, journal)
            problems += new
            broken |= planning.feed.without({p.source for p in new})


def _run(planning: Planning) -> None:
    if nations := planning.of(ImportKind.NATIONS):
        NationsPlanner(planning, nations).run()
    if marked := planning.of(*MARKED):
        ResultsPlanner(planning, marked).run()
    if records := planning.of(ImportKind.RECORDS):
        RecordsPlanner(planning, records).run()


def _plan(planning: Planning, broken: Sequence[Problem], journal: int) -> Plan:
    pending = planning.pending
    pending.finish()
    return Plan(
        journal,
        tuple(source.name for _, source, _ in planning.sources),
        pending.inserts,
        pending.updates,
        pending.deletes,
        _counts(pending),
        dict(planning.fates),
        sorted([*planning.problems, *broken], key=lambda p: (p.source, p.row)),
        planning.doubts,
        planning.samples,
    )


def _counts(pending: Pending) -> dict[str, Count]:
    changed = Counter(update.table for update in pending.updates)
    gone = Counter(delete.table for delete in pending.deletes)
    return {
        table: Count(len(inserts.rows), changed[table], pending.unchanged[table], gone[table])
        for table, inserts in pending.inserts.items()
    }

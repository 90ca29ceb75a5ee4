"""What the planners of results, records and nations share while one plan is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from medaldesk.book.import_errors import TooManyRefused
from medaldesk.book.reads import Reads
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.matching import Doubt, Nations
from medaldesk.exchange.importing.messages import Feed
from medaldesk.exchange.importing.pending import Named, Pending
from medaldesk.exchange.importing.programme import Programme
from medaldesk.exchange.importing.rows import Cells, Problem, RowError, Source
from medaldesk.exchange.importing.watch import Watch

SAMPLES = 200
"""A plan shows so many rows of each fate."""

EVERY = 1_000
"""After so many rows somebody is told, and asked whether to go on."""

MOST_REFUSED = 100_000
"""A file with more rows that cannot be taken is another file than it is taken for."""

Mapped = tuple[int, Source, ImportMapping]
"""A source with its number among all of them, and its mapping."""

MARKED = (ImportKind.RESULTS, ImportKind.STARTLIST, ImportKind.MEDALLISTS)
"""What is laid over events."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of a file and what becomes of it: who, in which event, and the mark as it will be.

    In a table of nations it is the name, with its code in `nation`.
    """

    source: int
    row: int
    fate: Fate
    event: str
    name: str
    nation: str
    written: str
    result: str


@dataclass(slots=True)
class Planning:
    """One plan in the making: the book, what is pending, and what became of the rows so far.

    Nations come first, then results, then records, so that each finds what those before add.
    `broken` are the numbers of messages that an attempt before found something wrong in.
    """

    reads: Reads
    sources: Sequence[Mapped]
    watch: Watch
    broken: Collection[int] = ()
    problems: list[Problem] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    fates: Counter[Fate] = field(default_factory=Counter)
    pending: Pending = field(init=False)
    programme: Programme = field(init=False)
    nations: Nations = field(init=False)
    named_sources: Named = field(init=False)
    named_venues: Named = field(init=False)
    feed: Feed = field(init=False)

    def __post_init__(self) -> None:
        self.pending = Pending(self.reads.next_ids())
        self.programme = Programme(self.reads, self.pending)
        self.nations = Nations(self.reads.known_codes())
        names = self.reads.known_names
        self.named_venues = Named(names("venue"), self.pending["venue"])
        messages = [source.message for _, source, _ in self.sources]
        titles = names("source")
        self.feed = Feed(messages, titles, self.broken)
        titles |= self.feed.write(self.pending["source"], self.pending.updates)
        self.named_sources = Named(titles, self.pending["source"])
        self.problems += [Problem(n, 0, "", error) for n, error in self.feed.refused.items()]

    def of(self, *kinds: ImportKind) -> list[Mapped]:
        """The sources of some kinds: tables, then messages from the oldest to the newest."""
        mapped = [self.sources[number] for number in self.feed.order]
        return [found for found in mapped if found[2].kind in kinds]

    def rows_of(self, mapped: Iterable[Mapped]) -> Iterator[tuple[int, int, Cells]]:
        """Every row of some sources: the number of the source, its own, and its cells.

        Raises ImportCancelled, and what reading the files raises.
        """
        mine = list(mapped)
        done, total = 0, sum(source.lines for _, source, _ in mine)
        for number, source, _ in mine:
            for row, cells in source.rows():
                done += 1
                if not done % EVERY:
                    self.watch.step(done, max(done, total))
                yield number, row, cells

    def refuse(self, source: int, row: int, error: RowError) -> None:
        """Say why a row is not taken. Raises TooManyRefused."""
        if len(self.problems) == MOST_REFUSED:
            raise TooManyRefused(count=MOST_REFUSED)
        self.problems.append(Problem(source, row, error.column, error.error))

    def settle(self, fate: Fate) -> bool:
        """Count what becomes of a row; whether it is among those that are shown."""
        self.fates[fate] += 1
        return self.fates[fate] <= SAMPLES

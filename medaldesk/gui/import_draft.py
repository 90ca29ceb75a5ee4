"""What a person has said so far about the files of an import; nothing is forgotten on the way.

What the files say themselves, or a profile says of them, is the base; what the person says goes
over it, so that a file that is looked at anew keeps every answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from medaldesk.book.errors import EmptyField
from medaldesk.book.import_errors import ColumnMissing, DaysUnknown, MarksUnknown
from medaldesk.domain.names import fold
from medaldesk.exchange.importing.columns import CERTAIN, LIKELY, Guess
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.preview import Look, MarkLook, Preview, SourceLook, ValueLook
from medaldesk.exchange.importing.rows import Problem
from medaldesk.exchange.tidy import GIVES

LEFT_OUT, NOTE = "(left out)", "(note)"
"""What a column can be besides a tidy column."""

NAMES = ("athlete", "family_name", "team")

ASKED = (
    "competition",
    "competition_name",
    "start_date",
    "end_date",
    "discipline",
    "event",
    "event_name",
    "gender",
    "mark_kind",
    "nation",
)
"""What can be asked for as the same in every row, in the order in which it is asked."""

NEW_ONES = ("competition", "event")
"""Columns whose texts may be new to the book without anything being wrong."""

_TOGETHER = {
    "start_date": ("competition_name", "start_date", "end_date"),
    "event": ("event", "discipline"),
}
"""What is asked for with something that is missing."""


class Sure(StrEnum):
    """How sure it is what a column is; `SAID` by the person, `PROFILE` by the mapping in use."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
    SAID = "said"
    PROFILE = "profile"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of a table and what it is taken for: tidy columns, or LEFT_OUT, or NOTE."""

    number: int
    heading: str
    examples: tuple[str, ...]
    targets: tuple[str, ...]
    sure: Sure


@dataclass(frozen=True, slots=True)
class Shape:
    """The tables with the same heading: what is said of one is said of all."""

    number: int
    looks: tuple[SourceLook, ...]

    @property
    def first(self) -> SourceLook:
        return self.looks[0]

    @property
    def lines(self) -> int:
        return sum(look.lines for look in self.looks)


@dataclass(slots=True)
class Said:
    """A person's answers; `columns` by heading of the table, then by heading of the column."""

    columns: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    patterns: tuple[str, ...] | None = None
    people: dict[str, str] = field(default_factory=dict)


class ImportDraft:
    """The answers over what was found; `mappings` is what comes of both."""

    def __init__(self) -> None:
        self.said = Said()
        self.shapes: tuple[Shape, ...] = ()
        self.sources: tuple[SourceLook, ...] = ()
        self.kind = ImportKind.RESULTS
        self.asked: set[str] = set()
        self.profile = ImportMapping()

    # Looking

    def take(self, look: Look, profile: ImportMapping) -> None:
        """Files as they were found, by a profile; one without columns is no profile."""
        if look.kind is not self.kind:
            self.asked = set()
        groups: dict[tuple[tuple[str, ...], bool], list[SourceLook]] = {}
        for source in look.sources:
            groups.setdefault((source.heading, source.is_fixed), []).append(source)
        self.sources, self.kind, self.profile = look.sources, look.kind, profile
        self.shapes = tuple(Shape(n, tuple(looks)) for n, looks in enumerate(groups.values()))
        self.asked = {what for what in self.missing() if what in ASKED} | self.asked

    def forget(self) -> None:
        """Begin anew with another profile: what it says goes before what was said."""
        self.said = Said(people=self.said.people)
        self.asked = set()

    @property
    def open_shapes(self) -> list[Shape]:
        """The tables about which something can be said."""
        return [shape for shape in self.shapes if not shape.first.is_fixed]

    def mappings(self) -> tuple[ImportMapping, ...]:
        """The mapping of each source, in their order."""
        return tuple(self.mapping(source) for source in self.sources)

    def mapping(self, source: SourceLook) -> ImportMapping:
        """The base with what was said over it; a file that says itself what is what keeps its own.

        Who is one person is said of all files.
        """
        base, said = source.mapping, self.said
        people = {**base.people, **said.people}
        if source.is_fixed:
            return replace(base, people=people)
        columns, left_out = self._columns(source)
        values = {
            target: {**base.values.get(target, {}), **said.values.get(target, {})}
            for target in {*base.values, *said.values}
        }
        constants = {**base.constants, **said.constants}
        return replace(
            base,
            columns=columns,
            left_out=left_out,
            constants={target: text for target, text in constants.items() if text},
            values=values,
            mark_patterns=base.mark_patterns if said.patterns is None else said.patterns,
            people=people,
            kind=_told_kind(self.kind, columns),
        )

    def _columns(self, source: SourceLook) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
        columns = dict(source.mapping.columns)
        left_out = dict.fromkeys(source.mapping.left_out)
        for heading, target in self.said.columns.get(source.heading, {}).items():
            left_out.pop(heading, None)
            rest = {known: _without(named, heading) for known, named in columns.items()}
            columns = {known: named for known, named in rest.items() if named}
            if target == LEFT_OUT:
                left_out[heading] = None
            elif target != NOTE:
                columns[target] = (heading,)
        return columns, tuple(left_out)

    def whole_mapping(self) -> ImportMapping:
        """One mapping for all tables, as a profile keeps it."""
        open_ = [self.mapping(shape.first) for shape in self.open_shapes]
        mapping = open_[0] if open_ else replace(self.profile, kind=self.kind)
        columns: dict[str, tuple[str, ...]] = {}
        for each in open_:
            for target, headings in each.columns.items():
                columns[target] = tuple(dict.fromkeys((*columns.get(target, ()), *headings)))
        left_out = dict.fromkeys(heading for each in open_ for heading in each.left_out)
        return replace(mapping, columns=columns, left_out=tuple(left_out))

    # Columns

    def lines(self, shape: Shape) -> list[ColumnLine]:
        """The columns of a table, in their order."""
        mapping = self.mapping(shape.first)
        said = self.said.columns.get(shape.first.heading, {})
        return [
            self._line(guess, mapping, said)
            for guess in shape.first.guesses
            if guess.heading.strip() or guess.examples
        ]

    def _line(self, guess: Guess, mapping: ImportMapping, said: Mapping[str, str]) -> ColumnLine:
        heading = guess.heading
        targets = tuple(t for t, headings in mapping.columns.items() if heading in headings)
        if heading in mapping.left_out:
            targets = (LEFT_OUT,)
        sure = Sure.NOTHING
        if heading in said:
            sure = Sure.SAID
        elif self.profile.columns and targets:
            sure = Sure.PROFILE
        elif targets:
            sure = _sure(guess)
        return ColumnLine(guess.number, heading, guess.examples, targets or (NOTE,), sure)

    def say_column(self, shape: Shape, heading: str, target: str) -> None:
        """A column is something: a tidy column, LEFT_OUT or NOTE."""
        said = self.said.columns.setdefault(shape.first.heading, {})
        # The latest answer goes last, for it goes before the others.
        said.pop(heading, None)
        said[heading] = target

    def missing(self) -> list[str]:
        """What every row needs and nothing gives, for all tables; the first of several that do."""
        found: dict[str, None] = {}
        for shape in self.open_shapes:
            mapping = self.mapping(shape.first)
            given = {*mapping.columns, *(t for t, text in mapping.constants.items() if text)}
            found |= dict.fromkeys(
                needed[0] for needed in _needed(mapping.kind) if not given & set(needed)
            )
        return list(found)

    def questions(self) -> list[str]:
        """What is asked for, or was said, as the same in every row; in the order of asking."""
        constants = {t for s in self.open_shapes for t in self.mapping(s.first).constants}
        shown = self.asked | constants | set(self.said.constants)
        return [*(t for t in ASKED if t in shown), *sorted(shown - set(ASKED))]

    def constant(self, target: str) -> str:
        """What stands in every row."""
        bases = (shape.first.mapping.constants.get(target, "") for shape in self.open_shapes)
        return self.said.constants.get(target, next(filter(None, bases), ""))

    def ask(self, target: str) -> list[str]:
        """Ask for something, and for what goes with it where nothing gives it."""
        given = {t for s in self.open_shapes for t in self.mapping(s.first).columns}
        wanted = [t for t in _TOGETHER.get(target, (target,)) if t not in given or t == target]
        new = [t for t in wanted if t not in self.asked and t in ASKED]
        self.asked.update(new)
        return new

    @property
    def asks_columns(self) -> bool:
        """Whether a person should look at what the columns are taken for."""
        if self.missing() or self.old_event or self.unnamed:
            return True
        lines = [line for shape in self.open_shapes for line in self.lines(shape)]
        return any(line.sure in (Sure.LIKELY, Sure.POSSIBLE) for line in lines)

    @property
    def is_report(self) -> bool:
        """Whether these are rows that were not taken before: what was said then holds."""
        return any(shape.first.is_report for shape in self.open_shapes)

    @property
    def old_event(self) -> bool:
        """Whether a profile says the event of the file it was made for: this may be another."""
        return bool(self.profile.columns and "event" in self.profile.constants) and (
            "event" not in self.said.constants and not self.is_report
        )

    @property
    def unnamed(self) -> list[str]:
        """The columns of a start list that its profile does not speak of: there may be marks."""
        if not self.profile.columns or self.kind is not ImportKind.STARTLIST or self.is_report:
            return []
        lines = [line for shape in self.open_shapes for line in self.lines(shape)]
        return [
            line.heading
            for line in lines
            if line.sure is Sure.NOTHING and line.examples and line.targets == (NOTE,)
        ]

    def asked_by(self, preview: Preview) -> list[str]:
        """What a plan lacks that could be said of every row, and was not asked for before."""
        if not self.open_shapes:
            return []
        lacking = dict.fromkeys(
            problem.column for problem in preview.problems if _is_asked(problem, preview)
        )
        new = [new for target in lacking for new in self.ask(target)]
        types = preview.counts.get("event_type")
        if self.kind is ImportKind.STARTLIST and types is not None and types.new and not new:
            # A start list is taken without it, but then no mark could be typed.
            new = [] if self.constant("mark_kind") else self.ask("mark_kind")
        return new

    # Values, marks and people

    def say_value(self, target: str, text: str, meaning: str) -> None:
        """What a text of a column stands for."""
        self.said.values.setdefault(target, {})[text] = meaning

    def say_patterns(self, patterns: Sequence[str]) -> None:
        """How marks are spelled."""
        self.said.patterns = tuple(patterns)

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns in use."""
        return next((self.mapping(s.first).mark_patterns for s in self.open_shapes), ())

    def say_person(self, one: str, other: str | None) -> None:
        """`Name (RUS)` is `Name (KOR)`, or somebody else."""
        self.said.people.pop(one, None)
        if other is not None:
            self.said.people[one] = other


def asks_values(preview: Preview) -> bool:
    """Whether a person should look at values and marks: something is unknown, or is read oddly."""
    return any(map(is_unknown, preview.values)) or any(map(is_odd, preview.marks))


def is_unknown(value: ValueLook) -> bool:
    """A text that nothing is known of, and that cannot be something new."""
    return not value.is_known and value.target not in NEW_ONES


def is_odd(mark: MarkLook) -> bool:
    """A mark that is refused, or whose digits are others in the book than in the file."""
    return not mark.becomes or (mark.is_changed and _digits(mark.written) != _digits(mark.becomes))


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _told_kind(kind: ImportKind, columns: Iterable[str]) -> ImportKind:
    """A start list of which a column was said to be a mark has results."""
    has_results = kind is ImportKind.STARTLIST and not {*GIVES}.isdisjoint(columns)
    return ImportKind.RESULTS if has_results else kind


def _needed(kind: ImportKind) -> Iterable[tuple[str, ...]]:
    """What every row needs, each as those of which one is enough."""
    if kind in (ImportKind.RECORDS, ImportKind.NATIONS):
        return []
    needed = [("competition",), ("event",), ("nation",), NAMES]
    if kind is ImportKind.RESULTS:
        needed.append(GIVES)
    if kind is ImportKind.MEDALLISTS:
        needed.append(("medal",))
    return needed


def _is_asked(problem: Problem, preview: Preview) -> bool:
    if isinstance(problem.error, DaysUnknown | MarksUnknown | ColumnMissing):
        return problem.column in ASKED
    lacks = isinstance(problem.error, EmptyField) and problem.column in ASKED
    return lacks and (problem.column == "discipline" or not preview.taken)


def _sure(guess: Guess) -> Sure:
    if guess.confidence >= (CERTAIN + LIKELY) / 2 or fold(guess.heading) == guess.target:
        return Sure.CERTAIN
    return Sure.LIKELY if guess.confidence >= LIKELY * 0.8 else Sure.POSSIBLE


def _without(headings: tuple[str, ...], heading: str) -> tuple[str, ...]:
    return tuple(known for known in headings if known != heading)

"""What a medal table counts (RULES R18, R19), and the condition that says so in SQL."""

from __future__ import annotations

from dataclasses import dataclass, replace

from medaldesk.domain.decisions import STANDS

Values = tuple[object, ...]
Condition = tuple[str, Values]
"""A condition on the rows of `award AS w` and what fills its placeholders."""


@dataclass(frozen=True, slots=True)
class TableScope:
    """What a medal table counts; nothing named means all there is.

    `competitions` are ids, `series` a code: its competitions count beside those named.
    `disciplines` are codes, `genders` letters (M, W, X, O), `first` and `last` ISO days of the
    event, both included. `grouping` is the id of the grouping view that merges nations (RULES
    R14). `as_of` is an ISO day: the events official by then and the decisions taken by then (RULES
    R19). `as_it_stands` counts running events too and is always of now, whatever `as_of` says
    (RULES R10). `zeros` lists nations with entries and no medal (RULES R20).
    """

    competitions: tuple[int, ...] = ()
    series: str | None = None
    disciplines: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    grouping: int | None = None
    as_of: str | None = None
    as_it_stands: bool = False
    zeros: bool = False

    @property
    def whole_book(self) -> bool:
        """Whether every competition counts."""
        return not self.competitions and self.series is None


def scope_of(scope: TableScope | int, *, as_it_stands: bool = False) -> TableScope:
    """A scope as such; a number is one competition."""
    wanted = scope if isinstance(scope, TableScope) else TableScope((scope,))
    return replace(wanted, as_it_stands=True) if as_it_stands else wanted


@dataclass(frozen=True, slots=True)
class Counted:
    """A scope with its codes looked up: None is no filter."""

    scope: TableScope
    competitions: tuple[int, ...] | None
    disciplines: tuple[int, ...] | None

    def awards(self) -> Condition:
        """Which rows of `award AS w` count."""
        return _all(
            _among("w.competition_id", self.competitions),
            _state(self.scope),
            _among("w.discipline_id", self.disciplines),
            _among("w.gender", self.scope.genders or None),
            _days("w.day", self.scope),
        )

    def official_events(self) -> Condition:
        """Which events are decided: rows of `event AS e` and `event_type AS t`."""
        day = self.scope.as_of
        if day is None:
            return _all(("e.official_at IS NOT NULL", ()), self._events())
        return _all(("e.official_at <= ?", (day,)), self._events())

    def entries(self) -> Condition:
        """Which entries count: rows of `event AS e` and `event_type AS t`.

        As of a day they are those of the competitions that had begun.
        """
        day = None if self.scope.as_it_stands else self.scope.as_of
        if day is None:
            return self._events()
        begun = "e.competition_id IN (SELECT id FROM competition WHERE start_date <= ?)"
        return _all((begun, (day,)), self._events())

    def _events(self) -> Condition:
        return _all(
            _among("e.competition_id", self.competitions),
            _among("t.discipline_id", self.disciplines),
            _among("t.gender", self.scope.genders or None),
            _days("e.date", self.scope),
        )

    def edge(self, *, official: bool, first: str, until: str) -> str | None:
        """The day because of which a medal does not count here, if it is because of a day.

        It is the first day of the medal where that is still to come, and where it is over the day
        from which it was held no longer.
        """
        day = None if self.scope.as_it_stands else self.scope.as_of
        if day is None:
            return until if until != STANDS else None
        if official and first > day:
            return first
        return until if until <= day else None


def either(one: Counted, other: Counted) -> Condition:
    """Where the rows of `award AS w` are that one of two scopes can count."""
    if one.competitions is None or other.competitions is None:
        return "1", ()
    return _among("w.competition_id", tuple({*one.competitions, *other.competitions}))


def _state(scope: TableScope) -> Condition:
    """What holds as it stands, today, or on the day of the table."""
    if scope.as_it_stands:
        return "w.official IN (0, 1) AND w.until_day = ?", (STANDS,)
    if scope.as_of is None:
        return "w.official = 1 AND w.until_day = ?", (STANDS,)
    day = scope.as_of
    return "w.official = 1 AND w.until_day > ? AND w.from_day <= ?", (day, day)


def _days(column: str, scope: TableScope) -> Condition:
    spans = ((f"{column} >= ?", scope.first), (f"{column} <= ?", scope.last))
    return _all(*((sql, (day,)) for sql, day in spans if day is not None))


def _among(column: str, values: Values | None) -> Condition:
    """A column that holds one of some values; None is any."""
    if values is None:
        return "", ()
    return f"{column} IN ({', '.join('?' * len(values))})", tuple(values)


def _all(*conditions: Condition) -> Condition:
    """Every one of some conditions; without any, the empty text."""
    needed = [condition for condition in conditions if condition[0]]
    values = tuple(value for _, filled in needed for value in filled)
    return " AND ".join(sql for sql, _ in needed), values

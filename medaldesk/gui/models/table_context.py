"""What the line under the heading of the medal table says, and what an empty one does."""

from __future__ import annotations

from collections.abc import Iterator

from medaldesk.book.reads.standings import MedalTable
from medaldesk.gui.models.table_choice import Compare, TableChoice, TableShown
from medaldesk.reports import words
from medaldesk.reports.language import tr

NAMED_AT_MOST = 3
"""So many competitions are named; of more it is told how many they are."""


def context_parts(shown: TableShown, choice: TableChoice, series: str | None) -> list[str]:
    """Where, when, how many events, of which day, and what is merged."""
    table = shown.table
    first, last = table.competitions[0], max(table.competitions, key=lambda row: row.end)
    parts = [_competitions(table, series), words.days(first.start, last.end)]
    if shown.decided == 1:
        parts.append(tr("1 event decided"))
    else:
        parts.append(tr("{n} events decided").format(n=shown.decided))
    if shown.running:
        parts.append(tr("{n} under way").format(n=shown.running))
    return [*parts, *_time(choice), *_merged(table)]


def empty_text(shown: TableShown) -> str:
    """Why there is no medal in sight, and what to do."""
    scope = shown.table.scope
    if any((scope.disciplines, scope.genders, scope.first, scope.last)):
        return tr("No medals with these filters. Take one away, or choose “Clear filters”.")
    if scope.as_of is not None:
        return tr("No medal was decided by {day}. Go on to a later day, or choose “Now”.").format(
            day=words.day(scope.as_of)
        )
    if shown.running and shown.table.official:
        return tr(
            "No event of this competition is official yet. Choose “As it stands” to see the "
            "medals of what is under way."
        )
    return tr(
        "No medals yet. The table fills as soon as marks are typed in an event of this competition."
    )


def _competitions(table: MedalTable, series: str | None) -> str:
    if table.scope.whole_book:
        return tr("Whole book")
    if series is not None and not table.scope.competitions:
        return series
    names = [row.name for row in table.competitions]
    if len(names) > NAMED_AT_MOST:
        return tr("{n} competitions").format(n=len(names))
    return ", ".join(names)


def _time(choice: TableChoice) -> Iterator[str]:
    day = choice.scope.as_of
    if choice.compare is Compare.STANDS:
        yield tr("as it stands compared with official")
    elif choice.compare is Compare.DAYS:
        first, second = choice.days_compared()
        shown = words.short_day(second) if second else tr("now")
        template = tr("{day} compared with {other}")
        yield template.format(day=shown, other=words.short_day(first))
    elif day is not None:
        yield tr("as of {day}").format(day=words.short_day(day))


def _merged(table: MedalTable) -> Iterator[str]:
    """What is merged on screen is said there (RULES R14)."""
    if table.merged is not None:
        yield tr("Grouping view: {view}").format(view=table.merged.name)

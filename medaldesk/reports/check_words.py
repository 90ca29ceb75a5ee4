"""The check against a published medal table in words."""

from __future__ import annotations

from collections.abc import Sequence

from medaldesk.book.table_check import MedalInvolved, Reason, TableCheck, TableDifferenceRow
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Tally
from medaldesk.reports.dates import short_day
from medaldesk.reports.language import tr
from medaldesk.reports.table_words import triple

SHOWN = 4
"""So many medals are told beside a difference."""


def check_summary(check: TableCheck) -> str:
    """`Milano Cortina 2026: 29 rows agree, 0 differ`: what came of a competition."""
    return tr("{name}: {agreeing} rows agree, {differing} differ.").format(
        name=check.competition.name, agreeing=check.agreeing, differing=len(check.differences)
    )


def difference_line(row: TableDifferenceRow) -> str:
    """`GER: published 0-0-0, here 0-0-1: …`: gold, silver, bronze, and the likely reason."""
    template = tr("{name}: published {there}, here {here}: {reason}")
    if row.reason in (Reason.RANK_FOLLOWS, Reason.RANK_RULE):
        template = tr("{name}: published rank {there}, here {here}: {reason}")
        there, here = _ranks(row)
    else:
        there = triple(row.published.tally) if row.published else tr("nothing")
        here = triple(row.here.tally if row.here else Tally())
    line = template.format(name=row.name, there=there, here=here, reason=reason_says(row))
    return f"{line} ({_medals(row.medals)})" if row.medals else line


def reason_says(row: TableDifferenceRow) -> str:
    """`as before the decision of CAS on 13 Dec 2022`: the likely reason of a difference."""
    if row.reason is Reason.DECISION:
        template = tr("as before the decision on {day}")
        if row.body:
            template = tr("as before the decision of {body} on {day}")
        return template.format(body=row.body, day=short_day(row.day))
    return {
        Reason.UNKNOWN_NATION: tr("no nation of the book is called so"),
        Reason.LEFT_OUT: tr("left out of the table here"),
        Reason.RUNNING: tr("events that are not official here"),
        Reason.PER_MEMBER: tr("teams counted per member"),
        Reason.TIE: tr("ties counted in another way"),
        Reason.ART: tr("the art competitions, which are not in this book"),
        Reason.ONLY_THERE: tr("no medal in this book"),
        Reason.ONLY_HERE: tr("not in the published table"),
        Reason.TOTAL: tr("the published total is not the sum of its medals"),
        Reason.RANK_FOLLOWS: tr("the medals agree, those of other nations differ"),
        Reason.RANK_RULE: tr("all medals agree, ranked in another way"),
        Reason.UNEXPLAINED: tr("unexplained"),
    }[row.reason]


def not_a_table(path: object) -> str:
    """Why there is nothing to compare in a file."""
    return tr(
        "{path} has no medal table to compare: it needs columns for the nation, gold, silver and "
        "bronze, and rows of the competition."
    ).format(path=path)


def unknown_competition(text: str, rows: int) -> str:
    """What became of rows whose competition is not in the book."""
    template = tr("No one competition of this book is “{text}”: {rows} rows are not compared.")
    return template.format(text=text, rows=rows)


def unread_row(number: int, text: str) -> str:
    """What became of a row that cannot be read."""
    template = tr("Row {number}: {text} are no numbers of medals; it is not compared.")
    return template.format(number=number, text=text)


def _ranks(row: TableDifferenceRow) -> tuple[str, str]:
    """The ranks that the file gives, and those of the book: `1 / 9`, by gold and by total."""
    if row.published is None or row.here is None:
        return "", ""
    both = [
        (str(there), str(here.number) if here else "–")
        for there, here in (
            (row.published.rank, row.here.by_gold),
            (row.published.rank_total, row.here.by_total),
        )
        if there is not None
    ]
    return " / ".join(there for there, _ in both), " / ".join(here for _, here in both)


def _medals(medals: Sequence[MedalInvolved]) -> str:
    told = "; ".join(map(_medal, medals[:SHOWN]))
    more = len(medals) - SHOWN
    return tr("{medals} and {n} more").format(medals=told, n=more) if more > 0 else told


def _medal(involved: MedalInvolved) -> str:
    template = tr("{medal} of {name}, {event}")
    if not involved.here:
        template = tr("no more {medal} of {name}, {event}")
    medal = {Medal.GOLD: tr("gold"), Medal.SILVER: tr("silver"), Medal.BRONZE: tr("bronze")}
    return template.format(
        medal=medal[involved.medal], name=involved.name, event=involved.event_name
    )

"""The check against a published medal table in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from medaldesk.book.checked_table import (
    MedalInvolved,
    NotCompared,
    Part,
    Reason,
    TableCheck,
    TableDifferenceRow,
    WhyNot,
)
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Tally
from medaldesk.reports.dates import short_day
from medaldesk.reports.language import tr
from medaldesk.reports.table_words import change, triple
from medaldesk.reports.words import medal_letter

SHOWN = 4
"""So many medals, nations or events are told beside a difference."""

_OF_RANKS = (Reason.RANK_FOLLOWS, Reason.RANK_RULE)


def check_summary(check: TableCheck) -> str:
    """`Milano Cortina 2026: 29 rows agree, 0 differ.`: what came of a competition."""
    return tr("{name}: {counted}").format(
        name=check.competition.name, counted=counted(check.agreeing, len(check.differences))
    )


def checks_told(checks: Sequence[TableCheck]) -> list[str]:
    """The tables that came with files against the book: those that differ, and how many do not."""
    differ = [check for check in checks if check.differences]
    same = len(checks) - len(differ)
    told = [tr("Medal table of {summary}").format(summary=check_summary(c)) for c in differ]
    if same:
        template = tr("The medal tables of {n} competitions agree with the book.")
        if same == 1:
            template = tr("The medal table of {name} agrees with the book.")
        name = next(c.competition.name for c in checks if not c.differences)
        told.append(template.format(n=f"{same:,}", name=name))
    return told


def counted(agreeing: int, differing: int) -> str:
    """`1,669 rows agree, 121 differ.`: of one competition, or of all."""
    template = tr("{agreeing} rows agree, {differing} differ.")
    if agreeing == 1:
        template = tr("1 row agrees, {differing} differ.")
    return template.format(agreeing=f"{agreeing:,}", differing=f"{differing:,}")


def all_counted(checks: Sequence[TableCheck]) -> str:
    """`50 competitions: 1,669 rows agree, 120 differ.`: what came of all together."""
    agreeing = sum(check.agreeing for check in checks)
    differing = sum(len(check.differences) for check in checks)
    if len(checks) == 1:
        return counted(agreeing, differing)
    template = tr("{n} competitions: {counted}")
    return template.format(n=len(checks), counted=counted(agreeing, differing))


def found(checks: Sequence[TableCheck], left: Sequence[NotCompared]) -> str:
    """The same with how many rows are not compared; empty where there is nothing."""
    said = [all_counted(checks)] if checks else []
    if len(left) == 1:
        said.append(tr("1 row is not compared."))
    elif left:
        said.append(tr("{rows} rows are not compared.").format(rows=f"{len(left):,}"))
    return " ".join(said)


def reasons_counted(checks: Sequence[TableCheck]) -> Counter[Reason]:
    """How many rows differ for a reason; one with several is counted for each of them."""
    return Counter(
        part.reason for check in checks for row in check.differences for part in row.parts
    )


def balance(check: TableCheck) -> str:
    """`In all +1 gold there.`: what the whole published table has more; of one row nothing new."""
    if check.more == Tally() or len(check.differences) == 1:
        return ""
    template = tr("In all {change} there.")
    if check.lacking:
        template = tr(
            "In all {change} there. Held before and after, not here by that name: {events}."
        )
    return template.format(change=changes(check.more), events="; ".join(check.lacking))


def changes(tally: Tally) -> str:
    """`+1 gold −1 silver`: what there is more, or less, of each colour."""
    return " ".join(
        tr("{change} {medal}").format(change=change(tally.of_medal(medal)), medal=_colour(medal))
        for medal in Medal
        if tally.of_medal(medal)
    )


def signed(tally: Tally) -> str:
    """`+1 G −1 S`: the same in the least room."""
    return " ".join(
        f"{change(tally.of_medal(medal))} {medal_letter(medal)}"
        for medal in Medal
        if tally.of_medal(medal)
    )


def difference_line(row: TableDifferenceRow) -> str:
    """`GER: published 0-0-0, here 0-0-1: …`: gold, silver, bronze, reasons, medals."""
    return _line(row, tr("; ").join(_part_line(row, part) for part in row.parts))


def difference_without_medals(row: TableDifferenceRow) -> str:
    """The same where the medals stand beside it."""
    return tr("{line}.").format(line=_line(row, reasons_say(row)))


def _line(row: TableDifferenceRow, reasons: str) -> str:
    there, here = both_sides(row)
    template = tr("{name}: published {there}, here {here}: {reason}")
    if row.reason in _OF_RANKS:
        template = tr("{name}: published rank {there}, here {here}: {reason}")
        there, here = _ranks(row)
    return template.format(name=row.name, there=there, here=here, reason=reasons)


def both_sides(row: TableDifferenceRow) -> tuple[str, str]:
    """What differs, as published and here: the medals, or where those agree, the ranks."""
    if row.reason in _OF_RANKS:
        template = tr("rank {rank}")
        there, here = _ranks(row)
        return template.format(rank=there), template.format(rank=here)
    there = triple(row.published.tally) if row.published else tr("nothing")
    return there, triple(row.here.tally if row.here else Tally())


def reasons_say(row: TableDifferenceRow) -> str:
    """All reasons of a difference in one sentence, without the medals."""
    return tr("; ").join(_counted_part(row, part) for part in row.parts)


def reason_says(part: Part) -> str:
    """`as before the decision of CAS on 13 Dec 2022`: a likely reason."""
    if part.reason is Reason.DECISION:
        template = tr("as before the decision on {day}")
        if part.body:
            template = tr("as before the decision of {body} on {day}")
        return template.format(body=part.body, day=short_day(part.day))
    template = _among_nations(part)
    return template.format(nations=", ".join(part.others)) if template else _by_itself(part.reason)


def _among_nations(part: Part) -> str:
    """A reason that tells of other nations; empty for others."""
    if part.reason is Reason.OTHER_CODE:
        return tr("the same medals are here under {nations}")
    if part.change.total > 0:
        another = tr("another nation's here ({nations})")
        if any(map(_is_vacant, part.medals)):
            another = tr("vacant here, or another nation's ({nations})")
        return {
            Reason.MIXED_TEAM: tr(
                "teams of several nations counted for one (more here: {nations})"
            ),
            Reason.NATIONALITY: tr("people or teams counted for another nation here ({nations})"),
            Reason.REALLOCATED: another,
        }.get(part.reason, "")
    return {
        Reason.MIXED_TEAM: tr("teams of several nations counted for one (more there: {nations})"),
        Reason.NATIONALITY: tr("people or teams counted for another nation there ({nations})"),
        Reason.REALLOCATED: tr("taken away there, or given to another nation ({nations})"),
    }.get(part.reason, "")


def _is_vacant(involved: MedalInvolved) -> bool:
    return involved.entry is None


def reason_name(reason: Reason) -> str:
    """`Art competitions`: a reason as the name of a filter, or a line that is counted."""
    return {
        Reason.UNKNOWN_NATION: tr("Unknown nation"),
        Reason.OTHER_CODE: tr("Another code"),
        Reason.LEFT_OUT: tr("Left out here"),
        Reason.DECISION: tr("Decision"),
        Reason.RUNNING: tr("Not official"),
        Reason.PER_MEMBER: tr("Teams per member"),
        Reason.TIE: tr("Tie"),
        Reason.ART: tr("Art competitions"),
        Reason.PRIZE: tr("Alpinism, aeronautics"),
        Reason.MISSING_EVENTS: tr("Events not in this book"),
        Reason.MOVED_UP: tr("Moved up there"),
        Reason.MOVED_DOWN: tr("Not moved up there"),
        Reason.VACANT: tr("Vacant here"),
        Reason.RECOLOURED: tr("Another colour"),
        Reason.MIXED_TEAM: tr("Mixed teams"),
        Reason.NATIONALITY: tr("Nationality"),
        Reason.REALLOCATED: tr("Given to another"),
        Reason.WITHDRAWN: tr("Withdrawn there"),
        Reason.SHARED: tr("One more there"),
        Reason.ONLY_HERE: tr("Not published"),
        Reason.TOTAL: tr("Total is no sum"),
        Reason.RANK_FOLLOWS: tr("Rank follows"),
        Reason.RANK_RULE: tr("Rule of ranking"),
        Reason.UNEXPLAINED: tr("Unexplained"),
    }[reason]


def _by_itself(reason: Reason) -> str:
    """A reason that tells of nobody else."""
    return {
        Reason.UNKNOWN_NATION: tr("no nation of the book is called so"),
        Reason.LEFT_OUT: tr("left out of the table here"),
        Reason.RUNNING: tr("events that are not official here"),
        Reason.PER_MEMBER: tr("teams counted per member"),
        Reason.TIE: tr("ties counted in another way"),
        Reason.ART: tr("the art competitions, which are not in this book"),
        Reason.PRIZE: tr("the prizes for alpinism and aeronautics, which are not in this book"),
        Reason.MISSING_EVENTS: tr("events that are not in this book"),
        Reason.MOVED_UP: tr("as after a medal was taken away and others moved up"),
        Reason.MOVED_DOWN: tr("as before a medal was taken away and others moved up"),
        Reason.VACANT: tr("has there what is vacant here"),
        Reason.RECOLOURED: tr("the same medals in another colour"),
        Reason.WITHDRAWN: tr("nobody has it there: taken away, and given to nobody"),
        Reason.SHARED: tr("one more there: shared, or of an event that is not in this book"),
        Reason.ONLY_HERE: tr("not in the published table"),
        Reason.TOTAL: tr("the published total is not the sum of its medals"),
        Reason.RANK_FOLLOWS: tr("the medals agree, those of other nations differ"),
        Reason.RANK_RULE: tr("all medals agree, ranked in another way"),
        Reason.UNEXPLAINED: tr("unexplained"),
    }[reason]


def not_a_table(path: object) -> str:
    """Why there is nothing to compare in a file."""
    return tr(
        "{path} has no medal table to compare: it needs columns for the nation, gold, silver and "
        "bronze, and rows of the competition."
    ).format(path=path)


def left_out(left: Sequence[NotCompared]) -> list[str]:
    """What became of the rows that are not compared: a sentence for each kind, or row."""
    unknown = Counter(row.competition for row in left if row.why is WhyNot.UNKNOWN_COMPETITION)
    said = [_unknown_competition(text, rows) for text, rows in unknown.items()]
    if aside := sum(row.why is WhyNot.OTHER_COMPETITION for row in left):
        template = tr("{rows} rows of other competitions are left aside.")
        if aside == 1:
            template = tr("1 row of another competition is left aside.")
        said.append(template.format(rows=aside))
    said += [not_compared(row) for row in left if row.why is WhyNot.UNREAD]
    return said


def left_out_told(left: Sequence[NotCompared]) -> str:
    """The same as one text: the first few, and how many more there are."""
    said = left_out(left)
    more = len(said) - SHOWN
    if more > 0:
        said = [*said[:SHOWN], tr("… and {n} more.").format(n=more)]
    return " ".join(said)


def not_compared(row: NotCompared) -> str:
    """Why one row is not compared."""
    match row.why:
        case WhyNot.UNKNOWN_COMPETITION:
            template = tr("No one competition of this book is “{text}”: it is not compared.")
            return template.format(text=row.competition)
        case WhyNot.OTHER_COMPETITION:
            return tr("Of another competition: it is left aside.")
        case WhyNot.UNREAD:
            template = tr("Row {number}: {text} are no numbers of medals; it is not compared.")
            return template.format(number=row.number, text=row.medals)


def _unknown_competition(text: str, rows: int) -> str:
    template = tr("No one competition of this book is “{text}”: {rows} rows are not compared.")
    if rows == 1:
        template = tr("No one competition of this book is “{text}”: 1 row is not compared.")
    return template.format(text=text, rows=rows)


def medal_says(involved: MedalInvolved) -> str:
    """`bronze of Daniela Maier, Beijing 2022 · Women's ski cross`."""
    if _is_vacant(involved):
        template = tr("the {medal} of {event}")
    elif involved.here:
        template = tr("{medal} of {name}, {event}")
    else:
        template = tr("no more {medal} of {name}, {event}")
    return template.format(
        medal=_colour(involved.medal), name=involved.name, event=involved.event_name
    )


def _part_line(row: TableDifferenceRow, part: Part) -> str:
    line, medals = _counted_part(row, part), _evidence(part)
    return f"{line} ({_medals(medals)})" if medals else line


def _evidence(part: Part) -> Sequence[MedalInvolved]:
    """The medals that are told of a reason.

    Which of the medals of early Games, and of mixed teams, were counted for another nation, a
    table does not say: they are the few that a nation has less, or nothing is told.
    """
    if part.reason not in (Reason.NATIONALITY, Reason.MIXED_TEAM):
        return part.medals
    own = [medal for medal in part.medals if part.change.of_medal(medal.medal) < 0]
    return own if len(own) <= SHOWN else ()


def _counted_part(row: TableDifferenceRow, part: Part) -> str:
    """A reason, with what it accounts for where it does not account for all."""
    said = reason_says(part)
    if len(row.parts) == 1:
        return said
    return tr("{change}: {reason}").format(change=changes(part.change), reason=said)


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
    told = "; ".join(map(medal_says, medals[:SHOWN]))
    more = len(medals) - SHOWN
    return tr("{medals} and {n} more").format(medals=told, n=more) if more > 0 else told


def _colour(medal: Medal) -> str:
    return {Medal.GOLD: tr("gold"), Medal.SILVER: tr("silver"), Medal.BRONZE: tr("bronze")}[medal]

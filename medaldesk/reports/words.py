"""Enums, numbers and errors as English words: the same for window, command line and documents.

What the domain and the book say in enums and numbers becomes words here and nowhere else.
"""

from __future__ import annotations

from medaldesk.book.changes import Action
from medaldesk.book.check import Problem, ProblemKind
from medaldesk.book.reads.records import RecordReason, RecordRow
from medaldesk.domain.marks import MarkKind, format_mark
from medaldesk.domain.medals import Medal
from medaldesk.domain.records import Outcome, Stood
from medaldesk.reports.dates import day, days, days_stood, short_day, weekday
from medaldesk.reports.language import tr, use_translator
from medaldesk.reports.sentences import sentence

__all__ = [
    "action_name",
    "day",
    "days",
    "event_status",
    "gender_word",
    "irm_name",
    "journal_line",
    "lane_name",
    "mark_kind_word",
    "medal_letter",
    "medal_name",
    "ordinal",
    "problem_line",
    "rank",
    "record_reason",
    "sentence",
    "short_day",
    "stood_for",
    "tr",
    "unit_kind_word",
    "unit_name",
    "units",
    "use_translator",
    "weekday",
]


def rank(number: int | None, equal: bool = False) -> str:
    """`3`, `=3` where it is shared, empty where there is none."""
    if number is None:
        return ""
    return f"={number}" if equal else str(number)


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    if number % 100 in (11, 12, 13):
        return tr("{n}th").format(n=number)
    ends = {1: tr("{n}st"), 2: tr("{n}nd"), 3: tr("{n}rd")}
    return (ends.get(number % 10) or tr("{n}th")).format(n=number)


def medal_name(medal: Medal) -> str:
    """`Gold`."""
    return {
        Medal.GOLD: tr("Gold"),
        Medal.SILVER: tr("Silver"),
        Medal.BRONZE: tr("Bronze"),
    }[medal]


def medal_letter(medal: Medal) -> str:
    """`G`, `S` or `B`: no medal is told by its colour alone."""
    return {Medal.GOLD: tr("G"), Medal.SILVER: tr("S"), Medal.BRONZE: tr("B")}[medal]


def event_status(status: str) -> str:
    """`Scheduled`, `Running`, `Unofficial`, `Official`."""
    return {
        "scheduled": tr("Scheduled"),
        "running": tr("Running"),
        "unofficial": tr("Unofficial"),
        "official": tr("Official"),
    }.get(status, status)


def irm_name(code: str) -> str:
    """`Did not start` for `DNS`; a code of the user's own stands for itself (RULES 2)."""
    return {
        "DNF": tr("Did not finish"),
        "DNS": tr("Did not start"),
        "DQB": tr("Disqualified for behaviour"),
        "DSQ": tr("Disqualified"),
        "LAP": tr("Lapped"),
        "NH": tr("No height"),
        "NM": tr("No mark"),
        "OTL": tr("Over the time limit"),
        "RET": tr("Retired"),
        "WDR": tr("Withdrawn"),
    }.get(code, code)


def gender_word(gender: str) -> str:
    """`Men`, `Women`, `Mixed` or `Open` for `M`, `W`, `X`, `O`."""
    return {"M": tr("Men"), "W": tr("Women"), "X": tr("Mixed"), "O": tr("Open")}.get(gender, gender)


def mark_kind_word(kind: MarkKind) -> str:
    """`Time`, `Distance` and so on, as a heading or a choice."""
    return {
        MarkKind.TIME: tr("Time"),
        MarkKind.DISTANCE: tr("Distance"),
        MarkKind.WEIGHT: tr("Weight"),
        MarkKind.POINTS: tr("Points"),
        MarkKind.SCORE: tr("Match score"),
        MarkKind.PLACING: tr("Rank"),
    }[kind]


def unit_name(kind: str, number: int) -> str:
    """`pair 13`; a kind of the user's own passes through."""
    template = {
        "pair": tr("pair {n}"),
        "heat": tr("heat {n}"),
        "run": tr("run {n}"),
        "group": tr("group {n}"),
        "race": tr("race {n}"),
        "flight": tr("flight {n}"),
        "attempt": tr("attempt {n}"),
    }.get(kind)
    return template.format(n=number) if template else f"{kind} {number}"


def units(kind: str, number: int) -> str:
    """`1 pair`, `2 pairs`; a kind of the user's own gets an s."""
    forms = {
        "pair": (tr("{n} pair"), tr("{n} pairs")),
        "heat": (tr("{n} heat"), tr("{n} heats")),
        "run": (tr("{n} run"), tr("{n} runs")),
        "group": (tr("{n} group"), tr("{n} groups")),
        "race": (tr("{n} race"), tr("{n} races")),
        "flight": (tr("{n} flight"), tr("{n} flights")),
        "attempt": (tr("{n} attempt"), tr("{n} attempts")),
    }.get(kind)
    if forms is None:
        return f"{number} {kind}" if number == 1 else f"{number} {kind}s"
    return forms[number != 1].format(n=number)


def unit_kind_word(kind: str) -> str:
    """`Pair`, `Heat` and so on, as a heading."""
    return {
        "pair": tr("Pair"),
        "heat": tr("Heat"),
        "run": tr("Run"),
        "group": tr("Group"),
        "race": tr("Race"),
        "flight": tr("Flight"),
        "attempt": tr("Attempt"),
    }.get(kind, kind.capitalize())


def lane_name(lane: str | None) -> str:
    """`inner` and `outer` on ice; a lane's number stands for itself."""
    return {"i": tr("inner"), "o": tr("outer")}.get(lane or "", lane or "")


def stood_for(stood: Stood | None, unit_kind: str) -> str:
    """`2 pairs` within a phase, `3 years 357 days` otherwise; empty for what stands or is unknown.

    A year counts as 365¼ days (see `years_and_days`); RULES R24.
    """
    if stood is not None and stood.units is not None:
        return units(unit_kind, stood.units)
    return days_stood(stood)


def action_name(action: Action) -> str:
    """`Enter mark`: what an edit is called on menus and in the journal."""
    return {
        Action.CREATE_BOOK: tr("Create book"),
        Action.RENAME_BOOK: tr("Rename book"),
        Action.ADD_SERIES: tr("Add series"),
        Action.ADD_COMPETITION: tr("Add competition"),
        Action.CHANGE_COMPETITION: tr("Change competition"),
        Action.DELETE_COMPETITION: tr("Delete competition"),
        Action.SET_MEMBERSHIP: tr("Set place in the medal table"),
        Action.ADD_EVENT_TYPE: tr("Add event type"),
        Action.CHANGE_EVENT_TYPE: tr("Change event type"),
        Action.ADD_EVENT: tr("Add event"),
        Action.CHANGE_EVENT: tr("Change event"),
        Action.DELETE_EVENT: tr("Delete event"),
        Action.MAKE_OFFICIAL: tr("Make official"),
        Action.REOPEN_EVENT: tr("Reopen event"),
        Action.ADD_PHASE: tr("Add phase"),
        Action.ADD_ENTRY: tr("Add entry"),
        Action.CHANGE_ENTRY: tr("Change entry"),
        Action.DELETE_ENTRY: tr("Delete entry"),
        Action.ADD_ATHLETE: tr("Add athlete"),
        Action.RENAME_ATHLETE: tr("Rename athlete"),
        Action.ADD_NATION: tr("Add nation"),
        Action.ENTER_MARK: tr("Enter mark"),
        Action.ENTER_STATUS: tr("Enter status"),
        Action.CLEAR_MARK: tr("Clear mark"),
        Action.ENTER_RANK: tr("Enter rank"),
        Action.ENTER_TIE_BREAK: tr("Enter tie-break"),
        Action.ENTER_SPLIT: tr("Enter split"),
        Action.ENTER_START_ORDER: tr("Enter start order"),
        Action.ENTER_CLOCK_TIME: tr("Enter clock time"),
        Action.PLACE_IN_UNIT: tr("Place in unit"),
        Action.WRITE_NOTE: tr("Write note"),
        Action.PASTE_MARKS: tr("Paste marks"),
        Action.ADD_RECORD_LIST: tr("Add record list"),
        Action.SET_BASELINE: tr("Set record before the book"),
        Action.IMPORT_RESULTS: tr("Import results"),
    }[action]


def journal_line(action: Action, subject: str, kind: str = "edit") -> str:
    """`Enter mark: Jutta Leerdam 1:12.31`; for the kinds `undo` and `redo` it says so first."""
    name = action_name(action)
    line = tr("{action}: {subject}").format(action=name, subject=subject) if subject else name
    if kind == "undo":
        return tr("Undo: {line}").format(line=line)
    return tr("Redo: {line}").format(line=line) if kind == "redo" else line


def problem_line(problem: Problem) -> str:
    """What is wrong with a book, as one line of a list."""
    template = {
        ProblemKind.INTEGRITY: tr("The file is damaged: {detail}."),
        ProblemKind.REFERENCE: tr("A reference in {where} leads nowhere: {detail}."),
        ProblemKind.DERIVED: tr("{where} is not what follows from the facts: {detail}."),
    }[problem.kind]
    return template.format(where=problem.where, detail=problem.detail)


def record_reason(reason: RecordReason) -> str:
    """Why a result is, or is not, a record of a list, in one sentence (RULES R28)."""
    kind = reason.list.form.kind
    return _reason_template(reason).format(
        record=reason.list.kind_name,
        stood=_held(reason.stood, kind),
        margin=format_mark(reason.margin, kind) if reason.margin else "",
        status=reason.status or "",
        unit=_unit_word(reason.stood),
    )


def _reason_template(reason: RecordReason) -> str:
    if reason.outcome is Outcome.SET and reason.stood is None:
        return tr("{record}: the first of its list.")
    if reason.outcome is Outcome.BEATEN_IN_UNIT and reason.stood is None:
        return tr("{record} not set: there was a better mark in the same unit.")
    return {
        Outcome.SET: tr("{record}: {margin} better than {stood}."),
        Outcome.EQUALLED: tr("{record} equalled: the same as {stood}."),
        Outcome.NOT_SHARED: tr(
            "{record} not set: the same as {stood}, and equal marks do not share this one."
        ),
        Outcome.BEATEN_IN_UNIT: tr(
            "{record} not set: {margin} better than {stood}, but there was a better mark "
            "in the same {unit}."
        ),
        Outcome.NOT_BETTER: tr("{record} not set: {margin} short of {stood}."),
        Outcome.NO_MARK: tr("{record} not set: there is no mark yet."),
        Outcome.STATUS: tr("{record} not set: there is no valid mark ({status})."),
        Outcome.BEFORE_BASELINE: tr("{record} not set: the list begins after this day."),
    }[reason.outcome]


def _held(row: RecordRow | None, kind: MarkKind) -> str:
    """The record that stood, with who held it: `1:12.59 of Femke Kok (NED)`."""
    if row is None:
        return tr("the mark that stood")
    template = tr("{mark} of {holder} ({nation})") if row.nation else tr("{mark} of {holder}")
    return template.format(mark=format_mark(row.mark, kind), holder=row.holder, nation=row.nation)


def _unit_word(row: RecordRow | None) -> str:
    return (unit_kind_word(row.unit_kind) if row else tr("Unit")).lower()

"""Enums, numbers and errors as English words: the same for window, command line and documents.

What the domain and the book say in enums and numbers becomes words here and nowhere else.
"""

from __future__ import annotations

from medaldesk.book.changes import Action
from medaldesk.book.check import Problem, ProblemKind
from medaldesk.domain.marks import MarkKind
from medaldesk.domain.medals import Medal
from medaldesk.domain.records import Stood
from medaldesk.reports.athlete_words import (
    best_says,
    medals_of,
    nations_in_time,
    person_gender,
)
from medaldesk.reports.dates import day, days, days_stood, short_day, weekday
from medaldesk.reports.decision_words import (
    audit_reason,
    audit_summary,
    audit_why,
    decision_says,
    line_says,
    medals_triple,
    ruling_says,
    ruling_word,
)
from medaldesk.reports.language import tr, use_translator
from medaldesk.reports.nation_words import code_days, membership_word, nation_kind, people
from medaldesk.reports.record_words import (
    age_class_rule,
    compared_line,
    continent_name,
    policy_lines,
    record_reason,
    record_ruling,
    record_ruling_line,
    record_scope,
)
from medaldesk.reports.sentences import sentence
from medaldesk.reports.unit_words import unit_kind_word, unit_name, units

__all__ = [
    "action_name",
    "age_class_rule",
    "audit_reason",
    "audit_summary",
    "audit_why",
    "best_says",
    "code_days",
    "compared_line",
    "continent_name",
    "day",
    "days",
    "decision_says",
    "event_status",
    "gender_word",
    "irm_name",
    "irm_says",
    "journal_line",
    "lane_name",
    "line_says",
    "mark_kind_word",
    "medal_letter",
    "medal_name",
    "medals_of",
    "medals_triple",
    "membership_word",
    "nation_kind",
    "nations_in_time",
    "ordinal",
    "people",
    "person_gender",
    "policy_lines",
    "problem_line",
    "rank",
    "record_reason",
    "record_ruling",
    "record_ruling_line",
    "record_scope",
    "ruling_says",
    "ruling_word",
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


def irm_says(code: str) -> str:
    """`did not start` inside a sentence; a code of the user's own as it is written."""
    name = irm_name(code)
    return name if name == code else name.lower()


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
        Action.RENAME_PHASE: tr("Rename phase"),
        Action.DELETE_PHASE: tr("Delete phase"),
        Action.TAKE_DECISION: tr("Take decision"),
        Action.CHANGE_DECISION: tr("Change decision"),
        Action.REVOKE_DECISION: tr("Revoke decision"),
        Action.DELETE_DECISION: tr("Delete decision"),
        Action.ADD_STATUS: tr("Add status"),
        Action.RENAME_STATUS: tr("Rename status"),
        Action.DELETE_STATUS: tr("Delete status"),
        Action.SET_STATUS_ORDER: tr("Set order of statuses"),
        Action.ADD_ENTRY: tr("Add entry"),
        Action.CHANGE_ENTRY: tr("Change entry"),
        Action.DELETE_ENTRY: tr("Delete entry"),
        Action.CHANGE_TEAM: tr("Change team"),
        Action.ADD_ATHLETE: tr("Add athlete"),
        Action.RENAME_ATHLETE: tr("Rename athlete"),
        Action.DESCRIBE_ATHLETE: tr("Describe athlete"),
        Action.MERGE_ATHLETES: tr("Merge athletes"),
        Action.DELETE_ATHLETE: tr("Delete athlete"),
        Action.ADD_NATION: tr("Add nation"),
        Action.CHANGE_NATION: tr("Change nation"),
        Action.CHANGE_NATION_CODE: tr("Change code of nation"),
        Action.DELETE_NATION_CODE: tr("Delete code of nation"),
        Action.SET_POPULATION: tr("Set population"),
        Action.ADD_GROUPING: tr("Add grouping"),
        Action.CHANGE_GROUPING: tr("Change grouping"),
        Action.DELETE_GROUPING: tr("Delete grouping"),
        Action.ENTER_MARK: tr("Enter mark"),
        Action.ENTER_STATUS: tr("Enter status"),
        Action.CLEAR_MARK: tr("Clear mark"),
        Action.ENTER_RANK: tr("Enter rank"),
        Action.ENTER_TIE_BREAK: tr("Enter tie-break"),
        Action.ENTER_SPLIT: tr("Enter split"),
        Action.ENTER_START_ORDER: tr("Enter start order"),
        Action.ENTER_CLOCK_TIME: tr("Enter clock time"),
        Action.ENTER_WIND: tr("Enter wind"),
        Action.ENTER_ASSISTANCE: tr("Enter assistance"),
        Action.PLACE_IN_UNIT: tr("Place in unit"),
        Action.WRITE_NOTE: tr("Write note"),
        Action.PASTE_MARKS: tr("Paste marks"),
        Action.ADD_RECORD_LIST: tr("Add record list"),
        Action.CHANGE_RECORD_LIST: tr("Change record list"),
        Action.DELETE_RECORD_LIST: tr("Delete record list"),
        Action.SET_BASELINE: tr("Set record before the book"),
        Action.RULE_RECORD: tr("Rule on record"),
        Action.SET_PUBLISHED: tr("Set published progression"),
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

"""Words for bringing files into a book: what is wrong, what is doubtful, what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from medaldesk.book import import_errors as wrong
from medaldesk.reports.language import tr


def import_templates() -> dict[type[BaseException], str]:
    """The sentence of each error of an import."""
    return {
        wrong.ColumnMissing: tr(
            "No column is known to be the {noun}: name it in a mapping, or say there what it is "
            "in every row."
        ),
        wrong.NotOneOf: tr("“{text}” is no {noun}: type one of {known}."),
        wrong.RowEmpty: tr("The {noun} is empty, and this row is about nothing else."),
        wrong.DaysUnknown: tr(
            "{code} is a new competition, and nothing says when it was: give a start_date and an "
            "end_date, or days of the results."
        ),
        wrong.MarksUnknown: tr(
            "{name} is a new event, and nothing says what is measured: give a mark_kind, such as "
            "time, distance or points."
        ),
        wrong.MappingUnreadable: tr("The mapping {path} cannot be read: {problem}."),
        wrong.PlanOutdated: tr(
            "Somebody wrote to the book meanwhile; nothing was changed: look at the file again."
        ),
        wrong.ImportCancelled: tr("Stopped; nothing was changed."),
    }


def doubt_sentence(kind: str, name: str, nation: str, others: Sequence[str]) -> str:
    """A doubtful match; `others` are those it may be, each with the code of the nation."""
    templates = {
        "other_nation": tr(
            "{name} ({nation}) is taken as a new person; there is {others}: if both are one, say "
            "so in the mapping, or merge them."
        ),
        "several": tr("There are several {name} ({nation}); the one who fits best was taken."),
        "same_name": tr("{name} ({nation}) is in this event twice: taken as two people."),
        "other_rank": tr("In {name} the ranks of the file are not those that its marks give."),
    }
    return templates[kind].format(name=name, nation=nation, others=", ".join(others))


def table_noun(table: str, count: int) -> str:
    """The name of what stands in a table, for one or for many: `athlete`, `athletes`."""
    names = {
        "series": (tr("series"), tr("series")),
        "competition": (tr("competition"), tr("competitions")),
        "event_type": (tr("event type"), tr("event types")),
        "event": (tr("event"), tr("events")),
        "phase": (tr("phase"), tr("phases")),
        "unit": (tr("unit"), tr("units")),
        "athlete": (tr("athlete"), tr("athletes")),
        "entry": (tr("entry"), tr("entries")),
        "entry_member": (tr("team member"), tr("team members")),
        "result": (tr("result"), tr("results")),
        "decision": (tr("decision"), tr("decisions")),
        "decision_line": (tr("line of a decision"), tr("lines of decisions")),
        "source": (tr("source"), tr("sources")),
        "venue": (tr("venue"), tr("venues")),
    }
    return names[table][count != 1]

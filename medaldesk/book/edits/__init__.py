"""Every write in the program: one named edit each, one transaction, one undo step."""

from __future__ import annotations

from medaldesk.book.edits.athletes import AthleteEdits
from medaldesk.book.edits.decisions import DecisionEdits
from medaldesk.book.edits.nations import NationEdits
from medaldesk.book.edits.programme import ProgrammeEdits
from medaldesk.book.edits.records import RecordEdits
from medaldesk.book.edits.results import ResultEdits
from medaldesk.book.edits.statuses import StatusEdits
from medaldesk.book.edits.teams import TeamEdits


class Edits(
    AthleteEdits,
    DecisionEdits,
    NationEdits,
    ProgrammeEdits,
    ResultEdits,
    RecordEdits,
    StatusEdits,
    TeamEdits,
):
    """What a person can do to a book. Raises an EditError or a MarkError and changes nothing."""

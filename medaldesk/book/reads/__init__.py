"""Every query of the program; rows come back as the field's own things, never as SQL."""

from __future__ import annotations

from medaldesk.book.reads.athletes import AthleteReads
from medaldesk.book.reads.bulk import BulkReads
from medaldesk.book.reads.decisions import DecisionReads
from medaldesk.book.reads.difference import DifferenceReads
from medaldesk.book.reads.events import EventReads
from medaldesk.book.reads.history import JournalReads
from medaldesk.book.reads.messages import MessageReads
from medaldesk.book.reads.programme import ProgrammeReads
from medaldesk.book.reads.records import RecordReads
from medaldesk.book.reads.search import SearchReads
from medaldesk.book.reads.tidy import TidyReads


class Reads(
    AthleteReads,
    BulkReads,
    DecisionReads,
    DifferenceReads,
    EventReads,
    MessageReads,
    RecordReads,
    SearchReads,
    TidyReads,
    JournalReads,
):
    """What a book says. Raises UnknownCode where a code or id names nothing."""


__all__ = ["ProgrammeReads", "Reads"]

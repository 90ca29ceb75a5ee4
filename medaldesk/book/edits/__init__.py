"""Every write in the program: one named edit each, one transaction, one undo step."""

from __future__ import annotations

from medaldesk.book.edits.programme import ProgrammeEdits
from medaldesk.book.edits.records import RecordEdits
from medaldesk.book.edits.results import ResultEdits


class Edits(ProgrammeEdits, ResultEdits, RecordEdits):
    """What a person can do to a book. Raises an EditError or a MarkError and changes nothing."""

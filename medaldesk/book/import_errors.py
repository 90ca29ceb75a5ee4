"""What can be wrong with a file that somebody wants to bring into a book, or with its mapping."""

from __future__ import annotations

from medaldesk.book.errors import EditError


class ColumnMissing(EditError):
    """No column of the file, and no constant, gives what every row needs. `details`: what."""


class NotOneOf(EditError):
    """A cell holds none of the words it can. `details`: what, text, known."""


class RowEmpty(EditError):
    """A row gives nothing that could be taken. `details`: what."""


class DaysUnknown(EditError):
    """A new competition without a single date. `details`: code."""


class MarksUnknown(EditError):
    """Nothing says what a new event is measured in. `details`: name."""


class MappingUnreadable(EditError):
    """A mapping cannot be read. `details`: path, problem."""


class PlanOutdated(EditError):
    """Somebody wrote to the book after the plan was made."""


class ImportCancelled(EditError):
    """A person stopped an import; nothing was changed."""

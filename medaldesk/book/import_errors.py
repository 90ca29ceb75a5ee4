"""What can be wrong with a file that somebody wants to bring into a book, or with its mapping."""

from __future__ import annotations

from medaldesk.book.errors import EditError, UnknownCode


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


class NationUnlike(UnknownCode):
    """No nation has a code or name, but some have one like it. `details`: what, code, known."""


class CodeOfSeveral(EditError):
    """Several nations had a code, and nothing says which one is meant. `details`: code."""


class NotInBook(EditError):
    """A ruling on a mark that is none of the book's results. `details`: name."""


class TeamUnknown(EditError):
    """A row of a member names a team that is not in the event. `details`: name, event."""


class MappingUnreadable(EditError):
    """A mapping cannot be read. `details`: path, problem."""


class MappingPartUnknown(MappingUnreadable):
    """A mapping has parts or columns that nobody knows. `details`: path, text (their names)."""


class TooManyRefused(EditError):
    """So many rows of a file cannot be taken that it is another file. `details`: count."""


class PatternTooSlow(EditError):
    """A pattern of a mapping searches a cell for too long. `details`: pattern, text."""


class PlanOutdated(EditError):
    """Somebody wrote to the book after the plan was made."""


class ImportCancelled(EditError):
    """A person stopped an import; nothing was changed."""


class WorkerGone(EditError):
    """The process that made an import ended by itself; nothing was changed."""


class MessageKindUnknown(EditError):
    """A message of a type that no facts are taken from. `details`: text."""


class MessageWrong(EditError):
    """A message does not say what each has to say. `details`: what (an attribute), text."""


class MessageOfTest(EditError):
    """A message is marked as a test."""


class MessageOld(EditError):
    """The book took a newer message of the same. `details`: moment, version."""


class MessageLeftOut(EditError):
    """Something in a message cannot be taken, so nothing of it is."""

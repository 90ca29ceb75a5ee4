"""What can go wrong with a book or an edit, each a class that a person can do something about."""

from __future__ import annotations

from medaldesk.domain.errors import MedalDeskError


class BookError(MedalDeskError):
    """A book cannot be opened, read or written. `details`: path, and what else is known."""


class BookMissing(BookError):
    """There is no such file."""


class BookExists(BookError):
    """A new book would overwrite a file."""


class NotABook(BookError):
    """The file is something else: not SQLite, or not MedalDesk's."""


class BookDamaged(BookError):
    """The file is a book, but not whole. `details`: path, problem."""


class BookTooNew(BookError):
    """A newer MedalDesk wrote it. `details`: path, found, known."""


class BookNeedsUpgrade(BookError):
    """An older book that cannot be written to cannot be migrated. `details`: path, found, known."""


class BookReadOnly(BookError):
    """An edit was made where the book is open read-only. `details`: path, holder."""


class BookFull(BookError):
    """No room on the disk; the edit was taken back."""


class BookUnreachable(BookError):
    """The operating system refuses. `details`: path, problem."""


class BookBusy(BookError):
    """Another program keeps the file locked."""


class EditError(MedalDeskError):
    """An edit that cannot be made as asked; nothing was changed."""


class UnknownCode(EditError):
    """`details`: what (competition, event, nation …), code."""


class DuplicateCode(EditError):
    """`details`: what, code."""


class EmptyField(EditError):
    """Nothing was typed, or for a code something that is none. `details`: what."""


class BadDate(EditError):
    """`details`: text."""


class BadTime(EditError):
    """What was typed is not a time of day. `details`: text."""


class DatesReversed(EditError):
    """`details`: start, end."""


class DateOutsideCompetition(EditError):
    """`details`: date, start, end."""


class MarksDoNotFit(EditError):
    """Marks entered are none of what the event should be measured in. `details`: text, format."""


class AlreadyEntered(EditError):
    """`details`: name."""


class SeveralOfThatName(EditError):
    """The book has several athletes of this name and nation. `details`: name."""


class BadRank(EditError):
    """`details`: text."""


class BadNumber(EditError):
    """`details`: what, text."""


class NothingToUndo(EditError):
    """The journal holds nothing to take back."""


class NothingToRedo(EditError):
    """The journal holds nothing to make again."""


class UndoConflict(EditError):
    """A row is no longer what the journal left: another program wrote to the book."""

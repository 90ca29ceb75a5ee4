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


class BookLent(BookError):
    """An edit was made while an import, or the undo of one, is being written. `details`: path."""


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


class OfficialBeforeEvent(EditError):
    """An event cannot be official before its day. `details`: date, start (the event)."""


class EventAfterOfficial(EditError):
    """An event cannot be held after it was official. `details`: date, start (official)."""


class EventAfterItsDecision(EditError):
    """An event cannot be held after what was decided on it. `details`: date, start (decision)."""


class MarksDoNotFit(EditError):
    """Marks entered are none of what the event should be measured in. `details`: text, format."""


class AlreadyEntered(EditError):
    """`details`: name."""


class BothEntered(EditError):
    """Two who are in one event cannot be one person. `details`: name, other, event."""


class AthleteInUse(EditError):
    """Who is entered, in a team or the holder of a record has to stay. `details`: name."""


class PartOfName(EditError):
    """A single word that may be somebody of the book is no new person. `details`: text, name."""


class EntryDecided(EditError):
    """An entry that a decision names has to stay. `details`: name, body."""


class SeveralOfThatName(EditError):
    """The book has several athletes of this name and nation. `details`: name."""


class BadRank(EditError):
    """`details`: text."""


class BadNumber(EditError):
    """`details`: what, text."""


class DecisionBeforeEvent(EditError):
    """A decision cannot be older than what it is about. `details`: date, start (the event)."""


class RevokedBeforeTaken(EditError):
    """`details`: date, start (the decision)."""


class NotEntered(EditError):
    """A line is about somebody who is not in the event. `details`: name."""


class NamedTwice(EditError):
    """A decision names an entry twice, or a grouping a nation. `details`: what, name."""


class NothingDecided(EditError):
    """A decision without a line that changes anything."""


class MedalsUnusual(EditError):
    """A decision would leave other medals than usual: ask first. `details`: medals, usual, name."""


class OnlyPhase(EditError):
    """An event cannot be without a phase. `details`: name."""


class BadPopulation(EditError):
    """A population is a whole number above zero. `details`: text."""


class CodeTaken(EditError):
    """Another nation has the code in these days. `details`: code, name, days (first, last)."""


class NotARecord(EditError):
    """A ruling is about a mark that the list does not know. `details`: name."""


class BadStatus(EditError):
    """What was typed cannot be the code of a status. `details`: text."""


class StatusInUse(EditError):
    """A standard status, or one that results or decisions have, has to stay. `details`: code."""


class NotATeam(EditError):
    """Only a team has members. `details`: name."""


class NothingToUndo(EditError):
    """The journal holds nothing to take back."""


class NothingToRedo(EditError):
    """The journal holds nothing to make again."""


class UndoConflict(EditError):
    """A row is no longer what the journal left: another program wrote to the book."""

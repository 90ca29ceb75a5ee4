"""What a person should know of a table of another program, in words."""

from __future__ import annotations

from medaldesk.book.sheets import NoteKind, SheetNote
from medaldesk.reports.language import tr


def note(said: SheetNote) -> str:
    """A note on a table as a sentence."""
    template = {
        NoteKind.ENCODING: tr(
            "Read as {text}, which was guessed: look whether letters with accents are right."
        ),
        NoteKind.HIDDEN: tr("The program that wrote the workbook does not show this sheet."),
        NoteKind.ERRORS: tr(
            "{count} cells of the workbook hold an error such as #N/A and are taken as empty."
        ),
    }[said.kind]
    return template.format(text=said.text, count=said.count)

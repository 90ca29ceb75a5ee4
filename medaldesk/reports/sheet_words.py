"""What a person should know of a table of another program, in words."""

from __future__ import annotations

from medaldesk.book import sheets
from medaldesk.book.sheets import NoteKind, SheetNote
from medaldesk.reports.language import tr


def note(said: SheetNote) -> str:
    """A note on a table as a sentence."""
    template = {
        NoteKind.ENCODING: tr(
            "Read as {text}, which was guessed: look whether letters with accents are right."
        ),
        NoteKind.HIDDEN: tr("The program that wrote the workbook does not show this sheet."),
        NoteKind.LEFT_OUT: tr(
            "The sheet {text} was left out: the program that wrote the workbook does not show it."
        ),
        NoteKind.ERRORS: tr(
            "{count} cells of the workbook hold an error such as #N/A and are taken as empty."
        ),
    }[said.kind]
    return template.format(text=said.text, count=said.count)


def xml_templates() -> dict[type[BaseException], str]:
    """The sentence of each error of XML, and of what a file is not."""
    return {
        sheets.PackedMixed: tr(
            "{path} holds messages in XML and also {name}: pack the messages alone, or unpack it."
        ),
        sheets.XmlBroken: tr(
            "{path} cannot be read from line {row} on: it is damaged or not complete; get it anew."
        ),
        sheets.XmlEncodingUnknown: tr(
            "{path} is not in the encoding it says ({text}), or in none that is known: save it as "
            "UTF-8."
        ),
        sheets.XmlRefused: tr(
            "{path} was not read: it declares a document type or entities, which can do harm and "
            "which no file of results needs."
        ),
        sheets.XmlTooLarge: tr(
            "{path} was not read: it has more elements, or deeper ones, than results can have."
        ),
        sheets.XmlOfAnotherKind: tr(
            "{path} is neither an ODF message nor Lenex: its outermost element is {name}."
        ),
        sheets.NotOfKind: tr("{path} is no {kind}: say what it is, or take another file."),
        sheets.NothingToTake: tr(
            "{path} holds nothing to take: no rows below a heading, and no results."
        ),
    }

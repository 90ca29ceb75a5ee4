"""Tables that other programs write, as rows of text: CSV of any dialect, XLSX, XLS and ODS."""

from medaldesk.book.sheets import NoteKind, SheetError, SheetNote
from medaldesk.exchange.sheets.files import read_sheets
from medaldesk.exchange.sheets.limits import LIMITS, Limits
from medaldesk.exchange.sheets.sheet import Sheet

__all__ = ["LIMITS", "Limits", "NoteKind", "Sheet", "SheetError", "SheetNote", "read_sheets"]

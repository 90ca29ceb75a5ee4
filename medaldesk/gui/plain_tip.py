"""Tips are text: Qt would read one that looks like markup as such, and load its pictures."""

from __future__ import annotations

from html import escape

from PySide6 import QtGui


def plain_tip(text: str) -> str:
    """A tip that shows a text as it is, whoever wrote it."""
    if not QtGui.Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'

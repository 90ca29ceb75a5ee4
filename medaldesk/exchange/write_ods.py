"""A table as an OpenDocument spreadsheet, written row by row (OpenDocument 1.3, parts 2 and 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from medaldesk.exchange.xml_text import xml_text

MIME = "application/vnd.oasis.opendocument.spreadsheet"

_SPACES = "urn:oasis:names:tc:opendocument:xmlns"
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content office:version="1.3" xmlns:office="{_SPACES}:office:1.0"
 xmlns:table="{_SPACES}:table:1.0" xmlns:text="{_SPACES}:text:1.0"
 xmlns:style="{_SPACES}:style:1.0" xmlns:number="{_SPACES}:datastyle:1.0"
 xmlns:fo="{_SPACES}:xsl-fo-compatible:1.0"><office:automatic-styles>
<number:text-style style:name="T"><number:text-content/></number:text-style>
<style:style style:name="text" style:family="table-cell" style:data-style-name="T"/>
<style:style style:name="head" style:family="table-cell" style:data-style-name="T">
<style:text-properties fo:font-weight="bold"/></style:style>
"""
_WIDTH = """<style:style style:name="w{width}" style:family="table-column">
<style:table-column-properties style:column-width="{cm:.2f}cm"/></style:style>
"""
_COLUMN = '<table:table-column table:style-name="w{width}" table:default-cell-style-name="{look}"/>'
_BODY = """</office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name={name}>"""
_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>\n"

_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest manifest:version="1.3" xmlns:manifest="{_SPACES}:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""

_LETTER = 0.22
"""The width of a letter in centimetres, near enough."""

Cells = Sequence[str | int | None]


def write_ods(
    path: Path, columns: Sequence[tuple[str, int, bool]], rows: Iterable[Cells], sheet: str
) -> int:
    """Write a sheet and say how many rows; `columns` are header, width, whether of numbers."""
    with ZipFile(path, "w", ZIP_DEFLATED) as parts:
        # It comes first and is not packed, so that the kind of the file is told by its beginning.
        parts.writestr("mimetype", MIME, ZIP_STORED)
        parts.writestr("META-INF/manifest.xml", _MANIFEST)
        with (
            parts.open("content.xml", "w", force_zip64=True) as content,
            TextIOWrapper(content, encoding="utf-8", newline="\n") as out,
        ):
            return _write(out, columns, rows, sheet)


def _write(
    out: TextIO, columns: Sequence[tuple[str, int, bool]], rows: Iterable[Cells], sheet: str
) -> int:
    out.write(_HEAD)
    for width in sorted({width for _, width, _ in columns}):
        out.write(_WIDTH.format(width=width, cm=width * _LETTER))
    out.write(_BODY.format(name=quoteattr(sheet)))
    for _, width, is_number in columns:
        # What a person corrects in a column of text stays text: 1:12.31 is no time of day.
        out.write(_COLUMN.format(width=width, look="Default" if is_number else "text"))
    heads = "".join(_text(name, "head") for name, _, _ in columns)
    out.write(f"<table:table-row>{heads}</table:table-row>\n")
    count = 0
    for row in rows:
        out.write(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>\n")
        count += 1
    out.write(_FOOT)
    return count


def _cell(cell: str | int | None) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{cell}">'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )
    return _text(cell, "text")


def _text(text: str, look: str) -> str:
    """A cell of text; each line is a paragraph, and white space is told by elements."""
    clean = escape(xml_text(text))
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in re.split("\r\n|[\r\n]", clean))
    opening = f'<table:table-cell table:style-name="{look}" office:value-type="string">'
    return f"{opening}{lines}</table:table-cell>"


def _spaced(line: str) -> str:
    """Spaces beyond one, and those at the ends, would be lost as plain letters."""
    line = line.replace("\t", "<text:tab/>")
    return re.sub("^ +| +$| {2,}", lambda found: f'<text:s text:c="{len(found[0])}"/>', line)

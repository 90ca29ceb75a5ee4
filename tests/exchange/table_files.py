"""Files as other programs write them, made here: workbooks of three kinds and packed texts."""

import io
import struct
import zipfile
from xml.sax.saxutils import escape

import xlsxwriter

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def xlsx(fill):
    """What `fill(workbook)` makes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        fill(workbook)
    return out.getvalue()


def ods(*tables):
    """Tables of (name, rows as XML, whether they are shown)."""
    names = ("office", "table", "text", "style")
    spaces = "".join(f' xmlns:{name}="{OFFICE}{name}:1.0"' for name in names)
    styles = "".join(
        f'<style:style style:name="t{n}" style:family="table">'
        f'<style:table-properties table:display="{str(shown).lower()}"/></style:style>'
        for n, (_, _, shown) in enumerate(tables)
    )
    bodies = "".join(
        f'<table:table table:name="{escape(name)}" table:style-name="t{n}">{rows}</table:table>'
        for n, (name, rows, _) in enumerate(tables)
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{spaces} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{bodies}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0"/>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def ods_row(*cells, repeated=1):
    row = "".join(cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{row}</table:table-row>'


def ods_cell(kind, value="", text="", attribute="value"):
    return (
        f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}">'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def ods_text(text):
    kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(text)}</text:p></table:table-cell>"


# XLS: records of BIFF8 in a compound file of 512-byte sectors


def xls(name, rows):
    """One sheet of texts, numbers and booleans."""
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    end = _record(0x000A, b"")
    label = name.encode("utf-16-le")
    about = struct.pack("<BBBB", 0, 0, len(name), 1) + label
    offset = len(start) + 8 + len(about) + len(end)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    cells = b"".join(
        _xls_cell(row, column, value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
    )
    bound = _record(0x0085, struct.pack("<I", offset) + about)
    return _compound(start + bound + end + sheet + cells + end)


def _record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def _xls_cell(row, column, value):
    where = struct.pack("<HHH", row, column, 0)
    if isinstance(value, bool):
        return _record(0x0205, where + struct.pack("<BB", value, 0))
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, where + struct.pack("<HB", len(value), 1) + text)
    return _record(0x0203, where + struct.pack("<d", value))


def _compound(stream):
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    # Sector 0 is the table of sectors, 1 the directory; the stream follows.
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + _entry("Workbook", 2, 2, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<5I", 0, 1, 1, 0, 4096)
    header += struct.pack("<5I", 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    header = header.ljust(512, b"\xff")
    return header + table + directory.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def _entry(name, kind, start, size, child=0xFFFFFFFF):
    label = name.encode("utf-16-le").ljust(64, b"\0")
    none = 0xFFFFFFFF
    head = struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, none, none, child)
    return label + head + bytes(36) + struct.pack("<IQ", start, size)

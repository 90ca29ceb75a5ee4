"""XML of somebody else: elements, or one sentence; nothing is fetched, unpacked or eaten up."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from medaldesk.book.import_errors import ImportCancelled
from medaldesk.book.sheets import (
    FileTooLarge,
    NoteKind,
    NothingToTake,
    NotOfKind,
    PackedBroken,
    PackedMixed,
    SheetError,
    SheetUnreachable,
    XmlBroken,
    XmlEncodingUnknown,
    XmlOfAnotherKind,
    XmlRefused,
    XmlTooLarge,
)
from medaldesk.exchange.importing.sources import (
    XmlKind,
    shown_sheets,
    sources_of_all,
)
from medaldesk.exchange.xml_files import (
    Allowance,
    XmlLimits,
    looks_like_xml,
    read_xml,
    xml_documents,
)
from medaldesk.reports import sheet_words
from medaldesk.reports.sentences import sentence
from tests.exchange.table_files import ods, ods_row, ods_text, zipped

HEAD = b"<?xml version='1.0'?>"
BOMB = (
    HEAD
    + b"<!DOCTYPE a [<!ENTITY e0 'ha'>"
    + b"".join(b"<!ENTITY e%d '%s'>" % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><a>&e11;</a>"
)
NASTY: dict[str, tuple[bytes, type[SheetError]]] = {
    "billion laughs": (BOMB, XmlRefused),
    "entity from a file": (
        HEAD + b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        XmlRefused,
    ),
    "entity from the network": (
        HEAD + b"<!DOCTYPE a [<!ENTITY b SYSTEM 'http://127.0.0.1:9/b'>]><a>&b;</a>",
        XmlRefused,
    ),
    "parameter entity": (
        HEAD + b"<!DOCTYPE a [<!ENTITY % b SYSTEM 'http://127.0.0.1:9/b'> %b;]><a/>",
        XmlRefused,
    ),
    "document type elsewhere": (
        HEAD + b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a'><a/>",
        XmlRefused,
    ),
    "document type in UTF-16": (
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode("utf-16"),
        XmlRefused,
    ),
    "page of the web": (b"<!DOCTYPE html><html><table/></html>", XmlRefused),
    "entity of nobody": (b"<a>&b;</a>", XmlBroken),
    "deep": (b"<a>" * 100_000 + b"</a>" * 100_000, XmlTooLarge),
    "million attributes": (
        b"<a " + b" ".join(b'a%d=""' % n for n in range(1_000_000)) + b"/>",
        XmlTooLarge,
    ),
    "many attributes": (b"<a " + b" ".join(b'a%d=""' % n for n in range(300)) + b"/>", XmlTooLarge),
    "long attribute": (b"<a b='" + b"x" * 5_000_000 + b"'/>", XmlTooLarge),
    "long comment": (b"<a><!--" + b"x" * 5_000_000 + b"--></a>", XmlTooLarge),
    "UTF-7": (b"<?xml version='1.0' encoding='utf-7'?>+ADw-a/+AD4-", XmlEncodingUnknown),
    "encoding that is none": (b"<?xml version='1.0' encoding='rot13'?><a/>", XmlEncodingUnknown),
    "escapes": (b"<?xml version='1.0' encoding='unicode_escape'?><a/>", XmlEncodingUnknown),
    "wrong encoding": (
        "<?xml version='1.0' encoding='UTF-8'?><a b='é'/>".encode("cp1252"),
        XmlEncodingUnknown,
    ),
    "half of UTF-16": ("<a b='é'/>".encode("utf-16")[:-1], XmlEncodingUnknown),
    "NUL": (b"<a>\0</a>", XmlBroken),
    "truncated": (HEAD + b"\n<a>\n<b c='", XmlBroken),
    "not closed": (HEAD + b"<a><b>", XmlBroken),
    "twice the same attribute": (b"<a b='1' b='2'/>", XmlBroken),
    "prefix of nobody": (b"<x:a/>", XmlBroken),
    "nothing but a head": (HEAD, XmlBroken),
}


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[bytes, str], Path]:
    def save(content: bytes, name: str = "in.xml") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return save


Save = Callable[..., Path]


@pytest.mark.parametrize("name", NASTY)
def test_what_is_nasty_is_refused_in_a_sentence_and_in_little_memory(name: str, saved: Save):
    content, kind = NASTY[name]
    path = saved(content)
    read_xml(b"<a/>")  # what is imported on the way is not counted
    tracemalloc.start()
    try:
        with pytest.raises(SheetError) as refused:
            xml_documents(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert type(refused.value) is kind
    assert sentence(refused.value).startswith(f"{path} ")
    assert peak < 20_000_000


def test_a_broken_file_is_told_with_its_line(saved: Save):
    with pytest.raises(XmlBroken) as refused:
        read_xml(saved(HEAD + b"\n<a>\n</b>"))
    assert refused.value.details["row"] == 3
    assert "line 3" in sentence(refused.value)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-16-be"),
        ("UTF-16", "utf-8"),
        ("", "utf-32"),
        ("", "utf-32-le"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
    ],
)
def test_any_encoding_that_xml_allows(declared: str, encoding: str):
    said = f" encoding='{declared}'" if declared else ""
    content = f"<?xml version='1.0'{said}?>\n<a b='Mühl é'/>".encode(encoding)
    assert looks_like_xml(content)
    assert read_xml(content).get("b") == "Mühl é"


@pytest.mark.parametrize("encoding", ["Shift_JIS", "EUC-JP", "GB18030", "ISO-2022-JP", "Big5"])
def test_encodings_of_east_asia(encoding: str):
    content = f"<?xml version='1.0' encoding='{encoding}'?><a b='東京'/>".encode(encoding)
    assert read_xml(content).get("b") == "東京"


def test_names_are_without_their_namespaces():
    root = read_xml(b"<n:a xmlns:n='urn:x' n:b='1' c='2'><d xmlns='urn:y'/></n:a>")
    assert (root.tag, root.attrib, root[0].tag) == ("a", {"b": "1", "c": "2"}, "d")


@pytest.mark.parametrize(
    ("head", "is_xml"),
    [
        (b"<?xml version='1.0'?>", True),
        (b"\xef\xbb\xbf \r\n<LENEX version='3.0'>", True),
        (b"<!-- typed --><OdfBody>", True),
        (b"<OdfBody>", True),
        (b"name,mark\n", False),
        (b"<5 years,12\n", False),
        (b"", False),
        (b"PK\x03\x04", False),
    ],
)
def test_xml_is_told_by_its_beginning(head: bytes, is_xml: bool):
    assert looks_like_xml(head) is is_xml


def test_limits_are_shared_by_the_files_of_an_import(saved: Save):
    path = saved(b"<a>" + b"<b/>" * 60 + b"</a>")
    allowance = Allowance(XmlLimits(parts=100))
    xml_documents(path, allowance)
    with pytest.raises(XmlTooLarge):
        xml_documents(path, allowance)
    with pytest.raises(FileTooLarge):
        xml_documents(path, Allowance(XmlLimits(unpacked=100)))


def test_reading_can_be_stopped(saved: Save):
    def stop() -> None:
        raise ImportCancelled

    with pytest.raises(ImportCancelled):
        sources_of_all([saved(b"<LENEX>" + b"<b/>" * 100_000)], tick=stop)


# Archives


def names_of(path: Path) -> list[str]:
    return [document.name for document in xml_documents(path) or ()]


def test_each_message_of_an_archive_is_a_document(saved: Save, tmp_path: Path):
    inside = {"2024/one.xml": b"<a/>", "../../two.xml": b"<b/>", "/etc/three.lef": b"<c/>"}
    path = saved(zipped(inside | {"__MACOSX/x": b"", ".hidden": b""}), "all.zip")
    assert names_of(path) == ["all.zip: one.xml", "all.zip: two.xml", "all.zip: three.lef"]
    assert [found.name for found in tmp_path.iterdir()] == ["all.zip"]


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped({"a": content})])
def test_a_file_may_be_packed_and_bear_any_name(pack: Callable[[bytes], bytes], saved: Save):
    documents = xml_documents(saved(pack(HEAD + b"<a/>"), "a.csv"))
    assert documents is not None
    assert [document.root.tag for document in documents] == ["a"]


def test_tables_are_no_documents(saved: Save):
    assert xml_documents(saved(b"a,b\n1,2\n")) is None
    assert xml_documents(saved(gzip.compress(b"a,b\n1,2\n"))) is None
    assert xml_documents(saved(zipped({"a.csv": b"a,b\n1,2\n"}))) is None
    assert xml_documents(saved(ods(("A", ods_row(ods_text("name")), True)))) is None


OTHERS = {
    "archive": zipped({"b.xml": b"<b/>"}),
    "table": b"a,b\n",
    "packed": gzip.compress(b"<b/>", mtime=0),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_an_archive_with_something_else_in_it_is_refused(other: bytes, saved: Save):
    path = saved(zipped({"a.xml": b"<a/>", "x/../other": other}))
    with pytest.raises(PackedMixed) as refused:
        xml_documents(path)
    assert "also other" in sentence(refused.value)


def test_zip_bombs_are_refused(saved: Save):
    bomb = zipped({"a.xml": b"<a>" + b"<b></b>" * 3_000_000 + b"</a>"})
    with pytest.raises(FileTooLarge):
        xml_documents(saved(bomb))
    with pytest.raises(XmlTooLarge):
        xml_documents(
            saved(zipped({f"{n}.xml": b"<a/>" for n in range(9)})), Allowance(XmlLimits(files=8))
        )
    packed = gzip.compress(b"<a>" + b"x" * 2_000_000)
    with pytest.raises(FileTooLarge):
        xml_documents(saved(packed), Allowance(XmlLimits(unpacked=1_000_000)))


def test_a_damaged_or_locked_archive_is_told(saved: Save):
    good = zipped({"a.xml": HEAD + b"<a/>" * 100})
    with pytest.raises(SheetError):
        xml_documents(saved(good[: len(good) // 2]))
    locked = bytearray(good)
    for at in (6, good.index(b"PK\x01\x02") + 8):
        locked[at] |= 1
    with pytest.raises(PackedBroken):
        xml_documents(saved(bytes(locked)))


def test_a_member_that_lies_about_its_size_is_refused(saved: Save):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.xml", b"<a>" + b"<b/>" * 1_000 + b"</a>")
    lying = bytearray(out.getvalue())
    at = lying.index(b"PK\x01\x02") + 24
    lying[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(SheetError):
        xml_documents(saved(bytes(lying)))


# What a file is


def test_xml_of_another_kind_is_refused(saved: Save):
    with pytest.raises(XmlOfAnotherKind) as refused:
        sources_of_all([saved(b"<Workbook/>")])
    assert "Workbook" in sentence(refused.value)
    # It is told by its first element, whatever comes behind it.
    with pytest.raises(XmlOfAnotherKind):
        sources_of_all([saved(b"<html><br></html>", "table.xls")])
    for root in (b"<Workbook/>", b"<OdfBody/>"):
        with pytest.raises(XmlOfAnotherKind):
            shown_sheets(saved(root))


def test_a_file_that_is_not_what_it_is_said_to_be_is_refused(saved: Save):
    for content in (b"a,b\n1,2\n", b"<OdfBody/>"):
        with pytest.raises(NotOfKind) as refused:
            sources_of_all([saved(content)], XmlKind.LENEX)
        assert "is no LENEX" in sentence(refused.value)


@pytest.mark.parametrize("content", [b"", b"name,mark\n", b"<LENEX version='3.0'/>"])
def test_a_file_without_rows_is_told(content: bytes, saved: Save):
    with pytest.raises(NothingToTake) as refused:
        sources_of_all([saved(content)])
    assert str(refused.value.details["path"]) in sentence(refused.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(SheetUnreachable):
        sources_of_all([tmp_path / "missing.xml"])
    with pytest.raises(SheetUnreachable):
        read_xml(tmp_path / "missing.xml")


def test_hidden_sheets_are_left_out_and_told(saved: Save):
    rows = ods_row(ods_text("name"), ods_text("mark")) + ods_row(ods_text("Kok"), ods_text("1"))
    path = saved(ods(("Shown", rows, True), ("Secret", rows, False)), "in.ods")
    (source,) = sources_of_all([path])
    (note,) = source.notes
    assert (source.sheet, note.kind) == ("Shown", NoteKind.LEFT_OUT)
    assert "Secret" in sheet_words.note(note)


def test_a_guessed_encoding_is_told(saved: Save):
    (source,) = sources_of_all([saved("name;mark\nSørensen;1:12,31\n".encode("cp1252"), "in.csv")])
    assert [note.kind for note in source.notes] == [NoteKind.ENCODING]

"""Names as people type and look for them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medaldesk.domain.names import fold, printed_name, split_name


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Anna Östlender", "anna ostlender"),
        ("Béatrice  Lamarche", "beatrice lamarche"),
        ("Łukasz Ðokić", "lukasz dokic"),
        ("WEIẞ", "weiss"),
        ("Sæther", "saether"),
    ],
)
def test_a_name_is_found_without_its_diacritics(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
@example("㎅")
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("name", "given_name", "family_name"),
    [
        ("Jutta Leerdam", "Jutta", "Leerdam"),
        ("Leerdam, Jutta", "Jutta", "Leerdam"),
        ("LEERDAM Jutta", "Jutta", "LEERDAM"),
        ("Catriona LE MAY DOAN", "Catriona", "LE MAY DOAN"),
        ("Ronaldinho", None, "Ronaldinho"),
        ("Leerdam,", None, "Leerdam"),
        ("Chris J. Witty", "Chris J.", "Witty"),
    ],
)
def test_a_printed_name_is_taken_apart(name: str, given_name: str | None, family_name: str) -> None:
    assert split_name(name) == (given_name, family_name)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Jutta  Leerdam", "Jutta Leerdam"),
        ("Leerdam, Jutta", "Jutta Leerdam"),
        ("LEERDAM Jutta", "Jutta Leerdam"),
        ("KEULEN-DEELSTRA Atje", "Atje Keulen-Deelstra"),
        ("ter Mors, Jorien", "Jorien ter Mors"),
        ("JUTTA LEERDAM", "Jutta Leerdam"),
        ("O'BRIEN Pat", "Pat O'Brien"),
        ("Chris J. Witty", "Chris J. Witty"),
        ("Ronaldinho", "Ronaldinho"),
    ],
)
def test_a_name_is_printed_given_name_first(typed: str, printed: str) -> None:
    assert printed_name(typed) == printed

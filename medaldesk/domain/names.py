"""Names as people type and look for them."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What commands a terminal, and what neither XML nor a workbook can hold."""


def one_line(text: str) -> str:
    """Text without control characters and without doubled or outer spaces."""
    return " ".join((text if text.isprintable() else _NO_TEXT.sub("", text)).split())


def fold(text: str) -> str:
    """A name as it is looked for: without diacritics, case and doubled spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    # Taking a letter apart may bring out a capital, and making it small one to be taken apart.
    small = unicodedata.normalize("NFKD", text.casefold()).casefold()
    decomposed = unicodedata.normalize("NFKD", small)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.translate(_LETTERS).split())


FAMILY_FIRST = frozenset({"CHN", "HKG", "KOR", "MAC", "PRK", "TPE", "VIE"})
"""Nations whose athletes are usually printed with the family name first."""


def split_name(name: str, *, family_first: bool = False) -> tuple[str | None, str]:
    """Given and family name of a printed name: `Jutta Leerdam`, `Leerdam, Jutta`, `LEERDAM Jutta`.

    Words in capitals, or what stands before a comma, are the family name; otherwise the last
    word is, or the first one with `family_first`. A guess: a person can correct it.
    """
    clean = " ".join(name.split())
    if "," in clean:
        family, given = (part.strip() for part in clean.split(",", 1))
        return (given or None, family)
    words = clean.split(" ")
    capitals = [word for word in words if _is_capitals(word)]
    if capitals and len(capitals) < len(words):
        given = " ".join(word for word in words if word not in capitals)
        return (given, " ".join(capitals))
    if family_first and len(words) > 1:
        return (" ".join(words[1:]), words[0])
    return (" ".join(words[:-1]) or None, words[-1])


def printed_name(name: str) -> str:
    """The name as it is printed: `Leerdam, Jutta` and `LEERDAM Jutta` become `Jutta Leerdam`."""
    given, family = split_name(name)
    if "," not in name and not any(map(_is_capitals, name.split())):
        return " ".join(name.split())
    return " ".join(_capitalised(word) for word in f"{given or ''} {family}".split())


def _is_capitals(word: str) -> bool:
    """`LEERDAM`, but not the initial `J.` and not a name of one letter."""
    return len(word) > 1 and "." not in word and word == word.upper() != word.lower()


def _capitalised(word: str) -> str:
    """`KEULEN-DEELSTRA` becomes `Keulen-Deelstra`, `O'BRIEN` becomes `O'Brien`."""
    if not _is_capitals(word):
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part[0][:1] + part[0][1:].lower(), word)

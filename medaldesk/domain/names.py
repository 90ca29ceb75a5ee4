"""Names as people type and look for them."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def fold(text: str) -> str:
    """A name as it is looked for: without diacritics, case and doubled spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.translate(_LETTERS).split())


def split_name(name: str) -> tuple[str | None, str]:
    """Given and family name of a printed name: `Jutta Leerdam`, `Leerdam, Jutta`, `LEERDAM Jutta`.

    Words in capitals, or what stands before a comma, are the family name; otherwise the last
    word is. A guess: a person can correct it.
    """
    clean = " ".join(name.split())
    if "," in clean:
        family, given = (part.strip() for part in clean.split(",", 1))
        return (given or None, family)
    words = clean.split(" ")
    capitals = [word for word in words if len(word) > 1 and word == word.upper() != word.lower()]
    if capitals and len(capitals) < len(words):
        given = " ".join(word for word in words if word not in capitals)
        return (given, " ".join(capitals))
    return (" ".join(words[:-1]) or None, words[-1])


def printed_name(name: str) -> str:
    """The name as it is printed: `Leerdam, Jutta` becomes `Jutta Leerdam`, capitals become small."""
    given, family = split_name(name)
    if "," in name or any(len(word) > 1 and word == word.upper() for word in name.split()):
        family = " ".join(_capitalised(word) for word in family.split(" "))
        return f"{given} {family}" if given else family
    return " ".join(name.split())


def _capitalised(word: str) -> str:
    if len(word) < 2 or word != word.upper() or word == word.lower():
        return word
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))

"""An area as tables and people write it: a code, or a name in one of its spellings.

The code is the key. A name may stand for several areas (`Bergen`, `Wijk 01 Centrum`); then all of
them are found, and it is for who asks to choose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# two letters for the kind of area, then a number; neighbourhoods of Amsterdam have letters in it
CODE = re.compile(r"[A-Z]{2}(\d{2,8}|\d{4}[A-Z]{2}(\d{2})?|[A-Z]\d)", re.ASCII)
MUNICIPALITY, DIGITS = re.compile(r"GM\d{4}", re.ASCII), re.compile(r"\d{4}", re.ASCII)
BRACKET = re.compile(r"^(?P<name>.*\S)\s*\((?P<inside>[^()]+)\)$")
# what a table writes behind a name to say which kind of area it is
KIND_IN_BRACKETS = {
    "ld": "LD", "pv": "PV", "cr": "CR", "gemeente": "GM", "corop": "CR", "ggd": "GG",
}  # fmt: skip
COUNTRY = ("nederland", "netherlands", "the netherlands")
TOTAL = re.compile(r"(sub)?(totaal|total)\b.*", re.IGNORECASE)


def as_code(text: str) -> str:
    """A code as it is compared: without the blanks behind it, in capitals; `0855` is a
    municipality's. Nothing where it is no code."""
    bare = text.strip().upper()
    if DIGITS.fullmatch(bare):
        return f"GM{bare}"
    return bare if CODE.fullmatch(bare) else ""


@lru_cache(maxsize=100_000)
def bare(name: str) -> str:
    """A name as it is compared: without accents, points, hyphens and case."""
    letters = unicodedata.normalize("NFKD", name.replace("\u2019", "'").replace("\u2018", "'"))
    plain = "".join(c for c in letters if not unicodedata.combining(c)).casefold()
    return " ".join(plain.replace(".", "").replace("-", " ").replace("\u2013", " ").split())


def parted(name: str) -> tuple[str, str]:
    """A name without what stands in brackets behind it, and that; both as they are compared."""
    found = BRACKET.match(name.strip())
    return (bare(found["name"]), bare(found["inside"])) if found else (bare(name), "")


def level(code: str, name: str = "") -> str:
    """Which kind of area it is: the letters of its code; else what its name says; else nothing."""
    if known := as_code(code):
        return known[:2]
    within = KIND_IN_BRACKETS.get(parted(name)[1], "")
    return within or ("NL" if bare(name) in COUNTRY else "")


def alike(asked: str, names: Iterable[str]) -> list[str]:
    """Which of these names are meant: those that are the same; else those that are the same but
    for what stands in brackets behind one of the two."""
    names = list(names)
    wanted, (base, inside) = bare(asked), parted(asked)
    same = [name for name in names if bare(name) == wanted]
    if same:
        return same
    return [
        name for name in names
        if parted(name)[0] == base and (not inside or parted(name)[1] in ("", inside))
    ]  # fmt: skip

"""Places in a source, such as `page not noted`, in the language of the reader."""

from __future__ import annotations

import re
from functools import lru_cache

from sroi.report.words.words import LANGUAGES, Words, catalogue

BETWEEN = re.compile(r"(?<=[,;]) ")
NUMBERED = re.compile(r"(?P<thing>.*\S) (?P<number>\d\S*)")


def place(written: str, lang: str) -> str:
    """A place in a language: what the catalogue has is translated, all else stands as written.

    `news item, page 3` → `nieuwsbericht, bladzijde 3`; `df_ref_prices` is a name and stays.
    """
    return " ".join(_part(part, lang) for part in BETWEEN.split(written))


def _part(part: str, lang: str) -> str:
    """One part, with the comma or semicolon behind it."""
    bare = part.rstrip(",;")
    end = part[len(bare) :]
    numbered = NUMBERED.fullmatch(bare)
    thing, number = numbered.groups() if numbered else (bare, "")
    key = _known().get(thing.casefold())
    return f"{Words(lang)('place.' + key)} {number}".strip() + end if key else part


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Key in the catalogue of every place that it has, in either language."""
    places = [catalogue("text", lang)["place"] for lang in LANGUAGES]
    return {text.casefold(): key for known in places for key, text in known.items()}

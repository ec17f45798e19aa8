"""What all nouns share: frozen, no unknown keys; and the small types that every file uses."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
REFERENCE = re.compile(r"(?P<key>[a-z0-9][a-z0-9-]{0,63})(\[(?P<place>[^\[\]]{1,200})\])?")
LONGEST_TEXT = 5_000
# what an organisation has itself, and need not put into a list of sources first
OF_ONES_OWN = frozenset(
    [
        "eigen administratie",
        "offerte",
        "contract",
        "raadsstuk",
        "own records",
        "quotation",
        "council paper",
    ]
)
LONGEST_PART = 200


def unsaid(part: object) -> bool:
    """What a file does not say, nothing or an empty list, is no part of its fingerprint."""
    return part is None or (isinstance(part, list | dict) and not part)


class Noun(BaseModel):
    """A part of a file. Read once, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Brief(Noun):
    """A noun that may be written shorter than as a mapping; editors must know of it too."""

    @classmethod
    def _brief(cls) -> list[dict[str, Any]]:
        return [{"type": "string"}]

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        schema = handler.resolve_ref_schema(handler(core_schema))
        mapping = dict(schema)
        schema.clear()
        schema.update({"anyOf": [*cls._brief(), mapping], "title": cls.__name__})
        return schema


class Text(Brief):
    """Words for people: one text for both languages, or one for each."""

    nl: str = ""
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return {"nl": value, "en": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _something(self) -> Text:
        if not (self.nl or self.en):
            raise PydanticCustomError("text-missing", "")
        if max(len(self.nl), len(self.en)) > LONGEST_TEXT:
            raise PydanticCustomError("text-too-long", "", {"most": LONGEST_TEXT})
        return self

    def in_(self, lang: str) -> str:
        """The text in a language; the other language where that is all there is."""
        return (self.nl or self.en) if lang == "nl" else (self.en or self.nl)


def identifier(text: Any) -> str:
    """An id: lower-case letters, digits and hyphens; it is only ever looked up, never opened."""
    if not isinstance(text, str) or not ID.fullmatch(text):
        raise PydanticCustomError("id-unreadable", "", {"found": str(text)[:80]})
    return text


@dataclass(frozen=True)
class OnTheSpot:
    """A source stated where it is referred to: `contract / Begeleiding / bijlage 2 / 2025`."""

    kind: str
    name: str
    place: str
    year: str

    @property
    def key(self) -> str:
        """An id that is the same for the same kind, name and year, and for nothing else."""
        told = f"{self.kind} {self.name} {self.year}"
        plain = re.sub("[^a-z0-9]+", "-", told.lower()).strip("-")[:48].strip("-")
        return f"{plain}-{hashlib.sha256(told.encode()).hexdigest()[:6]}"


def on_the_spot(text: Any) -> OnTheSpot | None:
    """Kind, name, place and year between slashes with a space on both sides."""
    parts = re.split(r"\s+/\s+", text.strip()) if isinstance(text, str) else []
    if len(parts) != 4 or not all(0 < len(part) <= LONGEST_PART for part in parts):
        return None
    kind, name, place, year = parts
    if kind.lower() not in OF_ONES_OWN or not re.fullmatch("(19|20)[0-9]{2}", year):
        return None
    return OnTheSpot(kind.lower(), name, place, year)


class Reference(Noun):
    """A source and the place in it: `seor-2020[p. 31]`, or all of it: see `OnTheSpot`."""

    key: str
    place: str = ""

    @classmethod
    def __get_pydantic_json_schema__(cls, *_: Any) -> dict[str, Any]:
        return {"type": "string"}

    @model_validator(mode="before")
    @classmethod
    def _written(cls, text: Any) -> Any:
        if spot := on_the_spot(text):
            return {"key": spot.key, "place": spot.place}
        found = REFERENCE.fullmatch(text) if isinstance(text, str) else None
        if not found:
            raise PydanticCustomError("reference-unreadable", "", {"found": str(text)[:80]})
        return {"key": found["key"], "place": found["place"] or ""}

    def __str__(self) -> str:
        return f"{self.key}[{self.place}]" if self.place else self.key


def _one_hundred_percent(shares: dict[str, float]) -> dict[str, float]:
    total = sum(shares.values())
    if abs(total - 1) > 1e-9 or min(shares.values(), default=-1) < 0:
        raise PydanticCustomError("payers-sum", "", {"total": f"{total * 100:.6g}%"})
    return shares


def as_list(value: Any) -> Any:
    """One quantity stands for a list of one: `volume: 200` as well as `volume: [200, …]`."""
    return value if isinstance(value, list) else [value]


Id = Annotated[str, BeforeValidator(identifier)]
SharesToOne = AfterValidator(_one_hundred_percent)

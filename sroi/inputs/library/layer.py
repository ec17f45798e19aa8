"""The layer of an organisation over the price library: one file, to mail and to merge.

```yaml
name: Stichting Voorbeeld
reviews:                       # written by `sroi proxies import`
  - price: uur-in-de-buurt
    status: checked
    by: A. Voorbeeld
    on: 2026-03-01
    seen: {value.low: "8.00", unit: EUR/uur, …}    # the price as it was when it was looked at
    becomes: {low: 8, value: 11, high: 12}         # only where it becomes another one
proxies: [...]                 # prices of its own, written as in a scenario
sources: [...]
```

A review says by itself what the price becomes, whatever was said before. So the reviews of two
people can stand in one file in any order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from sroi.inputs.library.library import Proxy, Source
from sroi.inputs.quantity.written_sizes import numeral
from sroi.inputs.text.nouns import Id, Noun, Reference, Text
from sroi.inputs.text.numerals import Date, Number

# what a reviewer looks at: when one of these is another one, it is another price
LOOKED_AT = {
    "value", "tariff", "unit", "price_year", "index", "payers", "receiver", "transfer", "cash",
    "cost_concept", "vat", "source",
}  # fmt: skip
NOT_SEEN = ("because", "evidence")  # of an amount: words about it, and how sure it is


class Becomes(Noun):
    """What a review makes of a price: its sizes, and the place in the source."""

    low: Number | None = None
    value: Number | None = None
    high: Number | None = None
    source: Reference | None = None

    @property
    def sizes(self) -> dict[str, float]:
        """Those that are there, by name."""
        found = {"value": self.value, "low": self.low, "high": self.high}
        return {name: size for name, size in found.items() if size is not None}


class LayerReview(Noun):
    """Who looked at a price, what it was then, and what came of it."""

    price: Id
    status: Literal["checked", "withdrawn"]
    by: Annotated[str, Field(min_length=1, max_length=100)]
    on: Date
    note: Text | None = None
    seen: dict[str, str]
    becomes: Becomes = Becomes()


class Layer(Noun):
    """The file. `part_of`: of which one it is a part, where a report took along what it used."""

    name: Annotated[str, Field(max_length=200)] = ""
    part_of: Annotated[str, Field(max_length=20)] = ""
    reviews: list[LayerReview] = []
    proxies: list[Proxy] = []
    sources: list[Source] = []


def seen_of(proxy: Proxy) -> dict[str, str]:
    """A price as somebody sees it who looks at it: every part as text, by its path."""
    told = proxy.model_dump(mode="json", include=LOOKED_AT, exclude_none=True)
    found = {path: text for path, text in _flat(told) if not _words(path)}
    withdrawn = proxy.review.status == "withdrawn"
    return found | ({"review.status": "withdrawn"} if withdrawn else {})


def _words(path: str) -> bool:
    return any(step in NOT_SEEN for step in path.split("."))


def _flat(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(part, dict | list):
        inside = part.items() if isinstance(part, dict) else enumerate(part)
        for key, value in inside:
            yield from _flat(value, f"{path}.{key}".lstrip("."))
    else:
        plain = isinstance(part, float)
        yield path, numeral(part) if plain else str(part)

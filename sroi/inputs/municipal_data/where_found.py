"""Which numbers of a scenario could come from a public table, and do not.

The list is `municipal/where_found.yaml`. It gives a hint and is no rule: of a municipality that is
said to be invented nothing is to be found, and a register of one's own is the better source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from sroi import shipped
from sroi.inputs.municipal_data.municipalities import FOLDER, Loader

INVENTED = re.compile(r"verzonnen|fictief|invented|fictional", re.IGNORECASE)
EXAMPLES = ("Voorbeeld: vervang dit", "Example: replace this")
OF_A_TABLE = re.compile(r"\btabel\b|\btable\b|\bCBS\b|Statistics Netherlands", re.IGNORECASE)


@dataclass(frozen=True)
class Findable:
    """A number of a scenario, and the table and measure in which it may be found."""

    path: str
    table: str
    title: str
    measure: Mapping[str, str]


@cache
def where_found() -> tuple[dict[str, Any], ...]:
    """Every entry of the list, with the title and the page of its table."""
    path = shipped.folder(FOLDER) / "where_found.yaml"
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    tables = {one["table"]: one for one in data["tables"]}
    return tuple({**tables[one["table"]], **one} for one in data["found"])


def findable(data: Any) -> list[Findable]:
    """The numbers of a scenario, as it stands in its file, that no table is named for."""
    if not isinstance(data, Mapping) or INVENTED.search(f"{data.get('commissioner')}"):
        return []
    return [
        Findable(path, one["table"].upper(), one["title"], one["measure"])
        for one in where_found()
        if one["programme"] == data.get("programme")
        for path, what, why in _of(data, *one["path"].split("."))
        if re.search(one.get("about", ""), what, re.IGNORECASE)
        if _is_example(why) or not (INVENTED.search(why) or OF_A_TABLE.search(why))
    ]


def _is_example(why: str) -> bool:
    """Whether the text of a new scenario still stands there, which names the table itself."""
    return any(sign in why for sign in EXAMPLES)


def _of(data: Mapping[str, Any], block: str, _: str, key: str) -> Iterator[tuple[str, str, str]]:
    """Every place of a kind that is filled in, with what it is called, and all that is said of
    where it is from."""
    items = data.get(block)
    for item in items if isinstance(items, list) else []:
        if isinstance(item, Mapping) and key in item:
            inside = item[key] if isinstance(item[key], Mapping) else {}
            said = [part.get(name, "") for part in (item, inside) for name in ("because", "source")]
            why = " ".join(str(one) for one in said).replace("cbs-", "CBS ")
            what = f"{item.get('id', '')} {item.get('what', '')}"
            yield f"{block}.{item.get('id', '')}.{key}", what, why

"""What a report of a portfolio takes along so that anybody can check it.

The portfolio, its table and its scenarios as they were read, the prices that these use, how the
report was asked for, the results, and the tables. `portfolio_verified` takes these out again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import Any
from unicodedata import combining, normalize

from sroi.inputs.library.layered import LAYER as OVER
from sroi.inputs.library.used_library import as_text, used_files
from sroi.inputs.portfolio.portfolio import Portfolio
from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio
from sroi.report.charts.look import HOUSE, Look, as_data, look_in
from sroi.report.files.attached import ASKED, LAYER, LIBRARY, RESULTS, TABLES
from sroi.report.files.csv_files import in_bytes, text_of
from sroi.report.pdf.evidence import KINDS, VERSION
from sroi.report.pdf.pdf import Attachment
from sroi.report.portfolio.portfolio_files import tables_of
from sroi.report.portfolio.portfolio_json import as_json
from sroi.report.portfolio.portfolio_page import contents
from sroi.report.portfolio.portfolio_told import PortfolioTold
from sroi.report.words.words import LANGUAGES, Words
from sroi.version import build

SCHEMA = "sroi.portfolio-report/1"
TABLE_FILES = (
    "basis", "rows", "programmes", "by_payer", "by_year", "bands", "drivers", "columns", "funding",
    "funded_rows",
)  # fmt: skip
OWN = (ASKED, RESULTS, LIBRARY, LAYER, *(f"{name}.csv" for name in TABLE_FILES))
ODD = re.compile(r"[^A-Za-z0-9_. -]")  # in a PDF: other letters come out of it as others
PLAIN = re.compile(r"\w[\w. -]*")  # on a disk: in one folder, and nothing that means something
MOST_DRAWS, MOST_SEED = 2**20, 2**32


@dataclass(frozen=True)
class PortfolioAsked:
    """How a report was asked for. `file`: the name of the portfolio; `draws` and `seed`: where they
    are not those of the first scenario; `hard`: whether hard cash is told wherever it can be."""

    lang: str
    command: str
    file: str
    draws: int | None = None
    seed: int | None = None
    hard: bool = False
    summary_only: bool = False
    look: Look = HOUSE
    version: str = field(default_factory=build)

    def filled(self, told: PortfolioTold) -> dict[str, Any]:
        """What stands in the report that was asked for."""
        made = {"summary_only": self.summary_only, "look": self.look}
        listed = list(attached(told.valued.loaded, self.file, told.words))
        return contents(told, self.command, self.version) | made | {"attached": listed}


def asked_in(data: Any) -> PortfolioAsked:
    """How a report says that it was asked for. Raises `ValueError`, `KeyError` or `TypeError`."""
    plain = {name: data[name] for name in PortfolioAsked.__dataclass_fields__ if name != "look"}
    asked = PortfolioAsked(**plain, look=look_in(data.get("look") or {}))
    texts = (asked.lang, asked.command, asked.file, asked.version)
    known = all(type(text) is str for text in texts)
    known = known and {type(asked.hard), type(asked.summary_only)} == {bool}
    known = known and _within(asked.draws, 16, MOST_DRAWS) and _within(asked.seed, 0, MOST_SEED)
    if not (known and asked.lang in LANGUAGES and VERSION.fullmatch(asked.version)):
        raise ValueError("not as sroi writes it")
    return asked


def _within(number: Any, least: int, most: int) -> bool:
    return number is None or (type(number) is int and least <= number <= most)


def names_of(portfolio: Portfolio, file: str) -> dict[str, str]:
    """By the name that the portfolio says, how each of its files is called in the PDF; `file`: its
    own. No two are called alike, and none as a file of sroi."""
    found: dict[str, str] = {}
    for said in (file, portfolio.table, *(one.scenario for one in portfolio.programmes)):
        if said not in found:
            found[said] = name_of(said, {name.casefold() for name in found.values()})
    return found


def name_of(said: str, taken: Collection[str] = ()) -> str:
    """How a file is called in the PDF, beside those that are there: without accents, and with its
    folders as no part of a path any more."""
    bare = "".join(x for x in normalize("NFKD", PurePath(said).as_posix()) if not combining(x))
    name = ODD.sub("_", bare).lstrip(".") or "file"
    while name.casefold() in (*OWN, *taken):
        name = f"input_{name}"
    return name


def names_on_disk(names: Mapping[str, str]) -> dict[str, str]:
    """By how a file is called in the PDF its name on disk: what the portfolio says where that is a
    plain name and none of ours, so that what is taken out of a report can be run."""
    return {
        name: said if PLAIN.fullmatch(said) and said.casefold() not in OWN else name
        for said, name in names.items()
    }


def evidence(told: PortfolioTold, asked: PortfolioAsked) -> list[Attachment]:
    """The files that a report takes along."""
    lang, loaded = asked.lang, told.valued.loaded
    results = results_of(told, lang)
    files, layer = prices_of(loaded)
    made = {name: (what, content) for name, what, content in _inputs(loaded, asked.file)}
    made[LIBRARY] = ("library", _prices(files, "attached.library_head", lang))
    if layer:
        made[LAYER] = ("layer", _prices(layer, "attached.layer_head", lang))
    plain = asdict(asked) | {"look": as_data(asked.look)}
    made[ASKED] = ("asked", _json({"schema": SCHEMA, **plain}))
    made[RESULTS] = ("results", _json(results))
    texts = {f"{name}.csv": rows for name, rows in tables_of(results, lang).items() if rows}
    made |= {name: ("table", in_bytes(text_of(_even(x), lang))) for name, x in texts.items()}
    return [_attachment(name, what, content, lang) for name, (what, content) in made.items()]


def results_of(told: PortfolioTold, lang: str) -> dict[str, Any]:
    """As `sroi portfolio run --json` has them, without the folder that the files stood in."""
    results = as_json(told.valued, told.places, told.drivers, told.funding, lang)
    told_of = [one | {"file": PurePath(str(one["file"])).name} for one in results["problems"]]
    return results | {"problems": told_of}


def prices_of(loaded: LoadedPortfolio) -> tuple[dict[str, Any], dict[str, Any]]:
    """The library's files with what the scenarios use of them, and what they use of the layer."""
    files = used_files(said_of(loaded), loaded.library)
    over = files.pop(OVER, {})
    sign = loaded.library.layer.sign if loaded.library.layer else ""
    return files, over | {"part_of": sign} if over else {}


def said_of(loaded: LoadedPortfolio) -> list[Any]:
    """The data of all scenarios, and what the table fills in them, which may name a price."""
    scenarios = [one.document.written for one in loaded.programmes]
    return [*scenarios, [list(row.values.values()) for row in loaded.rows]]


def attached(loaded: LoadedPortfolio, file: str, words: Words) -> Iterator[tuple[str, str]]:
    """Every kind of file with what it is, as the report lists them."""
    for name, what, _ in _inputs(loaded, file):
        yield name, words(f"attached.{what}")
    kinds = {LIBRARY: "library"} | ({LAYER: "layer"} if prices_of(loaded)[1] else {})
    kinds |= {ASKED: "asked", RESULTS: "results", TABLES: "tables"}
    for name, what in kinds.items():
        yield name, words(f"attached.{what}")


def _inputs(loaded: LoadedPortfolio, file: str) -> Iterator[tuple[str, str, bytes]]:
    """The portfolio, its table and its scenarios: name, what it is, and the bytes as read."""
    names, portfolio = names_of(loaded.portfolio, file), loaded.portfolio
    found = {file: ("portfolio", loaded.document.content)}
    for one in loaded.programmes:
        found[one.described.scenario] = ("scenario", one.document.content)
    found.setdefault(portfolio.table, ("areas", loaded.table.content))
    for said, (what, content) in found.items():
        yield names[said], what, content


def _even(rows: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows with the same columns; one that some lack is empty there."""
    columns = dict.fromkeys(column for row in rows for column in row)
    return [columns | row for row in rows]


def _prices(files: dict[str, Any], head: str, lang: str) -> bytes:
    """Prices as a file that says above them what it is."""
    return as_text(files, Words(lang)(head, version=build())).encode()


def _attachment(name: str, what: str, content: bytes, lang: str) -> Attachment:
    told = Words(lang)(f"attached.{what}", name=name)
    data = what in ("results", "table")
    ending = name.rpartition(".")[2].lower()
    kind = KINDS.get("yaml" if ending == "yml" else ending, "application/octet-stream")
    return Attachment(name, kind, "Data" if data else "Source", told, content)


def _json(data: Any) -> bytes:
    """On as few lines as it has parts: of thousands of rows each number on a line is much air."""
    return (json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n").encode()

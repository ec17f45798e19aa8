"""What a report takes along so that anybody can check it: what it was made from and what it shows.

The scenario as it was read, the prices that it uses, how the report was asked for, the results, and
the tables behind them. `verified` takes these out again and makes the report anew.
"""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sroi.analysis.result.headline import Headline
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.library.used_library import as_text
from sroi.report.charts.easel import Easel
from sroi.report.charts.look import HOUSE, Look, as_data, look_in
from sroi.report.files import csv_files
from sroi.report.files.attached import ASKED, LAYER, LIBRARY, RESULTS, file_of, prices_of
from sroi.report.files.results_json import as_json
from sroi.report.pages.page import contents
from sroi.report.pages.short import short_form
from sroi.report.pdf.pdf import Attachment
from sroi.report.words.words import LANGUAGES, Words
from sroi.version import build

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    "yaml": "application/yaml", "xlsx": WORKBOOK, "json": "application/json", "csv": "text/csv",
}  # fmt: skip
SCHEMA = "sroi.report/1"
VERSION = re.compile(r"[0-9A-Za-z.+]{1,60}")


@dataclass(frozen=True)
class Asked:
    """How a report was asked for: what its pages rest on beside the scenario and the prices."""

    lang: str
    command: str
    variant: str = ""
    summary_only: bool = False
    short: bool = False
    look: Look = HOUSE
    version: str = field(default_factory=build)

    def filled(
        self, valuation: Valuation, others: Mapping[str, Headline], easel: Easel | None = None
    ) -> dict[str, Any]:
        """What stands in the report that was asked for."""
        filled = contents(valuation, self.lang, others, self.command, easel, self.version)
        made = {"summary_only": self.summary_only, "look": self.look}
        if self.short:  # with a list of sources of its own, to which its links lead
            short = short_form(filled["t"], filled)
            made |= {"short": short, "sources": short.sources}
        return filled | made


def asked_in(data: Any) -> Asked:
    """How a report says that it was asked for. Raises `ValueError`, `KeyError` or `TypeError`."""
    told = {"short": False, **data}  # a report from before there was a short form
    plain = {name: told[name] for name in Asked.__dataclass_fields__ if name != "look"}
    asked = Asked(**plain, look=look_in(data.get("look") or {}))
    kinds = [type(part) for part in vars(asked).values()]
    known = kinds == [str, str, str, bool, bool, Look, str] and asked.lang in LANGUAGES
    if not (known and VERSION.fullmatch(asked.version)):
        raise ValueError("not as sroi writes it")
    return asked


def evidence(valuation: Valuation, asked: Asked) -> list[Attachment]:
    """The files that a report takes along."""
    loaded = valuation.loaded
    if loaded.document is None:
        raise ValueError("a scenario without a file")
    read = loaded.document.content
    results = results_of(valuation, asked.lang)
    files, layer = prices_of(loaded)
    made = {
        file_of(loaded): ("scenario", read),
        LIBRARY: ("library", _prices(files, "attached.library_head", asked.lang)),
    }
    if layer:
        made[LAYER] = ("layer", _prices(layer, "attached.layer_head", asked.lang))
    made |= {
        ASKED: ("asked", _json({"schema": SCHEMA, **_plain(asked)})),
        RESULTS: ("results", _json(results)),
    }
    texts = csv_files.csv_texts(valuation, results, asked.lang)
    made |= {name: ("table", csv_files.in_bytes(text)) for name, text in texts.items()}
    return [_attachment(name, what, content, asked.lang) for name, (what, content) in made.items()]


def _prices(files: dict[str, Any], head: str, lang: str) -> bytes:
    """Prices as a file that says above them what it is."""
    return as_text(files, Words(lang)(head, version=build())).encode()


def _plain(asked: Asked) -> dict[str, Any]:
    return asdict(asked) | {"look": as_data(asked.look)}


def results_of(valuation: Valuation, lang: str) -> dict[str, Any]:
    """As `sroi run --json` has them, without the folder that the scenario stood in."""
    results = as_json(valuation, lang)
    named = {"file": file_of(valuation.loaded)}
    return results | {"problems": [told | named for told in results["problems"]]}


def day_of(
    valuation: Valuation, environment: Mapping[str, str] = os.environ
) -> datetime.date | None:
    """The day of the scenario; else that of SOURCE_DATE_EPOCH, which whoever repeats a build sets;
    else none, so that the same input gives the same bytes."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if valuation.loaded.scenario.date or not epoch.isdecimal():
        return valuation.loaded.scenario.date
    return datetime.datetime.fromtimestamp(min(int(epoch), 2**33), datetime.UTC).date()


def _attachment(name: str, what: str, content: bytes, lang: str) -> Attachment:
    told = Words(lang)(f"attached.{what}", name=name)
    made_from = what in ("scenario", "library", "layer", "asked")
    kind = KINDS[name.rpartition(".")[2]]
    return Attachment(name, kind, "Source" if made_from else "Data", told, content)


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()

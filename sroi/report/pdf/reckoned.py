"""What was reckoned again of a report, laid beside what the report says."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sroi.inputs.library.layered import layered
from sroi.inputs.library.library import Library
from sroi.inputs.text.yaml_text import parse
from sroi.report.files.attached import LAYER
from sroi.report.pdf.compared import differences, numbers, same_table
from sroi.report.pdf.pdf import Attachment
from sroi.report.pdf.verdict import Check, of, short, some

Files = Mapping[str, bytes]


def with_layer(library: Library, files: Files) -> Library:
    """The prices that it carries, with what an organisation laid over them. Raises `Unusable`."""
    layer = files.get(LAYER)
    return library if layer is None else layered(library, parse(layer, LAYER))


def inputs(results: Mapping[str, Any], found: str) -> Check:
    """The fingerprint of its inputs."""
    stated = str(results["inputs_sha256"])
    facts = {"stated": short(stated)[:12], "found": found[:12]}
    return of(stated == found, "inputs_true", "inputs_untrue", facts)


def results(stated: dict[str, Any], found: dict[str, Any]) -> Check:
    """Every number of its results."""
    # a later version may tell more, but nothing else
    more = stated["version"] != found["version"]
    apart = list(differences(stated, found | {"version": stated["version"]}, more))
    facts: dict[str, Any] = {"count": sum(1 for _ in numbers(stated)), "different": len(apart)}
    return of(not apart, "numbers_true", "numbers_untrue", facts | some(apart))


def tables(lang: str, given: Files, again: Sequence[Attachment]) -> Check:
    """Its tables, number by number, and that it carries nothing else."""
    separator, data = ";" if lang == "nl" else ",", [x for x in again if x.relation == "Data"]
    kept = {one.name: one.content for one in data if one.name.endswith(".csv")}
    wrong = [
        name for name, content in kept.items()
        if not same_table(given.get(name, b""), content, separator)
    ] + sorted(set(given) - {one.name for one in again})  # fmt: skip
    return of(not wrong, "tables_true", "tables_untrue", {"count": len(kept)} | some(wrong))


def data(content: bytes) -> Any:
    """What stands in a JSON file. Raises `ValueError`, also for what JSON does not know."""

    def refused(name: str) -> None:
        raise ValueError(name)

    return json.loads(content.decode("utf-8"), parse_constant=refused)

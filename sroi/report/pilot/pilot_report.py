"""The files of a report of a pilot: PDF, web page and Word document, by their names."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sroi.analysis.pilot.found import PilotEffect
from sroi.analysis.pilot.in_scenario import InScenario
from sroi.analysis.pilot.moving_along import MovingAlong
from sroi.inputs.pilot.pilot import Described
from sroi.report.charts.easel import Easel
from sroi.report.pdf.evidence import KINDS
from sroi.report.pdf.pdf import Attachment, Printer
from sroi.report.pilot.pilot_json import as_data
from sroi.report.pilot.pilot_page import contents, rendered
from sroi.report.pilot.pilot_told import PilotTold, pilot_told


def files(
    found: PilotEffect,
    along: MovingAlong,
    lang: str,
    paths: Iterable[Path],
    shift: InScenario | None = None,
) -> dict[Path, bytes | str]:
    """What is to be written, by path. The counts themselves go along in none of them."""
    wanted = list(paths)
    prints = any(path.suffix.lower() == ".pdf" for path in wanted)
    with Printer() if prints else contextlib.nullcontext() as printer, Easel() as easel:
        told = pilot_told(found, lang, along, easel, shift)
        filled = contents(told, command(found.described, shift), signs(found.described, shift))
        return {path: _file(path, printer, told, filled) for path in wanted}


def command(described: Described, shift: InScenario | None) -> str:
    """What gives the same numbers again."""
    name = Path(described.document.file).name
    if shift is None or shift.before.loaded.document is None:
        return f"sroi pilot {name}"
    return f"sroi pilot {name} --for {Path(shift.before.loaded.document.file).name} {shift.ladder}"


def signs(described: Described, shift: InScenario | None = None) -> dict[str, str]:
    """The fingerprint of each file that it rests on, by its name."""
    read = {described.document.file: described.document.content}
    counts = (path for path in (described.data, described.presence) if path is not None)
    read |= {str(path): path.read_bytes() for path in counts}
    scenario = shift.before.loaded.document if shift is not None else None
    if scenario is not None:
        read[scenario.file] = scenario.content
    return {Path(file).name: hashlib.sha256(text).hexdigest() for file, text in read.items()}


def _file(
    path: Path, printer: Printer | None, told: PilotTold, filled: dict[str, Any]
) -> bytes | str:
    kind = path.suffix.lower()
    if kind == ".html":
        return rendered(filled, for_print=False)
    if kind == ".docx":
        from sroi.report.word.word import docx

        return docx(rendered(filled, for_print=True), filled["running"], filled["look"])
    assert printer is not None
    printer.lay_out(rendered(filled, for_print=True))
    return printer.pdf(_attached(told))


def _attached(told: PilotTold) -> list[Attachment]:
    """The file of the pilot, and what came of it as data."""
    described, w = told.found.described, told.words
    data = as_data(told.found, w.lang, told.along, told.shift)
    results = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False).encode()
    name = Path(described.document.file).name
    own = described.document.content
    return [
        Attachment(name, KINDS["yaml"], "Source", w("pilot_report.attached_pilot"), own),
        Attachment(
            "results.json", KINDS["json"], "Data", w("pilot_report.attached_results"), results
        ),
    ]

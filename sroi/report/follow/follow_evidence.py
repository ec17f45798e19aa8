"""What a report of a contract takes along: the table, the scenario, and the numbers as data."""

from __future__ import annotations

import json
from pathlib import Path

from sroi.inputs.follow.measured_rate import MOST_BYTES
from sroi.inputs.text.content import content_of
from sroi.report.follow.follow_json import as_json
from sroi.report.follow.follow_told import FollowTold
from sroi.report.pdf.pdf import Attachment

KINDS = {
    ".csv": "text/csv",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
RESULTS = "sroi-follow.json"


def evidence(told: FollowTold) -> list[Attachment]:
    """The files, none of them twice."""
    h, w = told.followed.happened, told.words
    found = [_attached(h.document.file, h.document.content, w("follow_report.table"))]
    if h.loaded.document is not None:
        scenario = h.loaded.document
        found.append(_attached(scenario.file, scenario.content, w("follow_report.scenario")))
    folder = Path(h.document.file).parent
    names = dict.fromkeys(row.actual.measurement for row in h.rows if row.actual.measurement)
    for name in names:
        content = content_of(folder / name, MOST_BYTES)
        found.append(_attached(name, content, w("follow_report.measurement")))
    results = json.dumps(as_json(told.followed, w.lang), ensure_ascii=False, indent=1)
    what = w("follow_report.results")
    return [*found, Attachment(RESULTS, KINDS[".json"], "Data", what, results.encode())]


def _attached(file: str, content: bytes, what: str) -> Attachment:
    path = Path(file)
    kind = KINDS.get(path.suffix.lower(), "application/octet-stream")
    return Attachment(path.name, kind, "Source", what, content)

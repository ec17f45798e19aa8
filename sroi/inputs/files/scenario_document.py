"""A scenario as it was given: as YAML or as a workbook, by the name of its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sroi.inputs.files.scenario_text import scenario_text
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.yaml_text import Document, parse, read
from sroi.inputs.workbook.other_kinds import lock_beside, refuse_lock_file
from sroi.inputs.workbook.reading import SUFFIX, parse_workbook, read_workbook
from sroi.problems import Problem, Unusable

ORDER = {field.alias or name: at for at, (name, field) in enumerate(Scenario.model_fields.items())}
# workbooks of another kind than can be read
OTHER_KINDS = (".xls", ".xlsb", ".xlsm", ".ods", ".numbers")

# what is said of sheets and headings of a workbook that can be read
OF_SHEETS = {
    "workbook-sheet-missing", "workbook-sheet-renamed", "workbook-heads-missing",
    "workbook-title-missing",
}  # fmt: skip


def read_document(path: Path) -> Document:
    """Read the file of a scenario. Raises `Unusable` where there is none in it at all."""
    refuse_lock_file(path)
    if path.suffix.lower() in OTHER_KINDS:
        raise Unusable(Problem("workbook-kind", file=str(path), facts={"suffix": path.suffix}))
    return read_workbook(path) if is_workbook(path.name) else read(path)


def open_elsewhere(path: Path) -> Iterator[Problem]:
    """workbook-open: what is read may not be what its writer sees."""
    if is_workbook(path.name) and (beside := lock_beside(path)):
        yield Problem("workbook-open", "warning", str(path), facts={"name": beside.name})


def document_of(content: bytes, file: str) -> Document:
    """The same from the bytes of a file with this name. Raises `Unusable`."""
    return parse_workbook(content, file) if is_workbook(file) else parse(content, file)


def no_scenario(path: Path) -> bool:
    """Whether a workbook can be read and holds no scenario. Raises `Unusable` where it cannot."""
    try:
        read_workbook(path)
    except Unusable as unusable:
        codes = {problem.code for problem in unusable.problems}
        if codes <= OF_SHEETS:  # it has sheets of a scenario, if not all
            return False
        if codes == {"workbook-foreign"}:
            return True
        raise
    return False


def as_yaml(data: Mapping[str, Any], file: str) -> bytes:
    """The text of a scenario file that says the same, its parts in their order.

    Raises `ValueError` where it would be read back as something else.
    """
    ordered = dict(sorted(data.items(), key=lambda pair: ORDER.get(pair[0], len(ORDER))))
    content = scenario_text(ordered).encode()
    if parse(content, file).data != ordered:
        raise ValueError("not as it was")
    return content


def is_workbook(file: str) -> bool:
    """Whether a file is called as a workbook is."""
    return file.lower().endswith(SUFFIX)

"""A published number in a scenario: in the place of what stood there, and nothing else changes.

Where a range may stand, the band of the number is one. Where only a number may, as for the people
of a target group, the number stands there and the reason beside it tells the band.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sroi.inputs.files.scenario_document import read_document
from sroi.inputs.files.scenario_edit import AnyEditor, Edited, edited_with, name_sources
from sroi.inputs.files.scenario_file import check_file
from sroi.inputs.rules.scenario import EXAMPLES
from sroi.inputs.scenario.variants import place_of, suggestions, with_values
from sroi.inputs.text.yaml_text import Document, Path_
from sroi.problems import Problem, Unusable, errors, nearest

LANGUAGES = ("nl", "en")
WHOLE = "100%"
Way = Callable[[AnyEditor], None]


@dataclass(frozen=True)
class PublishedNumber:
    """A number as it is to stand in a scenario. `low`, `high`: nothing where it has no band.

    `marks`: with which words `because` begins in each language: what began with them before was
    about an earlier number, and goes.
    """

    best: str
    because: Mapping[str, str]
    source: Mapping[str, Any]
    place: str
    marks: Mapping[str, str]
    low: str = ""
    high: str = ""

    @property
    def reference(self) -> str:
        """The source, and the place in it."""
        return f"{self.source['id']}[{self.place}]"


def with_number(path: Path, where: str, number: PublishedNumber) -> Edited:
    """The scenario with the number at a path, as a variant would name it. Raises `Unusable`."""
    document = read_document(path)
    if problems := errors(check_file(document)):
        raise Unusable(*problems)
    target = place_of(document, where)
    if target is None or len(target) < 2:
        facts = {"path": where[:120], "nearest": nearest(where, suggestions(document))}
        raise Unusable(Problem("data-path-unknown", file=str(path), facts=facts))
    way = _way(document, target, number)
    try:
        return _edited(path, number, way)
    except Unusable as refused:
        raise of_the_file(refused, path) from None


def _way(document: Document, target: Path_, number: PublishedNumber) -> Way:
    """As a range; where that can be none as a number with its reason beside it; else alone."""
    ranged = _ranged(document, target, number)
    if not _refused(document, {target: ranged}, "number-expected"):
        return lambda editor: editor.set_lines(target, ranged)
    beside = {(*target[:-1], "because"): dict(number.because)}
    if not _refused(document, {target: number.best} | beside, "field-unknown"):
        return lambda editor: _plain(editor, target, number)
    return lambda editor: editor.set(target, number.best)


def _refused(document: Document, values: Mapping[Path_, Any], code: str) -> bool:
    """Whether the scenario with these values has no place for one of them."""
    tried = check_file(with_values(document, values))
    return code in {problem.code for problem in errors(tried)}


def of_the_file(refused: Unusable, path: Path) -> Unusable:
    """What the scenario would say of it, under one sentence."""
    inner = [problem for problem in refused.problems if problem.code != "measure-breaks-scenario"]
    if len(inner) < len(refused.problems):
        return Unusable(Problem("data-breaks-scenario", file=str(path)), *inner)
    return refused


def _edited(path: Path, number: PublishedNumber, way: Way) -> Edited:
    def change(editor: AnyEditor) -> tuple[str, ...]:
        way(editor)
        name_sources(editor, number.source)
        return ()

    return edited_with(path, change)


def _ranged(document: Document, target: Path_, number: PublishedNumber) -> dict[str, Any]:
    """The number with its band as a quantity."""
    basis = document.data.get("basis", {})
    sizes: dict[str, Any] = {"value": number.best}
    if number.low:
        sizes = {"low": number.low, "best": number.best, "high": number.high}
        whole = isinstance(basis, Mapping) and basis.get("ranges_cover") == WHOLE
        sizes |= {} if whole else {"covers": WHOLE}
    before = _at(document.data, target)
    kept = {key: before[key] for key in ("id", "what", "unit") if key in before} if isinstance(
        before, Mapping) else {}  # fmt: skip
    return kept | sizes | {"because": dict(number.because), "source": number.reference}


def _plain(editor: AnyEditor, target: Path_, number: PublishedNumber) -> None:
    """The number alone, with its reason and source beside it."""
    parent = _at(editor.data, target[:-1])
    editor.set(target, number.best)
    editor.set_lines((*target[:-1], "because"), _told_too(parent.get("because"), number))
    editor.set((*target[:-1], "source"), number.reference)


def _told_too(before: Any, number: PublishedNumber) -> dict[str, str]:
    """What was said there, without an example and without an earlier number, and then this."""
    told = before if isinstance(before, Mapping) else {lang: before or "" for lang in LANGUAGES}
    found = {}
    for lang in LANGUAGES:
        old = str(told.get(lang, "")).partition(number.marks[lang])[0].strip()
        old = "" if old.startswith(EXAMPLES) else old
        found[lang] = f"{old} {number.because[lang]}".strip()
    return found


def _at(data: Any, path: Path_) -> Any:
    """What stands at a path; None where nothing does."""
    for step in path:
        inside = step in data if isinstance(data, Mapping) else isinstance(data, list)
        data = data[step] if inside else None
        if data is None:
            return None
    return data

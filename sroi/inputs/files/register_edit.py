"""A register in a care ladder of a scenario: in the place of the old one, which keeps its split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sroi.inputs.files.number_edit import of_the_file
from sroi.inputs.files.scenario_document import is_workbook
from sroi.inputs.files.scenario_edit import AnyEditor, Edited, edited_with, name_sources
from sroi.inputs.files.scenario_file import check_file
from sroi.problems import Problem, Unusable, errors, nearest

SPLIT = ("split", "split_counts")  # where people go: no table says it


@dataclass(frozen=True)
class PublishedRegister:
    """A register as it is to stand in a scenario, and the tables it is from."""

    period: str
    tiers: Mapping[str, Mapping[str, Any]]
    because: Mapping[str, str]
    sources: tuple[Mapping[str, Any], ...]


def with_register(path: Path, ladder: str, register: PublishedRegister) -> Edited:
    """The scenario with the register in a ladder. Raises `Unusable`."""
    if is_workbook(path.name):
        raise Unusable(Problem("data-register-workbook", file=str(path)))
    if problems := errors(check_file(path)):
        raise Unusable(*problems)

    def change(editor: AnyEditor) -> tuple[str, ...]:
        at = _ladder(editor.data.get("care_ladder", []), ladder, path)
        before = editor.data["care_ladder"][at].get("register") or {}
        if set(register.tiers) != set(before.get("tiers", register.tiers)):
            facts = {"found": _named(register.tiers), "expected": _named(before["tiers"])}
            raise Unusable(Problem("data-register-tiers", file=str(path), facts=facts))
        kept = {key: before[key] for key in SPLIT if key in before}
        made = {"period": register.period, "tiers": _plain(register.tiers), **kept}
        editor.set_lines(
            ("care_ladder", at, "register"), made | {"because": dict(register.because)}
        )
        name_sources(editor, *register.sources)
        return ()

    try:
        return edited_with(path, change)
    except Unusable as refused:
        raise of_the_file(refused, path) from None


def _plain(tiers: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {tier: dict(counts) for tier, counts in tiers.items()}


def _named(tiers: Iterable[str]) -> str:
    return ", ".join(tiers)


def _ladder(ladders: list[dict[str, Any]], wanted: str, path: Path) -> int:
    """Which ladder it is."""
    known = [one.get("id", "") for one in ladders]
    if wanted in known:
        return known.index(wanted)
    facts = {"id": wanted[:80], "nearest": nearest(wanted, known)}
    raise Unusable(Problem("data-ladder-unknown", file=str(path), facts=facts))

"""What may be chosen in a cell: words, what stands on other sheets, prices and payers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sroi.inputs.workbook.columns import MAIN, Column
from sroi.inputs.workbook.fields import Field, Kind
from sroi.inputs.workbook.headings import choice, names
from sroi.inputs.workbook.layout import Block
from sroi.report.workbook.places import Placed, ids

GRADES = ["1", "2", "3", "4", "5", "6"]
LONGEST = 255  # characters of a list that stands in the rule itself
# of which block a field names an item
OF = {
    "stakeholder": "stakeholders", "of": "activities", "ladder": "care_ladder",
    "tier": "care_ladder.tiers", "theory": "theory_of_change", "cohort": "cohorts",
    "condition": "enabling_conditions",
}  # fmt: skip
LISTED = {"proxy": "prices", "payer": "payers", "basis.discounting": "regimes", "index": "series"}
STEPS = ("theory_of_change.links", {"from", "to"}, "theory_of_change.steps")
TIERS = ("care_ladder.moves", {"from", "to"}, "care_ladder.tiers")


@dataclass(frozen=True)
class Choices:
    """The choices of one workbook. `lists`: the cells of each list on a sheet of its own."""

    everything: list[Placed]
    lists: Mapping[str, str]
    lang: str

    def rule(self, block: Block, column: Column, about: Field | None = None) -> dict[str, Any]:
        """The rule of a cell, or nothing where anything may stand. `about`: the field in a form."""
        field = about or column.field
        if column.key:
            return _offered(self._of(block, column.key))
        if column.part == "evidence" or (field and field.name == "evidence" and not field.choices):
            return _only(GRADES)
        if field is None or column.part != MAIN:
            return {}
        if words := self._words(block, field):
            return _only(words)
        return _offered(self.lists.get(LISTED.get(field.name, "")) or self._of(block, field.name))

    def _words(self, block: Block, field: Field) -> list[str]:
        """The words that a field can be, if it can be nothing else."""
        if field.kind is Kind.YES_NO:
            return [str(names(self.lang)[word]) for word in ("yes", "no")]
        if field.kind is Kind.CHOICE:
            return [choice(block, field, word, self.lang) for word in field.choices]
        return []

    def _of(self, block: Block, name: str) -> str:
        """The cells with what a field or a column in front may name."""
        for of, fields, target in (STEPS, TIERS):
            if block.name == of and name in fields:
                return ids(target, self.everything, self.lang)
        named = (
            OF.get(name) if block.name not in ("monitoring", "correlations", "proxies") else None
        )
        return ids(named, self.everything, self.lang) if named else ""


def _only(words: list[str]) -> dict[str, Any]:
    """Nothing else than these may be chosen."""
    if len(",".join(words)) > LONGEST:
        return {}
    return {"validate": "list", "source": words}


def _offered(cells: str) -> dict[str, Any]:
    """What stands in these cells is offered; something else may be meant."""
    if not cells:
        return {}
    return {"validate": "list", "source": cells, "error_type": "information"}

"""Which columns and rows a workbook shows: what is asked for or used; the rest can be added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sroi.inputs.workbook.columns import FIELD, MAIN, OTHER, REST, YEAR, Column
from sroi.inputs.workbook.entries import Entry
from sroi.inputs.workbook.fields import Field, Kind
from sroi.inputs.workbook.headings import field_name
from sroi.inputs.workbook.laid_out import Laid, Row
from sroi.inputs.workbook.layout import SHEETS

# beside what a scenario must say: what most of them say
COMMON = {
    "scenario": "question decision background scope conditions limitations basis.ranges_cover "
    "basis.horizon basis.draws basis.seed language date",
    "investment": "payer payers per_year in_kind volume unit proxy staffing.fte staffing.hours "
    "staffing.hourly_rate staffing.overhead incidental",
    "activities": "returning",
    "outcomes": "unit proxy because effect_basis deadweight displacement attribution_to_others "
    "starts lasts drop_off",
    "quantities": "unit",
    "proxies": "quote notes",
    "target_groups": "because source",
    "enabling_conditions": "action",
    "care_ladder": "of start",
    "care_ladder.tiers": "level cost payers paid_per_unit backfill waiting_list because",
    "care_ladder.intervention": "hazard_ratio_up hazard_ratio_down diversion net_widening "
    "needs_heavy_care effect_basis reference lag ramp starting_point",
    "direct_shift": "at_risk risk_reduction duration cost payers effect_basis deadweight "
    "attribution_to_others paid_per_unit backfill",
    "theory_of_change.steps": "of indicator stakeholder feeds",
    "theory_of_change.links": "assumption because source evidence",
    "canvas": "more_than",
    "canvas.perspectives": "source",
    "correlations": "because",
    "monitoring": "who of go stop",
    "experience": "interviews.client interviews.employee interviews.partner because source",
    "experience.outcomes": "client.mentioned client.negative employee.mentioned partner.mentioned",
    "sources": "author issued publisher URL note container-title",
}
# parts of a field that are shown where the others only are when they say something
SOME_PARTS = {"outcomes.value": {MAIN}}
# sheets that are only there when something stands on them
SELDOM = ("cohorts",)
SELDOM_BLOCKS = (
    "indices", "contract", "contract.results",
    "elements", "experience.factors", "experience.new", "experience.quotes",
    "care_ladder.register", "care_ladder.register.tiers", "care_ladder.register.not_counted",
    "care_ladder.register.split",
    "care_ladder.register.split_counts",
)  # fmt: skip


def shown(laid: dict[str, list[Laid]], lang: str) -> dict[str, list[Laid]]:
    """The sheets with the blocks, columns and rows that are to be seen."""
    found = {}
    for sheet in SHEETS:
        blocks = [one for one in laid[sheet.name] if one.rows or _offered(sheet.name, one)]
        if blocks:
            found[sheet.name] = [_block(one, lang) for one in blocks]
    return found


def _offered(sheet: str, laid: Laid) -> bool:
    return sheet not in SELDOM and laid.block.name not in SELDOM_BLOCKS


def _block(laid: Laid, lang: str) -> Laid:
    if laid.block.form:
        return replace(laid, columns=_form_columns(laid), rows=_form_rows(laid, lang))
    return replace(laid, columns=[column for column in laid.columns if _is_shown(column, laid)])


def is_common(laid: Laid, field: Field) -> bool:
    """Whether a field has its place also where nothing is said of it."""
    common = COMMON.get(laid.block.name, "").split()
    return field.required or field.name in common or not field.key


def _is_shown(column: Column, laid: Laid) -> bool:
    used = any(column in row for row in laid.rows)
    if used or column.key:
        return True
    if column.field is None or column.part.rpartition(" ")[2] in OTHER:
        return False
    some = SOME_PARTS.get(f"{laid.block.name}.{column.field.name}")
    fields = {one.field for row in laid.rows for one in row}
    if some and not is_common(laid, column.field):
        return column.part in some
    return is_common(laid, column.field) or (column.part != YEAR and column.field in fields)


def _form_columns(laid: Laid) -> list[Column]:
    """Of a form without quantities only the value, and what is used."""
    sizes = any(field.kind in (Kind.QUANTITY, Kind.YEARS) for field in laid.block.fields)
    always = {FIELD, MAIN}
    used = {column.part for row in laid.rows for column in row}
    return [
        column
        for column in laid.columns
        if column.key
        or column.part in always | used
        or (sizes and column.part != REST and column.part.rpartition(" ")[2] not in OTHER)
    ]


def _form_rows(laid: Laid, lang: str) -> list[Row]:
    """Of each thing that the form is about the rows that say something, and those to fill in."""
    abouts: dict[tuple[str, ...], list[Row]] = {}
    for row in laid.rows:
        keys = tuple(str(row[Column(key)].value) for key in laid.block.keys)
        abouts.setdefault(keys, []).append(row)
    if not abouts:
        abouts[("",) * len(laid.block.keys)] = []
    return [row for keys, rows in abouts.items() for row in _filled_up(laid, keys, rows, lang)]


def _filled_up(laid: Laid, keys: Iterable[str], rows: list[Row], lang: str) -> Iterable[Row]:
    front: Row = {Column(key): Entry(name) for key, name in zip(laid.block.keys, keys, strict=True)}
    label = Column(part=FIELD)
    left = list(rows)
    for field in laid.block.fields:
        name = field_name(laid.block, field.name, lang)
        said = [row for row in left if row[label].value == name]
        left = [row for row in left if row not in said]
        if said or is_common(laid, field):
            yield from said or [front | {label: Entry(name)}]
    yield from left

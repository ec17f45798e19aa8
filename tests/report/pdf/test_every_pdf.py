"""The PDF of every shipped scenario: it can be read aloud, it can be kept, it
says what the results say, and what goes along in it opens.

Properties that a change of a template can break. That of keeping (PDF/A-3) is looked after by
pikepdf's validator, which knows every rule of it but for two claims; the others by ourselves. Each
report is made once, so one test holds it against all of them and tells which it breaks.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from chart_texts import drawings, on_one_another
from printed import SCENARIOS, Printed, printed
from readable import (
    breaks_where_nothing_is_left_alone,
    can_be_kept,
    can_be_read_in_order,
    had_a_silent_renderer,
    has_cells_that_know_their_heads,
    has_headings_to_walk_through,
    has_hyphens_that_can_be_searched,
    has_links_with_a_text,
    has_well_formed_lists_and_tables,
    is_in_our_font,
    says_what_figures_show,
    stays_within_its_margins,
)

from sroi.inputs.library.used_library import read_used
from sroi.inputs.text.yaml_text import parse
from sroi.report.files.results_json import SCHEMA
from sroi.report.words.year_blocks import year_blocks

# printed whole in one language and in short in the other, by turns; what has most to tell in both
LANGS = ("en", "nl")
RICHEST = {"voorbeeldstad-ouderen", "voorbeeldstad-jeugdladder"}
BY_TURNS = [(name, LANGS[number % 2]) for number, name in enumerate(SCENARIOS)]
IN_SHORT = [(name, LANGS[number % 2 - 1]) for number, name in enumerate(SCENARIOS)]
PRINTED = sorted({*BY_TURNS, *product(RICHEST, LANGS)})


def says_what_it_is(made: Printed) -> Iterator[str]:
    """Tagged, in a language, with its title in the bar, its day, and both claims."""
    root, told = made.tagged.document.Root, made.filled["t"]
    about = root.Metadata.read_bytes().decode()
    if not bool(root.MarkInfo.Marked) or str(root.Lang) != told.words.lang:
        yield "not tagged, or in another language"
    if not bool(root.ViewerPreferences.DisplayDocTitle):
        yield "no title in the bar"
    # the claim that PDF/A has to be told of
    own = "pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/<"
    claims = ('pdfuaid:part(="|>)1', 'pdfaid:part(="|>)3', 'pdfaid:conformance(="|>)A', own)
    for claim in claims:
        if not re.search(claim, about):
            yield f"no claim {claim}"
    day = made.filled["scenario"].date
    if day and f"<xmp:CreateDate>{day}</xmp:CreateDate>" not in about:
        yield "not of its day"


def has_charts_of_which_no_text_stands_on_another(made: Printed) -> Iterator[str]:
    """By the boxes that they take."""
    for drawing in drawings(made.filled):
        yield from (f"{drawing.title}: {found}" for found in on_one_another(drawing.svg))


def leaves_no_total_alone(made: Printed) -> Iterator[str]:
    """Where a table goes on over a page, its total has a row above it."""
    total = made.filled["w"]("total")
    for head, *rows in made.tagged.tables:
        if len(rows) == 1 and rows[0][0] == total:
            yield f"a total alone under {head}"


def carries_files_that_open(made: Printed) -> Iterator[str]:
    """Each once, of its kind and with its relation, and each can be read."""
    document = made.tagged.document
    listed = {str(file.UF): file for file in document.Root.AF}
    if len(document.Root.AF) != len(listed) or set(listed) != set(document.attachments):
        yield "not each file once"
    for file in made.files:
        inside = listed[file.name].EF.F
        if inside.read_bytes() != file.content or inside.Subtype != f"/{file.kind}":
            yield f"{file.name} is not as it was"
        if listed[file.name].AFRelationship != f"/{file.relation}":
            yield f"{file.name} has another relation"
    yield from _unreadable(made)


def _unreadable(made: Printed) -> Iterator[str]:
    scenario = f"{made.filled['scenario'].scenario}.yaml"
    separator = ";" if made.filled["w"].lang == "nl" else ","
    if parse(made.file(scenario), scenario).problems:
        yield "the scenario has problems"
    if not read_used(made.file("price_library.yaml"), "").payers:
        yield "the prices are not there"
    if json.loads(made.file("results.json"))["schema"] != SCHEMA:
        yield "the results are not there"
    for file in made.files:
        if file.kind == "text/csv":
            text = io.StringIO(file.content.decode("utf-8-sig"), newline="")
            if len({len(row) for row in csv.reader(text, delimiter=separator)}) != 1:
                yield f"{file.name} has ragged rows"


def says_what_the_results_say(made: Printed) -> Iterator[str]:
    """Every table has the numbers of the data in the right row, under the right head."""
    results = json.loads(made.file("results.json"))
    for key, first, cells in _expected(results, made.filled):
        if not any(_holds(made, row, first, cells) for row in _rows(made, key)):
            yield f"{key}: no row {first!r} with {cells}"


Cells = dict[str, str]


def _expected(results: dict[str, Any], filled: dict[str, Any]) -> Iterator[tuple[str, str, Cells]]:
    """Table, first cell, and some of the other cells by the key of their head."""
    n, t = filled["n"], filled["t"]
    chances = results["probability"]["payer_balance_positive"]
    years = results["by_year"]
    for name, block in year_blocks(years[0]["year"], len(years)):
        gained, spent = (
            sum(row[key] for row in years[block]) for key in ("benefits", "investment")
        )
        cells = {"benefits": gained, "investment": spent, "balance": gained - spent}
        yield "by_year", name, {key: n.money(x) for key, x in cells.items()}
    for row in results["by_payer"]:
        cells = {name: n.money(row[name]) for name in ("hard", "soft", "pm", "balance")}
        cells |= {
            "investment": n.money(-row["investment"]),
            "chance": n.counted(chances[row["payer"]]),
        }
        yield "by_payer", t.payer(row["payer"]), cells
    for row in results["by_stakeholder"]:
        yield (
            "by_stakeholder",
            t.stakeholder(row["stakeholder"]),
            {"benefits": n.money(row["present_value"])},
        )
    for row in results["by_line"]:
        if row["kind"] == "outcomes":
            cells = {"gross": n.money(row["gross"]), "present": n.money(row["present_value"])}
            what = t.say(t.outcome(row["id"]).what)
            yield "outcomes", what, cells | {"range": _range(n, row)}
    for name, row in results["perspectives"].items():
        cells = {key: n.money(row[key]) for key in ("benefits", "investment", "balance")}
        yield "perspectives", t.words(f"perspective.{name}"), cells | {"range": _range(n, row)}
    for name in ("benefits", "investment", "net_present_value"):
        cells = {"expected": results["expected"][name], **results["range"][name]}
        money = n.in_band(cells["p5"], cells["p95"]).money
        yield "ranges", t.words(f"head.{name}"), {key: money(x) for key, x in cells.items()}


def _range(n: Any, row: dict[str, Any]) -> str:
    n = n.in_band(row["p5"], row["p95"])
    return "–" if row["p5"] == row["p95"] else f"{n.money(row['p5'])} – {n.money(row['p95'])}"


def _rows(made: Printed, key: str) -> Iterator[dict[str, str]]:
    """The rows of a table by its heads, over all pages that it stands on."""
    heads = [_bare(head) for head in made.filled["tables"][key].heads]
    for table in made.tagged.tables:
        if [_bare(head) for head in table[0]] == heads:
            yield from (dict(zip(heads, map(_bare, row), strict=False)) for row in table[1:])


def _holds(made: Printed, row: dict[str, str], first: str, cells: Cells) -> bool:
    words = made.filled["w"]
    return next(iter(row.values())) == _bare(first) and all(
        row[_bare(words(f"head.{key}"))] == _bare(cell) for key, cell in cells.items()
    )


def _bare(text: str) -> str:
    """Without spaces and without the hyphens at the ends of lines."""
    return re.sub("[\\s\u2060-]+", "", text)


def has_the_headline_on_page_1(made: Printed) -> Iterator[str]:
    """The balance with its range, and the ratio where there is one."""
    results, t = json.loads(made.file("results.json")), made.filled["t"]
    page = _bare(made.tagged.pages[0])
    spread = results["range"]["net_present_value"]
    money = t.banded.money
    shown = [money(results["expected"]["net_present_value"])]
    if spread["p5"] != spread["p95"]:
        shown += [money(spread["p5"]), money(spread["p95"])]
    ratio = results["expected"]["sroi_ratio"]
    if ratio and ratio > 0:
        shown.append(t.ratio(ratio))
    yield from (f"{text} is not on page 1" for text in shown if _bare(text) not in page)


CHECKS = (
    says_what_it_is, has_headings_to_walk_through, says_what_figures_show,
    has_cells_that_know_their_heads, has_well_formed_lists_and_tables, can_be_read_in_order,
    has_links_with_a_text, is_in_our_font, can_be_kept, stays_within_its_margins,
    has_charts_of_which_no_text_stands_on_another, leaves_no_total_alone,
    breaks_where_nothing_is_left_alone, had_a_silent_renderer,
    has_hyphens_that_can_be_searched, carries_files_that_open, says_what_the_results_say,
    has_the_headline_on_page_1,
)  # fmt: skip


@pytest.mark.parametrize(("name", "lang"), PRINTED)
def test_a_report(name, lang):
    """Nothing of what is said above is broken.

    What the validator looks at are fonts, colours, claims and files, which are no others in another
    language: it has every report once.
    """
    made = printed(name, lang)
    checks = [check for check in CHECKS if check != can_be_kept or (name, lang) in BY_TURNS]
    wrong = {check.__name__: found for check in checks if (found := list(check(made))[:5])}
    assert wrong == {}


# the others are about tables that only the whole report has, or about pages that are filled
OF_THE_SHORT_FORM = (
    says_what_it_is, has_headings_to_walk_through, says_what_figures_show,
    has_cells_that_know_their_heads, has_well_formed_lists_and_tables, can_be_read_in_order,
    has_links_with_a_text, is_in_our_font, stays_within_its_margins, had_a_silent_renderer,
    has_hyphens_that_can_be_searched, carries_files_that_open, has_the_headline_on_page_1,
)  # fmt: skip


@pytest.mark.parametrize(("name", "lang"), IN_SHORT)
def test_a_short_report(name, lang):
    """It can be read aloud as the whole one can, and has at most eight pages; of one scenario it is
    held against the rules for keeping it."""
    made = printed(name, lang, short=True)
    checks = [*OF_THE_SHORT_FORM, *([can_be_kept] if name == "voorbeeldstad-kanteling" else [])]
    wrong = {check.__name__: found for check in checks if (found := list(check(made))[:5])}
    assert wrong == {}
    assert len(made.tagged.document.pages) <= 8


def test_the_checks_look_at_something():
    """A report has figures, heads, links and files, or the checks would hold for nothing."""
    made = printed("voorbeeldstad-ouderen", "nl")
    roles = [role for role, _ in made.tagged.structure]
    assert roles.count("Figure") > 5
    assert roles.count("TH") > 100
    assert len(list(_expected(json.loads(made.file("results.json")), made.filled))) > 20
    assert len(made.files) >= 10

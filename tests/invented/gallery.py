"""The gallery of findings: every mistake with the smallest file that shows it and what sroi says.

`python tests/invented/gallery.py` writes `docs/meldingen.md` anew; a test holds the two together.
"""

from __future__ import annotations

import datetime
import textwrap
from pathlib import Path

from sroi.analysis.valuation.findings import check
from sroi.inputs.brand.brand import read_brand
from sroi.inputs.files.chosen_library import library_over
from sroi.inputs.review.layer_file import merged
from sroi.inputs.review.library_rules import Shelf, the_layer_is_of_these_prices
from sroi.inputs.text.yaml_text import read
from sroi.problems import Problem, Unusable
from sroi.report.words.problem_text import sentence

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests" / "broken"
PAGE = ROOT / "docs" / "meldingen.md"
HEAD = """# Meldingen

Alles wat `sroi check` over een scenario kan zeggen, met de regel die de melding uitlokt. Een
**fout** moet eruit voordat er gerekend wordt; een **aandachtspunt** komt in het rapport te staan.
Deze bladzijde is gemaakt van de kleinste bestanden die elke melding laten zien (`tests/broken/`),
met `python tests/invented/gallery.py`.
"""
LAYERS = """# Uw eigen laag

Wat over een eigen laag over de prijzen wordt gezegd: bij elke opdracht die hem gebruikt, bij
`sroi proxies check` en bij `sroi proxies merge`.
"""
BRANDS = """# Huisstijl

Wat `sroi report --brand` over een huisstijlbestand kan zeggen.
"""


def page() -> str:
    """The whole gallery as Markdown, in the order of the codes."""
    shown = [_entry(file) for file in sorted(BROKEN.glob("*.yaml"))]
    brands = [_told(_of_brand(file)) for file in sorted((BROKEN / "brand").glob("*.yaml"))]
    layers = [_told(_of_layer(file)) for file in sorted((BROKEN / "layer").glob("*.yaml"))]
    return "\n".join([HEAD, *filter(None, shown), LAYERS, *layers, BRANDS, *brands])


def _entry(file: Path) -> str:
    """One mistake: its code, the guilty line and the sentence; empty where no line shows it."""
    code = file.stem
    problem = next((found for found in check(file) if found.code == code), None)
    return _told(problem) if problem else ""


def layer_problems(file: Path) -> list[Problem]:
    """What is said of a layer; and of merging it, where there is an own one to merge it into."""
    document, own = read(file), file.parent / "own" / file.name
    try:
        library = library_over(document.content, document.file)
        if own.exists():
            merged(own.read_bytes(), str(own), document)
    except Unusable as refused:
        return list(refused.problems)
    shelf = Shelf(library, [], [], datetime.date(2026, 4, 1), layer=document)
    return list(the_layer_is_of_these_prices(shelf))


def _of_layer(file: Path) -> Problem:
    """The first thing that is said of a layer."""
    return layer_problems(file)[0]


def _of_brand(file: Path) -> Problem:
    """What is wrong with a brand file."""
    try:
        read_brand(file)
    except Unusable as refused:
        return refused.problems[0]
    raise AssertionError(file)


def _told(problem: Problem) -> str:
    kind = "fout" if problem.severity == "error" else "aandachtspunt"
    line = problem.excerpt.split("  # <--")[0].strip()
    quoted = f"```yaml\n{line}\n```\n\n" if line else ""
    said = "\n".join(textwrap.wrap(sentence(problem, "nl"), 104, break_long_words=False))
    return f"## `{problem.code}` ({kind})\n\n{quoted}{said}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

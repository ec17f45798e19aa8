"""A scenario to start from: a template for each programme, with comments that teach."""

from __future__ import annotations

import textwrap
from pathlib import Path

from sroi.inputs.text.nouns import ID
from sroi.problems import Problem, Unusable, nearest
from sroi.report.files import files
from sroi.report.html.frame import environment
from sroi.report.words.words import catalogue

PROGRAMMES = (
    "wijk-en-buurt",
    "ontmoeten-en-ontwikkelen",
    "kinderen-en-jongeren",
    "gezond-en-gelukkig-oud",
)


def new_scenario(key: str, programme: str, first_year: int, lang: str) -> str:
    """The text of a scenario file. Raises `Unusable` for an id or programme that cannot be."""
    if not ID.fullmatch(key):
        raise Unusable(Problem("id-unreadable", facts={"found": key[:80]}))
    if programme not in PROGRAMMES:
        facts = {"found": programme[:80], "nearest": nearest(programme, PROGRAMMES)}
        raise Unusable(
            Problem("programme-unknown", facts=facts | {"expected": ", ".join(PROGRAMMES)})
        )
    jinja = environment().overlay(keep_trailing_newline=True)
    jinja.filters["comment"] = comment
    jinja.autoescape = False
    template = jinja.get_template(f"new/{programme}.yaml")
    return template.render(id=key, year=first_year, teach=catalogue("new/teach", lang))


def comment(text: str, indent: int = 0, width: int = 92) -> str:
    """A text as comment lines; the first line stands where the template put it."""
    lines = textwrap.wrap(text, width - indent)
    return ("\n" + " " * indent).join(f"# {line}" for line in lines)


def free_path(key: str, output: Path | None, suffix: str = ".yaml") -> Path:
    """Where a new scenario goes. Raises `Unusable` where a file stands already."""
    path = output or Path(f"{key}{suffix}")
    files.free(path)
    return path

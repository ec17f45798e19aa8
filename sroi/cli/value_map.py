"""A Value Map taken over as a scenario, for the command `convert`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sroi.cli.app import FINDINGS
from sroi.problems import Problem, Unusable
from sroi.report.words.words import LANGUAGES, Words

if TYPE_CHECKING:
    from sroi.analysis.valuation.as_reckoned import Reckoned
    from sroi.inputs.value_map.value_map import ValueMap


def take_over(source: Path, target: Path, first_year: int | None, words: Words) -> None:
    """Write the scenario of a Value Map; reckoned, and held against what the sheet comes to.

    Raises `Unusable` with all that is wrong in the sheet.
    """
    from sroi.analysis.valuation.as_reckoned import as_reckoned
    from sroi.inputs.files.scenario_file import load
    from sroi.inputs.text.yaml_text import parse
    from sroi.inputs.value_map.value_map_sheet import read_value_map
    from sroi.report.files import files

    found = read_value_map(source)
    text = _text(found, target, _year(found, first_year), words)
    reckoned = as_reckoned(found, load(parse(text.encode("utf-8"), str(target))))
    files.write(target, _written(text, target, words.lang))
    _show(found, reckoned, target, words)


def _written(text: str, target: Path, lang: str) -> str | bytes:
    """The scenario as its target is called: as YAML, or as a workbook."""
    from sroi.inputs.files.chosen_library import chosen_library
    from sroi.inputs.files.scenario_document import is_workbook
    from sroi.report.workbook.started import started

    return started(text, chosen_library(), lang) if is_workbook(target.name) else text


def _year(found: ValueMap, asked: int | None) -> int:
    """The year of the activity: as asked, or as the sheet says. Raises `Unusable`."""
    year = asked or found.first_year
    if year is None:
        raise Unusable(Problem("value-map-year", file=found.file))
    return year


def _text(found: ValueMap, target: Path, year: int, words: Words) -> str:
    """The scenario as YAML."""
    from sroi.inputs.files.chosen_library import chosen_library
    from sroi.inputs.files.scenario_text import scenario_text
    from sroi.inputs.value_map.as_scenario import as_scenario, id_of, known_of

    def said(key: str, **facts: object) -> dict[str, str]:
        return {lang: Words(lang)(f"value_map.{key}", **facts) for lang in LANGUAGES}

    data = as_scenario(found, id_of(target.stem), year, known_of(chosen_library().payers), said)
    facts: dict[str, Any] = {"file": Path(found.file).name, "sheet": found.sheet}
    return scenario_text(data, words("value_map.header", target=target.name, **facts))


def _show(found: ValueMap, reckoned: Reckoned, target: Path, words: Words) -> None:
    """What was taken over and what it comes to; and first what is to be known of it."""
    from sroi.report.words.numbers import Numbers
    from sroi.report.words.problem_text import text

    problems = sorted([*found.problems, *reckoned.problems], key=Problem.order)
    for problem in problems:
        typer.echo(text(problem, words.lang) + "\n")
    number = Numbers(words.lang).number
    facts = {"ours": number(reckoned.benefits, 2), "inputs": number(reckoned.investment, 2)}
    counts = {"changes": len(found.changes), "inputs": sum(bool(x.value) for x in found.inputs)}
    typer.echo(words("convert.taken", sheet=found.sheet, **counts))
    if found.others:
        typer.echo(words("convert.others", columns="; ".join(found.others)))
    if found.told.present:
        said = number(found.told.present.value, 2)
        typer.echo(words("convert.same", found=said, **facts))
    else:
        typer.echo(words("convert.total", **facts))
    typer.echo(words("terminal.written", path=target))
    typer.echo(words("convert.next", path=target))
    if problems:
        raise typer.Exit(FINDINGS)

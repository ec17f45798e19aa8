"""Problems as sentences: where, the line itself, what is wrong and what to do."""

from __future__ import annotations

import datetime
import errno
from collections import defaultdict
from typing import Any

from sroi.inputs.text.cells import Cell
from sroi.problems import Problem
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import catalogue


def sentence(problem: Problem, lang: str) -> str:
    """What is wrong and what to do, without the place."""
    in_cells = catalogue("problems_in_workbook", lang) if problem.sheet else {}
    known: Any = in_cells.get(problem.code) or catalogue("problems", lang)[problem.code]
    facts = defaultdict(str, {key: _fact(value, lang) for key, value in problem.facts.items()})
    facts["reason"] = _reason(facts["reason"], lang)
    facts["part"] = _part(facts["part"], lang)
    facts["move"] = catalogue("text", lang)["pilot_move"].get(facts["move"], facts["move"])
    if isinstance(known, str):
        return known.format_map(facts)
    text = str(known["text"]).format_map(facts)
    return f"{text} {known['nearest'].format_map(facts)}" if facts["nearest"] else text


def _fact(value: object, lang: str) -> str:
    """A fact as it is told; of a problem that lies under this one its own sentence."""
    if isinstance(value, datetime.date):
        return Numbers(lang).date(value)
    return sentence(value, lang) if isinstance(value, Problem) else _harmless(value)


def _reason(name: str, lang: str) -> str:
    """Why the system refuses, in words where there are words for it; any other reason as it is."""
    known: dict[str, str] = catalogue("text", lang)["system"]
    if name in known or name not in errno.errorcode.values():
        return known.get(name, name)
    return known["other"].format(name=name)


def _part(path: str, lang: str) -> str:
    """Which part of a price, as the column of the review sheet is called; else as it is written."""
    known: dict[str, str] = catalogue("text", lang)["review_column"]
    first, _, rest = path.partition(".")
    name = rest if first == "value" and rest in ("low", "high") else first
    return known.get({"review": "status"}.get(name, name), path)


def text(problem: Problem, lang: str) -> str:
    """A problem as it stands in the terminal: place, code, the line with a mark, the sentence."""
    lines = ["  ".join(filter(None, [_place(problem), problem.code]))]
    if problem.excerpt and problem.sheet:
        lines += [f"{_cell(problem):>5} | {_window(problem.excerpt, 1)[0]}"]
    elif problem.excerpt:
        number = f"{problem.line:5d} | "
        window, column = _window(problem.excerpt, problem.column)
        lines += [number + window, " " * (len(number) + column - 1) + "^"]
    return "\n".join([*lines, sentence(problem, lang)])


def as_dict(problem: Problem, lang: str) -> dict[str, object]:
    """A problem for an editor or a script."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        **({"cell": f"{problem.sheet}!{_cell(problem)}"} if problem.sheet else {}),
        "message": sentence(problem, lang),
    }


def _place(problem: Problem) -> str:
    if problem.sheet:
        return _harmless(f"{problem.file} · {problem.sheet}!{_cell(problem)}")
    place = [problem.file, problem.line, problem.column] if problem.line else [problem.file]
    return ":".join(_harmless(part) for part in place if part)


def _cell(problem: Problem) -> str:
    return Cell(None, problem.line, problem.column).address


def _window(excerpt: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a long line around the column, and the column in it."""
    if len(excerpt) <= width:
        return excerpt.rstrip(), max(column, 1)
    start = max(0, column - width // 2)
    return "…" + excerpt[start : start + width].rstrip(), column - start + 1


def _harmless(value: object) -> str:
    """Text without control characters: a terminal must not obey what a file says."""
    return "".join(
        char if char.isprintable() or char == "\u00a0" else "\ufffd" for char in str(value)
    )

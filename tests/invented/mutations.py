"""Scenario trees with values that do not belong there, and what every answer to them must hold."""

import re
import unicodedata
from typing import Any

import yaml
from quick_yaml import SafeDumper, SafeLoader

from sroi import shipped
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import _checked
from sroi.inputs.library.library import Library
from sroi.inputs.scenario import variants
from sroi.inputs.text.yaml_text import parse
from sroi.problems import Unusable, errors

LIBRARY = shipped_library()


CATALOGUE = yaml.load((shipped.folder("templates") / "problems.nl.yaml").read_bytes(), SafeLoader)


LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


NASTY = [
    "", " ", "\n", "\t", "\r", "\x85", "\u2028", "\x00", "\x07", "\ufeff", "\u202e", "٣", "é", "😀",
    "[", "]", "{", "}", ",", ": ", "- ", "? ", "#", "|", ">", "%", "@", '"', "'", "\\", "&a ", "*a",
    "<<: ", "---\n", "...\n", "[a]: b", '"\\x1b"', '"\\ud800"', "!!python/object:os.system", "!x ",
    "1e999", ".nan", "9" * 30, "9" * 5_000, "1,5", "1.200", "-1", "0", "100%", "true", "no", "~",
    "none", "2026", "[[[[[[]]]]]]", "[" * 30, "{a: {b: {c: 1}}}", "outcomes", "x" * 6_000,
]  # fmt: skip


SMALL, LARGE = "0." + "0" * 26 + "1", "9" * 29


VALUES = [
    *NASTY[:14], "x", "X y", "1", "-1", "1.5", "150%", "1990", "9" * 30, "none", "seh-bezoek",
    "USD/x", "2024-01-01", [], {}, ["x"], [[]], [["1"], "2"], ["1"] * 70, {"x": "y"}, {"nl": ""},
    {"low": "1"}, {"low": "0", "8": ""}, {"low": "3", "best": "2", "high": "1"}, {"value": {}},
    {"beta": {"yes": "0", "no": "0"}}, {"gamma": {"mean": SMALL, "cv": SMALL}}, {"id": ["x"]},
    {"gamma": {"mean": LARGE, "cv": LARGE}}, {"normal": {"p5": SMALL, "p95": LARGE}}, {"id": {}},
    {"lognormal": {"median": SMALL, "p95": LARGE}}, {"lognormal": {"median": "1", "sd_log": LARGE}},
    {"quantity": {"quantity": "1"}, "x": "2"}, {"[key]": "1"}, {"none": "x", "value": "none"},
    {"uniform": "1"}, {"uniform": ["x", "y", "z"]}, {"regime": "x", "rate": "3%"}, {"rate": "3%"},
    {"source": "x[1]", "value": "1", "evidence": "9"}, {"outcomes": []}, {"basis.years": "99"},
]  # fmt: skip


class Plain(SafeDumper):
    """Writes every part in full, so that only what is meant to be broken is broken."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def answer(content: bytes) -> None:
    """Read bytes as `check_file` does, with all variants; hold the answer to what it promises."""
    document = None
    try:
        document = parse(content, "f.yaml")
    except Unusable as unusable:
        problems = list(unusable.problems)
    else:
        named = [variants.with_variant(document, name) for name in variants.names(document)]
        problems = list(document.problems)
        for version in [document, *named]:
            scenario, library, found = _checked(version, LIBRARY)
            assert scenario is None or isinstance(library, Library)
            assert (scenario is None) == bool(errors(found))
            problems += found
    assert document is not None or errors(problems)
    lines = len(LINE_BREAK.split(content.decode("utf-8", "replace")))
    for problem in problems:
        assert problem.code in CATALOGUE
        assert 0 <= problem.line <= lines
        assert "Cc" not in map(unicodedata.category, problem.excerpt)


def paths(data: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(data, dict):
        steps = list(data.items())
    else:
        steps = list(enumerate(data)) if isinstance(data, list) else []
    return [above, *(path for step, value in steps for path in paths(value, (*above, step)))]


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def written(tree: Any, flow: bool | None) -> bytes:
    return yaml.dump(tree, Dumper=Plain, allow_unicode=True, default_flow_style=flow).encode()

"""Whatever stands in a file: a scenario that can be used, or problems; never a crash."""

import copy
import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from valid_scenario import SCENARIO

from sroi import shipped
from sroi.inputs import variants
from sroi.inputs.proxies import Library, check_library
from sroi.inputs.scenario_file import _checked, shipped_library
from sroi.inputs.yaml_text import parse
from sroi.problems import Unusable, errors

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "200"))
LIBRARY = shipped_library()
CATALOGUE = yaml.safe_load((shipped.folder("templates") / "problems.nl.yaml").read_bytes())
TREE = yaml.load(SCENARIO, Loader=yaml.BaseLoader)
TOKENS = [token.span() for token in re.finditer(r"[^\s{}\[\],:]+", SCENARIO)]
THEME = yaml.load(
    (shipped.folder("proxies") / "wmo-tarieven.yaml").read_bytes(), Loader=yaml.BaseLoader
)
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
KEYS = ["x", "id", "value", "proxy", "of", "nl", "low", "8", "5%", "[key]", "quantity", "payers"]
KEYS += ["deadwieght", "rat", "volume", "because", "transfer", "variants", "", "\x1b", "none"]


class Plain(yaml.SafeDumper):
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


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes(content):
    answer(content)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(max_size=1_000))
def test_any_text(text):
    answer(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(alphabet="ab:-?#&*!|>%@'\"[]{}, \n\t~=<.0123", max_size=300))
def test_text_of_the_signs_of_yaml(text):
    answer(text.encode())


@st.composite
def mutated_text(draw: st.DrawFn) -> str:
    """The scenario with pieces taken away, doubled, put in, or words changed for nasty ones."""
    text = SCENARIO
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["cut", "double", "put", "change", "change", "change"]))
        if kind == "change":
            start, end = draw(st.sampled_from(TOKENS))
            text = text[:start] + draw(st.sampled_from(NASTY)) + text[end:]
            continue
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 60))
        middle = {"cut": "", "double": text[start:end] * 2, "put": None}[kind]
        if middle is None:
            middle = draw(st.sampled_from(NASTY)) + text[start:end]
        text = text[:start] + middle + text[end:]
    return text


@settings(max_examples=EXAMPLES, deadline=None)
@given(mutated_text())
def test_a_scenario_with_pieces_changed(text):
    answer(text.encode("utf-8", "surrogatepass"))


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


@st.composite
def mutated_tree(draw: st.DrawFn, tree: Any) -> Any:
    """The data with parts replaced, taken away, moved to other names, or copied elsewhere."""
    tree = copy.deepcopy(tree)
    for _ in range(draw(st.integers(1, 5))):
        known = paths(tree)
        path = draw(st.sampled_from(known))
        value = draw(st.sampled_from(VALUES) | st.sampled_from(known).map(lambda p: at(tree, p)))
        kind = draw(st.sampled_from(["replace", "replace", "remove", "add", "rename"]))
        if path:
            change(at(tree, path[:-1]), path[-1], copy.deepcopy(value), kind, draw)
    return tree


def change(parent: Any, step: Any, value: Any, kind: str, draw: st.DrawFn) -> None:
    if kind == "replace":
        parent[step] = value
    elif kind == "remove":
        del parent[step]
    elif isinstance(parent, list):
        parent.insert(step, value)
    elif kind == "rename":
        parent[draw(st.sampled_from(KEYS))] = parent.pop(step)
    else:
        parent[draw(st.sampled_from(KEYS))] = value


def written(tree: Any, flow: bool | None) -> bytes:
    return yaml.dump(tree, Dumper=Plain, allow_unicode=True, default_flow_style=flow).encode()


@settings(max_examples=EXAMPLES, deadline=None)
@given(mutated_tree(TREE), st.sampled_from([True, False, None]))
def test_a_scenario_with_parts_changed(tree, flow):
    """Every part is in a place where it may not be, and the YAML is right all the same."""
    answer(written(tree, flow))


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(mutated_tree(THEME))
def test_a_library_file_with_parts_changed(tree):
    with tempfile.TemporaryDirectory() as name:
        Path(name, "theme.yaml").write_bytes(written(tree, None))
        assert all(problem.code in CATALOGUE for problem in check_library(Path(name))[1])


@pytest.mark.parametrize("nasty", NASTY)
def test_a_key_a_value_and_an_item_may_be_anything(nasty):
    for text in (f"{nasty}: 1", f"scenario: {nasty}", f"- {nasty}", f"{{{nasty}: {nasty}}}", nasty):
        answer(text.encode("utf-8", "surrogatepass"))

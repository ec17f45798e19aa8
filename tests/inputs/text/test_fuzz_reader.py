"""Whatever stands in a file: a scenario that can be used, or problems; never a crash."""

import copy
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import (
    CATALOGUE,
    NASTY,
    VALUES,
    answer,
    at,
    paths,
    written,
)
from quick_yaml import BaseLoader
from valid_scenario import SCENARIO

from sroi import shipped
from sroi.inputs.library.library import check_library

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "200"))
TREE = yaml.load(SCENARIO, Loader=BaseLoader)
TOKENS = [token.span() for token in re.finditer(r"[^\s{}\[\],:]+", SCENARIO)]
THEME = yaml.load((shipped.folder("proxies") / "wmo-tarieven.yaml").read_bytes(), Loader=BaseLoader)

KEYS = ["x", "id", "value", "proxy", "of", "nl", "low", "8", "5%", "[key]", "quantity", "payers"]
KEYS += ["deadwieght", "rat", "volume", "because", "transfer", "variants", "", "\x1b", "none"]


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

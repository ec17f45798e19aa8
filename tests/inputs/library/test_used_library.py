"""The part of the library that goes along with a report: enough to reckon with, and readable."""

import pytest
import yaml
from quick_yaml import BaseLoader
from valuations import LIBRARY

from sroi import shipped
from sroi.inputs.files.scenario_file import load
from sroi.inputs.library.used_library import as_text, read_used, used_files
from sroi.inputs.text.yaml_text import read
from sroi.problems import Unusable

FILES = sorted(shipped.folder("scenarios").glob("*.yaml"))
SCENARIO = {
    "outcomes": [{"proxy": "verpleeghuisdag", "rate": {"source": "cbs-84580ned[2020]"}}],
    "variants": {"neutraal": {"outcomes.x.proxy": "seh-bezoek"}},
}


def ids(files: dict) -> dict[str, list[str]]:
    """The ids in every file."""
    return {
        name: [entry["id"] for part in data.values() if isinstance(part, list) for entry in part]
        for name, data in files.items()
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_reads_the_same_with_it(path):
    """The same inputs and the same warnings, in every variant."""
    text = as_text(used_files(read(path).data, LIBRARY), "Voor de toets")
    part = read_used(text.encode(), "price_library.yaml")
    for variant in ("", *load(path, library=LIBRARY).variants):
        whole, again = load(path, variant, LIBRARY), load(path, variant, part)
        assert again.inputs_sha256 == whole.inputs_sha256
        assert again.problems == whole.problems
        assert again.scenario == whole.scenario


def test_what_is_named_is_in_it_and_what_that_names():
    """Prices of the file and of its variants, with their series and sources; no other entries."""
    found = ids(used_files(SCENARIO, LIBRARY))
    assert found["ouderenzorg"] == ["verpleeghuisdag"]
    assert any("seh-bezoek" in keys for keys in found.values())
    assert {"cbs-84580ned", "tatooheene-2024"} <= set(found["sources"])
    assert {"cpi", "wlz-mix"} <= set(found["indices"])
    assert len(found["payers"]) == len(LIBRARY.payers)
    assert len(found["sources"]) < len(LIBRARY.sources)


def test_a_scenario_that_names_nothing_gets_what_always_counts():
    """The series of whatever names none, with its source."""
    found = ids(used_files({"outcomes": []}, LIBRARY))
    assert found["indices"] == ["cpi"]
    assert LIBRARY.indices["cpi"].source.key in found["sources"]
    assert read_used(as_text(used_files({}, LIBRARY), "Leeg").encode(), "x").payers


def test_the_name_of_a_variant_is_no_starting_point():
    """Though many have the same names."""
    assert "starting_points" not in used_files(SCENARIO, LIBRARY)
    named = used_files(SCENARIO | {"care_ladder": [{"starting_point": "neutraal"}]}, LIBRARY)
    assert ids(named)["starting_points"] == ["neutraal"]


def test_the_text_is_the_data():
    """Every scalar is text, whatever YAML would make of it; what is empty is not left open."""
    files = {"a": {"list": [{"id": "no", "n": "1.20", "empty": "", "lines": "een\ntwee: drie #"}]}}
    text = as_text(files, "Opmerking")
    assert text.startswith("# Opmerking\n")
    assert yaml.load(text, BaseLoader) == files
    assert "1.20\n" in text
    assert "empty: ''" in text


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"- 1", b"ja", b"payers: 1", b"sources: {sources: [{id: 1}]}", b"a: {b: *c}",
     b"indices: {indices: [[[[]]]]}", b"a: {theme: a, name: b, proxies: {}}", b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_library_is_refused(content):
    """With problems, and never with a traceback."""
    with pytest.raises(Unusable) as caught:
        read_used(content, "price_library.yaml")
    assert caught.value.problems

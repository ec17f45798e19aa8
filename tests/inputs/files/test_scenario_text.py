"""A scenario written as text: what is read from it again is what was written."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sroi import shipped
from sroi.inputs.files.scenario_text import scenario_text
from sroi.inputs.text.yaml_text import parse, read

KEYS = st.from_regex(r"[a-z][a-z0-9_-]{0,10}", fullmatch=True)
SIGNS = st.characters(categories=["L", "N", "P", "S"], include_characters=" ")
TEXTS = st.text(SIGNS, min_size=1, max_size=120).map(str.strip).filter(bool)
PARTS = st.recursive(
    st.one_of(TEXTS, st.from_regex(r"-?[0-9]{1,6}(\.[0-9]{1,4})?%?", fullmatch=True)),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4),
        st.dictionaries(KEYS, inner, min_size=1, max_size=4),
    ),
    max_leaves=12,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KEYS, PARTS, min_size=1, max_size=5))
def test_it_reads_as_it_was_written(data):
    document = parse(scenario_text(data).encode(), "scenario.yaml")
    assert not document.problems
    assert document.data == data


def test_shipped_scenarios_read_as_they_were():
    """But for their remarks."""
    for path in sorted(shipped.folder("scenarios").glob("*.yaml")):
        data = read(path).data
        assert parse(scenario_text(data).encode(), path.name).data == data


def test_a_remark_stands_above_it():
    """Each line of it, also an empty one."""
    text = scenario_text({"scenario": "a", "payers": [{"id": "b"}], "outcomes": []}, "Eén\n\nTwee")
    assert text == "# Eén\n#\n# Twee\n\nscenario: a\n\npayers:\n  - {id: b}\noutcomes: []\n"

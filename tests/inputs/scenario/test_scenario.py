"""The nouns of a scenario: defaults, what a field may hold, and the schema for editors."""

import datetime
import json

import pytest
from pydantic import ValidationError
from valid_scenario import SCENARIO, with_change

from sroi.inputs.scenario.scenario import MAX_VARIANTS, Scenario
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import parse
from sroi.problems import Problem

PLAIN = {
    "scenario": "voorbeeld",
    "title": {"nl": "Voorbeeld", "en": "Example"},
    "organisation": "Voorbeeldwelzijn",
    "commissioner": "gemeente Voorbeeldstad",
    "programme": "anders",
    "kind": "forecast",
    "null_alternative": "Er gebeurt niets.",
    "basis": {"first_year": 2026, "years": 5, "price_year": 2024, "discounting": "nl-2021"},
    "investment": [{"id": "inzet", "what": "Inzet", "payer": "gemeente", "per_year": 1000.5}],
    "activities": [{"id": "bezoek", "what": "Bezoek", "unit": "huishouden", "volume": [1, 2]}],
    "outcomes": [
        {
            "id": "rust",
            "what": "Rust",
            "stakeholder": "ouderen",
            "of": "bezoek",
            "rate": {"low": 1, "best": 1.5, "high": "200%", "source": "bron[p. 1]"},
            "value": "none",
            "because": "Geen prijs.",
        }
    ],
}


def scenario(content: bytes | str = SCENARIO) -> Scenario:
    noun, problems = nouns_of(Scenario, parse(as_bytes(content), "f.yaml"))
    assert problems == []
    return noun


def problems(content: bytes | str) -> list[Problem]:
    return nouns_of(Scenario, parse(as_bytes(content), "f.yaml"))[1]


def as_bytes(content: bytes | str) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def found(content: bytes) -> list[tuple[str, str, object]]:
    return [(p.code, p.excerpt.strip(), p.facts.get("nearest")) for p in problems(content)]


def test_a_full_scenario_is_read():
    read = scenario()
    assert read.title.in_("en") == "Living at home for longer in Voorbeeldstad"
    assert read.question.in_("en") == read.question.in_("nl") == "Wat levert het huisbezoek op?"
    assert read.date == datetime.date(2026, 3, 1)
    assert read.basis.draws == 4096
    assert [size.form for size in read.activities[0].volume][:3] == ["value", "value", "best"]
    assert read.outcomes[0].rate.evidence == 4
    assert read.outcomes[0].drop_off.value == pytest.approx(0.3)
    assert [outcome.in_euros for outcome in read.outcomes] == [True, True, False]
    assert read.proxies[0].thing == "uur"


def test_what_is_left_out_has_a_default():
    read = scenario(with_change("  draws: 4096\n  seed: 1\n", ""))
    basis = read.basis
    assert (basis.draws, basis.seed, basis.sampling) == (65_536, 1, "sobol")
    assert (basis.currency, basis.horizon) == ("EUR", "cut")
    assert (read.outcomes[1].starts, read.outcomes[1].drop_off) == (1, None)


def test_who_pays_and_whether_money_leaves_the_till():
    """Money is hard and a gift in kind is soft, unless the file says otherwise."""
    money, volunteers = scenario().investment
    assert (money.shares, money.cash_class) == ({"gemeente": 0.8, "buurtfonds": 0.2}, "hard")
    assert (volunteers.shares, volunteers.cash_class) == ({"inwoner": 1.0}, "soft")
    said = scenario(with_change("in_kind: true", "in_kind: true, cash: pm")).investment[1]
    assert said.cash_class == "pm"


@pytest.mark.parametrize(
    ("written", "regime", "rate", "timing"),
    [
        ("nl-2021", "nl-2021", None, None),
        ("{regime: nl-2021, timing: end_of_year}", "nl-2021", None, "end_of_year"),
        ("{rate: 3%, timing: mid_year}", None, 0.03, "mid_year"),
    ],
)
def test_discounting_is_a_name_or_a_rule_of_ones_own(written, regime, rate, timing):
    read = scenario(with_change("discounting: nl-2021", f"discounting: {written}"))
    rule = read.basis.discounting
    assert (rule.regime, rule.rate, rule.timing) == (regime, rate, timing)


def test_nothing_can_be_changed_afterwards():
    with pytest.raises(ValidationError):
        scenario().basis.years = 6


@pytest.mark.parametrize(
    ("old", "new", "line", "nearest"),
    [
        ("date: 2026", "dat: 2026", "dat: 2026-03-01", "date"),
        ("kind: forecast", "kin: forecast", "kin: forecast", "kind"),
        ("  first_year: 2026", "  firstyear: 2026", "firstyear: 2026", "first_year"),
        ("    drop_off: 30%", "    dropoff: 30%", "dropoff: 30%", "drop_off"),
        ("    unit: EUR/uur", "    units: EUR/uur", "units: EUR/uur", "unit"),
        ("    rho: 0.6", "    rhos: 0.6", "rhos: 0.6", "rho"),
    ],
)
def test_a_misspelled_key_gives_one_problem_with_the_key_that_was_meant(old, new, line, nearest):
    """Nothing is said of the key that now seems to be missing."""
    assert found(with_change(old, new)) == [("field-unknown", line, nearest)]


@pytest.mark.parametrize(
    ("old", "new", "nearest"),
    [
        ("{median: 62,", "{meadian: 62,", "median"),
        ("{beta: {yes: 14, no: 98}", "{beta: {yes: 14, no: 98, nn: 1}", "no"),
        ("because: Meting., source:", "becuase: Meting., source:", "because"),
        ("issued: {date-parts", "isued: {date-parts", "issued"),
        ("title: Meting onder", "container-titl: A, title: Meting onder", "container-title"),
        ("name: {nl: Ouderen, en", "name: {nl: Ouderen, eng", "en"),
        ("discounting: nl-2021", "discounting: {regim: nl-2021}", "regime"),
    ],
)
def test_did_you_mean_also_works_inside_nested_nouns(old, new, nearest):
    problem = problems(with_change(old, new))[0]
    assert (problem.code, problem.facts["nearest"]) == ("field-unknown", nearest)


def test_a_key_that_is_like_nothing_has_no_nearest():
    assert found(with_change("kind: forecast", "kind: forecast\nqqqqqq: 1")) == [
        ("field-unknown", "qqqqqq: 1", "")
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "limit"),
    [
        ("years: 5", "years: 0", "number-out-of-range", "≥ 1"),
        ("years: 5", "years: 101", "number-out-of-range", "≤ 100"),
        ("draws: 4096", "draws: 8", "number-out-of-range", "≥ 16"),
        ("rho: 0.6", "rho: 1", "number-out-of-range", "< 1"),
        ("rho: 0.6", "rho: -100%", "number-out-of-range", "> -1"),
        ("starts: 1", "starts: 0", "number-out-of-range", "≥ 1"),
        ("first_year: 2026", "first_year: 26", "number-out-of-range", "≥ 1990"),
        ("evidence: 4", "evidence: 7", "number-out-of-range", "≤ 6"),
        ("[outcomes.minder-seh.deadweight, outcomes.minder-seh.rate]", "[x]", "list-length", "≥ 2"),
        ("{uniform: [-4%, -1%]", "{uniform: [1%, 2%, 3%]", "list-length", "≤ 2"),
        ("volume: 3000", "volume: []", "list-length", "≥ 1"),
        ("- De effecten zijn geschat.", "- a" + "\n  - a" * 50, "list-length", "≤ 50"),
    ],
)  # fmt: skip
def test_limits_are_named(old, new, code, limit):
    one = problems(SCENARIO.replace(old, new, 1))
    assert [(p.code, p.facts["limit"]) for p in one] == [(code, limit)]


def test_the_number_of_variants_is_bounded():
    many = "variants:\n" + "".join(f"  v{number}: {{}}\n" for number in range(MAX_VARIANTS + 1))
    (problem,) = problems(SCENARIO.partition("variants:")[0] + many)
    assert (problem.code, problem.facts["limit"]) == ("list-length", f"≤ {MAX_VARIANTS}")


def test_an_id_is_never_a_path():
    for name in ("../../etc/passwd", "/etc/passwd", "a/b", "a.b", "A", "-a", "a" * 65, "a b", "é"):
        (problem,) = problems(with_change("scenario: voorbeeldstad-ouderen", f"scenario: {name}"))
        assert problem.code == "id-unreadable"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{}", "text-missing"),
        ("{de: Titel}", "field-unknown"),
        ("[Titel]", "mapping-expected"),
        ("{nl: [Titel]}", "text-expected"),
        ("x" * 5_001, "text-too-long"),
    ],
)
def test_what_is_no_text(written, code):
    old = "{nl: Alleen het gewone aanbod., en: Only what is there anyway.}"
    assert [p.code for p in problems(with_change(old, written))] == [code]


@pytest.mark.parametrize(
    "written",
    ["'[p. 3]'", "x[p. 3", "x[]", "'x[p. [3]]'", "X[p. 3]", "'x [p. 3]'", "'{x: 1}'", "../x"],
)
def test_what_is_no_reference(written):
    content = with_change('source: "eigen-meting[bijlage]"', f"source: {written}")
    assert [p.code for p in problems(content)] == ["reference-unreadable"]


def test_the_schema_for_editors_has_every_key_and_is_json():
    schema = json.loads(json.dumps(Scenario.model_json_schema(by_alias=True)))
    keys = {"scenario", "title", "basis", "investment", "outcomes", "proxies", "variants"}
    assert keys <= set(schema["properties"])
    assert "container-title" in schema["$defs"]["Source"]["properties"]
    assert {"null_alternative", "basis", "investment"} <= set(schema["required"])


def test_the_schema_allows_the_short_ways_of_writing():
    """A text, a source and a discounting rule may be a plain text; a volume may be one number."""
    definitions = Scenario.model_json_schema(by_alias=True)["$defs"]
    for name in ("Text", "Discounting"):
        assert {"type": "string"} in definitions[name]["anyOf"]
    assert definitions["Reference"] == {"type": "string"}
    volume = definitions["Activity"]["properties"]["volume"]["anyOf"]
    assert {"$ref": "#/$defs/Quantity"} in volume


def test_a_scenario_with_numbers_is_one_for_the_schema_and_for_the_reader():
    """Numbers, short texts and mappings as a program would write them."""
    schema = Scenario.model_json_schema(by_alias=True)
    assert set(schema["required"]) <= set(PLAIN) <= set(schema["properties"])
    assert scenario(json.dumps(PLAIN)).outcomes[0].rate.best == 1.5

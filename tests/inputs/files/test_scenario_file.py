"""A scenario file as a whole: all problems at once, in order, and what a run is given."""

import re

import pytest
from valid_scenario import SCENARIO, with_change

from sroi.inputs.files.scenario_file import check_file, load
from sroi.inputs.library.library import Library
from sroi.problems import Unusable

MISTAKES = [
    ("title: {nl: Langer", "titel: {nl: Langer", "field-unknown"),
    ("programme: gezond-en-gelukkig-oud", "programme: gezond-en-oud", "word-unknown"),
    ("date: 2026-03-01", "date: 1-3-2026", "date-unreadable"),
    ("conditions: [Er zijn genoeg vrijwilligers.]", "conditions: Genoeg mensen.", "list-expected"),
    ("  discounting: nl-2021", "  discounting: nl-2022", "regime-unknown"),
    ("public: false}", "public: nee}", "boolean-unreadable"),
    ("{gemeente: 80%,", "{gemeente: 90%,", "payers-sum"),
    ("best: 260_000", "best: 260.000", "number-ambiguous"),
    ("proxy: vrijwilligersuur", "proxy: vrijwilligersuren", "proxy-unknown"),
    ("[200, 320, ", "[200, ", "years-count"),
    ("{low: 1%, best: 3%, high: 6%, b", "{low: 1%, best: 9%, high: 6%, b", "range-order"),
    (
        "    proxy: seh-bezoek\n",
        "    proxy: seh-bezoek\n    cash: hard\n",
        "override-without-reason",
    ),
    ("{low: 20%, best: 40%", "{low: 20%, best: 40,5%", "number-comma-in-braces"),
    ("    starts: 1\n", "    starts: 9\n", "starts-after-horizon"),
    ("    drop_off: 30%", "    drop_off: 130%", "outside-domain"),
    ("of: huisbezoek\n    rate: {uni", "of: huisbezook\n    rate: {uni", "activity-unknown"),
    ("    stakeholder: mantelzorgers\n", "    stakeholder: zorgers\n", "stakeholder-unknown"),
    ("    because: Hiervoor is geen prijs.\n", "", "none-without-reason"),
    ("    unit: EUR/uur", "    unit: uur", "unit-unreadable"),
    ("    rho: 0.6", "    rho: 1.6", "number-out-of-range"),
    ("outcomes.minder-seh.lasts: 1", "outcomes.minder-seh.last: 1", "field-unknown"),
    ("  kort:", "  kort: {bases.years: 1}\n  lang:", "variant-path-unknown"),
]


def with_mistakes() -> bytes:
    text = SCENARIO
    for old, new, _ in MISTAKES:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.encode()


def file_of(tmp_path, content: bytes):
    path = tmp_path / "scenario.yaml"
    path.write_bytes(content)
    return path


def test_all_mistakes_of_a_file_are_told_at_once(check):
    """Over twenty mistakes of all kinds, in fields, between parts and in variants."""
    codes = [problem.code for problem in check(with_mistakes())]
    assert {code for _, _, code in MISTAKES} <= set(codes)
    assert len(codes) >= len(MISTAKES)


@pytest.mark.parametrize(("old", "new", "code"), MISTAKES, ids=[code for *_, code in MISTAKES])
def test_each_mistake_alone_is_one_problem(check, old, new, code):
    """Nothing that only follows from it is told beside it."""
    codes = {problem.code for problem in check(with_change(old, new))}
    assert code in codes
    assert codes == {code}


def test_problems_stand_in_the_order_of_the_file(check):
    places = [(problem.line, problem.column) for problem in check(with_mistakes())]
    assert places == sorted(places)
    assert len(set(places)) > 15


def test_a_problem_points_at_what_is_wrong(check):
    """Also inside braces and inside a list of years."""
    content = with_change("{low: 350, best: 400, high: 420", "{low: 350, best: 4oo, high: 420")
    (problem,) = check(content)
    assert problem.code == "number-unreadable"
    assert problem.excerpt[problem.column - 1 :].startswith("4oo")
    (problem,) = check(with_change("[200, 320, ", "[200, 320x, "))
    assert problem.excerpt[problem.column - 1 :].startswith("320x")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: ouderen,", "id: Ouderen,"),
        ("id: huisbezoek\n", "idd: huisbezoek\n"),
        ("id: huisbezoek\n", "id:\n"),
        ("  years: 5\n", "  years: vijf\n"),
        ("  years: 5\n", "  years:\n"),
        ("{lognormal: {median: 62, p95: 80}", "{lognormal: {median: 6s, p95: 80}"),
        ("    unit: EUR/uur\n", "    unit: [EUR]\n"),
        ("  - id: begeleiding-voorbeeldstad", "  - id: Begeleiding"),
        ("    deadweight: {low: 20%", "    deadweight: {low: 2o%"),
        ("    deadweight: {low: 20%", "    deadweight: {lwo: 20%"),
        ("    deadweight: {low: 20%, best: 40%", "    deadweight: {low: 20%, best: 40,5%"),
        ("    rate: {low: 1%", "    rate: {low: 1'%"),
        ("payer: inwoner,", "payer: Inwoner,"),
        ("id: eigen-meting,", "id: Eigen meting,"),
        ("id: buurtfonds,", "id: Buurtfonds,"),
    ],
)  # fmt: skip
def test_what_rests_on_a_wrong_field_is_not_told_too(check, old, new):
    """A wrong id does not make every reference to it wrong, nor a wrong year every list."""
    assert len(check(with_change(old, new))) == 1


PARTS = re.findall(r"^(\w+):", SCENARIO, re.MULTILINE)


@pytest.mark.parametrize("value", ["", "x", "[]", "{}", "[x]", "{x: y}", "1"])
def test_any_part_may_be_anything(check, value):
    """A whole part that is something else: problems or none, but always an answer."""
    for key in PARTS:
        text = re.sub(rf"(?ms)^{key}:.*?(?=^\w|\Z)", f"{key}: {value}\n", SCENARIO)
        assert isinstance(check(text.encode()), list)


def test_any_part_may_be_missing(check):
    for key in PARTS:
        text = re.sub(rf"(?ms)^{key}:.*?(?=^\w|\Z)", "", SCENARIO)
        missing = [p for p in check(text.encode()) if p.code == "field-missing"]
        assert [p.facts["key"] for p in missing] in ([key], [])


def test_a_file_with_windows_line_ends_has_the_same_problems(check):
    def told(content: bytes):
        return [(p.code, p.line, p.column, p.excerpt) for p in check(content)]

    assert told(with_mistakes().replace(b"\n", b"\r\n")) == told(with_mistakes())
    assert told(b"\xef\xbb\xbf" + with_mistakes()) == told(with_mistakes())


def test_a_file_that_can_be_run(tmp_path, library):
    loaded = load(file_of(tmp_path, SCENARIO.encode()), library=library)
    assert loaded.scenario.scenario == "voorbeeldstad-ouderen"
    assert loaded.problems == ()
    assert (loaded.variant, loaded.variants) == ("", ("sceptisch", "kort"))
    assert {"seh-bezoek", "begeleiding-voorbeeldstad"} <= set(loaded.library.proxies)
    assert "buurtfonds" in loaded.library.payers
    assert "eigen-meting" in loaded.library.sources


def test_a_variant_that_can_be_run(tmp_path, library):
    path = file_of(tmp_path, SCENARIO.encode())
    loaded = load(path, "sceptisch", library)
    assert loaded.scenario.outcomes[0].rate.best == 0.005
    assert loaded.scenario.activities[0].volume[0].value == 100
    assert load(path, "kort", library).scenario.outcomes[0].lasts.value == 1


def test_a_variant_that_is_not_there(tmp_path, library):
    with pytest.raises(Unusable) as raised:
        load(file_of(tmp_path, SCENARIO.encode()), "optimistisch", library)
    (problem,) = raised.value.problems
    assert problem.code == "variant-unknown"
    assert problem.facts == {"id": "optimistisch", "known": "sceptisch, kort"}


def test_errors_stop_a_run_and_warnings_travel_with_it(tmp_path, library):
    warned = with_change(", because: Groei.", "")
    assert [p.code for p in load(file_of(tmp_path, warned), library=library).problems] == [
        "reason-missing"
    ]
    with pytest.raises(Unusable) as raised:
        load(file_of(tmp_path, with_mistakes()), library=library)
    assert len(raised.value.problems) > 15


def test_a_broken_part_stops_every_variant(tmp_path, library):
    """Also one that the variant does not touch, such as a key that stands twice."""
    path = file_of(tmp_path, SCENARIO.encode() + b"title: Nog een titel\n")
    for name in ("", "sceptisch", "kort"):
        with pytest.raises(Unusable):
            load(path, name, library)


def test_the_fingerprint_is_of_the_numbers_and_not_of_the_layout(tmp_path, library):
    def digest(content: bytes, variant: str = "") -> str:
        return load(file_of(tmp_path, content), variant, library).inputs_sha256

    plain = digest(SCENARIO.encode())
    assert digest(b"# a comment\n" + SCENARIO.encode()) == plain
    assert digest(with_change("260_000", "260000")) == plain
    assert digest(with_change("260_000", "260001")) != plain
    assert digest(SCENARIO.encode(), "kort") != plain


def test_a_scenario_without_prices_needs_no_library(tmp_path):
    text = SCENARIO.partition("investment:")[0].replace("nl-2021", "{rate: 3%, timing: mid_year}")
    text += "investment: []\nactivities: []\noutcomes:\n" + (
        "  - {id: a, what: A, stakeholder: ouderen, of: b, value: none, because: C,\n"
        '     rate: {value: 1, source: "eigen-meting[p. 3]"}}\n'
    )
    text = text.replace("activities: []", "activities: [{id: b, what: B, unit: x, volume: 1}]")
    path = file_of(tmp_path, text.encode())
    assert check_file(path, Library()) == []
    assert len(load(path, library=Library()).inputs_sha256) == 64

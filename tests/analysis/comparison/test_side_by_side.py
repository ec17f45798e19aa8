"""Files or variants laid side by side: what is compared with what, and what cannot be."""

from pathlib import Path

import pytest
from models_in_memory import Record
from scenarios_at_random import as_yaml
from told_by_hand import RATE, hand_line, uncertain_ladder, with_variants

from sroi.analysis.comparison.side_by_side import SideBySide, side_by_side
from sroi.problems import Problem, Unusable


def written(folder: Path, scenario: Record, name: str = "plan") -> Path:
    """The file of a scenario."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(as_yaml(scenario), encoding="utf-8")
    return path


def refused(files: list[Path], variants: bool = False, result: str = "society") -> list[Problem]:
    """Why they are not compared."""
    with pytest.raises(Unusable) as caught:
        side_by_side(files, variants, result)
    return list(caught.value.problems)


@pytest.fixture
def found(tmp_path) -> SideBySide:
    """The variants of the line."""
    return side_by_side([written(tmp_path, with_variants())], variants=False)


def test_one_file_is_compared_with_its_variants(found):
    """In the order of the file; for society and, where all have one, as a ratio."""
    assert found.base == "plan"
    assert list(found.differences) == list(found.explanations) == ["dubbel", "zuinig", "zelfde"]
    assert found.result == "society"
    for each in found.differences.values():
        assert [one.result for one in each] == ["society", "ratio"]
    assert float(found.valuation.central.balance()[0]) == 2000


def test_differences_by_hand(found):
    """Four times the benefits of 6,000 are 18,000 more; 1,000 less is 1,000 more in every draw."""
    double, frugal, same = (each[0] for each in found.differences.values())
    assert double.mean == pytest.approx(18_000, rel=0.005)
    assert double.better == 1
    assert (frugal.mean, frugal.p5, frugal.p95) == pytest.approx((1000, 1000, 1000))
    assert frugal.standard_error == 0
    assert (same.mean, same.p5, same.p95, same.better, same.worse) == (0, 0, 0, 0, 0)


def test_ratios_by_hand(found):
    """6 from 1.5, and 2 from 1.5."""
    double, frugal, _ = (each[1] for each in found.differences.values())
    assert (double.base, double.other) == pytest.approx((1.5, 6), rel=0.005)
    assert frugal.other == pytest.approx(2, rel=0.005)


def test_what_makes_the_difference_by_hand(found):
    """Twice the units are 6,000 more and twice the price too; together another 6,000."""
    why = found.explanations["dubbel"]
    assert {one.path: one.change for one in why.inputs} == pytest.approx(
        {"activities.steun.volume": 6000, "proxies.prijs.value": 6000}
    )
    assert (why.base, why.other) == pytest.approx((2000, 20_000))
    assert (why.interaction, why.structure) == pytest.approx((6000, 0))
    assert found.explanations["zelfde"].inputs == []


def test_progress_goes_up_to_one(tmp_path):
    """Over all scenarios together."""
    told: list[float] = []
    side_by_side([written(tmp_path, with_variants())], False, "society", told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_another_result_has_no_ratio_beside_it(tmp_path):
    """Of a payer."""
    found = side_by_side([written(tmp_path, with_variants())], False, "gemeente:hard@..2026")
    assert [one.result for one in found.differences["zuinig"]] == ["gemeente:hard@..2026"]
    assert found.differences["zuinig"][0].mean == pytest.approx(1000)


def test_without_investment_there_is_no_ratio(tmp_path):
    """In one of them is enough."""
    files = [written(tmp_path, hand_line()), written(tmp_path, hand_line(), "ander")]
    files.append(written(tmp_path, hand_line() | {"investment": []}, "gratis"))
    found = side_by_side(files, variants=False)
    assert [one.result for one in found.differences["ander"]] == ["society"]
    assert refused(files, result="ratio")[0].code == "ratio-without-investment"
    files[2] = written(tmp_path, hand_line(outcomes__rate=-1), "slechter")
    found = side_by_side(files, variants=False)
    assert {one.result for each in found.differences.values() for one in each} == {"society"}
    assert refused(files, result="ratio")[0].code == "ratio-without-benefits"


def test_files_of_one_name_are_told_apart(tmp_path):
    """By their folders."""
    files = [written(tmp_path / name, hand_line()) for name in ("a", "b", "c")]
    found = side_by_side(files, variants=False)
    assert found.base == "plan"
    assert list(found.differences) == [str(path) for path in files[1:]]


def test_a_variant_that_is_called_as_its_file_is_told_apart(tmp_path):
    """Else it would stand in its place."""
    scenario = hand_line() | {"variants": {"plan": {"investment.inzet.per_year": 3000}}}
    found = side_by_side([written(tmp_path, scenario)], variants=False)
    assert found.base == "plan"
    (name,) = found.differences
    assert name != "plan"
    assert found.differences[name][0].mean == pytest.approx(1000)


def test_variants_are_those_of_one_file(tmp_path):
    """Of several files only the files are compared."""
    files = [written(tmp_path, with_variants()), written(tmp_path, hand_line(), "ander")]
    assert list(side_by_side(files, variants=False).differences) == ["ander"]
    assert [problem.code for problem in refused(files, True)] == ["compare-variants-of-one"]


@pytest.mark.parametrize("variants", [True, False])
def test_a_file_alone_has_nothing_beside_it(tmp_path, variants):
    """Without variants."""
    (problem,) = refused([written(tmp_path, hand_line())], variants)
    assert problem.code == "compare-alone"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"basis__first_year": 2027}, ["compare-first-year"]),
        ({"basis__years": 2, "activities__volume": 1}, ["compare-years"]),
        ({"basis__price_year": 2023}, ["compare-prices"]),
        ({"basis__first_year": 2027, "basis__price_year": 2023},
         ["compare-first-year", "compare-prices"]),
    ],
)  # fmt: skip
def test_euros_of_another_kind_are_not_compared(tmp_path, changes, codes):
    """All reasons at once, with both values."""
    other = written(tmp_path, hand_line(**changes), "ander")
    problems = refused([written(tmp_path, hand_line()), other])
    assert [problem.code for problem in problems] == codes
    for problem in problems:
        assert (problem.facts["base"], problem.facts["other"]) == ("plan", "ander")
        assert problem.facts["in_base"] != problem.facts["in_other"]


@pytest.mark.parametrize("result", ["bogus", "gemeente:hard@..1999", "gemeente:zacht"])
def test_a_result_that_nobody_has(tmp_path, result):
    """Said before anything is reckoned."""
    files = [written(tmp_path, hand_line()), written(tmp_path, hand_line(), "ander")]
    assert refused(files, result=result)[0].code == "result-unknown"


def test_a_payer_that_only_the_other_has(tmp_path):
    """It has nothing in the base."""
    other = hand_line(outcomes__rate=RATE)
    other["payers"] = [{"id": "fonds", "name": "Fonds", "public": "false"}]
    other["investment"][0]["payer"] = "fonds"
    files = [written(tmp_path, hand_line()), written(tmp_path, other, "ander")]
    found = side_by_side(files, variants=False, result="fonds")
    (one,) = found.differences["ander"]
    assert (one.base, one.other, one.mean) == pytest.approx((0, -4000, -4000))


def test_a_ladder_beside_the_line_of_as_many_years(tmp_path):
    """Nothing is shared but the years: all of it is structure."""
    line = hand_line(basis__years=2, activities__volume=1)
    files = [written(tmp_path, uncertain_ladder()), written(tmp_path, line, "lijn")]
    found = side_by_side(files, variants=False)
    why = found.explanations["lijn"]
    inputs = sum(one.change for one in why.inputs)
    assert why.base + inputs + why.interaction + why.structure == pytest.approx(why.other)
    assert {one.name for one in found.differences["lijn"][0].lines} == {
        "care_ladder.ladder.licht", "care_ladder.ladder.zwaar", "investment.inzet",
        "outcomes.verandering",
    }  # fmt: skip

"""Sizes held against each other: what cannot be is an error, what is odd is pointed out."""

import math
from pathlib import Path

import pytest
import yaml
from quick_yaml import BaseLoader

from sroi import shipped
from sroi.inputs.files.scenario_file import check_file
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.rules.plausible import least
from sroi.problems import Problem

ELDERLY = shipped.folder("scenarios") / "voorbeeldstad-ouderen.yaml"
CODES = {
    "people-too-many", "volume-impossible", "volume-odd", "rate-impossible", "rate-beyond-a-year",
    "price-negative", "price-unlike-library", "investment-none", "first-year-far",
}  # fmt: skip


def found(folder: Path, **changes: object) -> list[Problem]:
    """What these rules say of the scenario for older people with something changed by its path."""
    data = yaml.load(ELDERLY.read_text("utf-8"), BaseLoader)
    for path, value in changes.items():
        part, *steps = data, *path.split("__")
        for step in steps[:-1]:
            part = part[int(step)] if isinstance(part, list) else part[step]
        part[steps[-1]] = value
    file = folder / "plan.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return [problem for problem in check_file(file) if problem.code in CODES]


def said(folder: Path, **changes: object) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in found(folder, **changes)]


def test_the_example_is_plausible(tmp_path):
    assert said(tmp_path) == []


@pytest.mark.parametrize(
    ("volume", "expected"),
    [
        ("20_000_000", [("volume-impossible", "error")]),  # 23,529 times for each of 850 people
        ("7_466_401", [("volume-impossible", "error")]),
        ("7_466_400", [("volume-odd", "warning")]),  # 8,784 × 850: once each hour
        ("850_001", [("volume-odd", "warning")]),
        ("850_000", []),
        ({"low": "5", "best": "6_000_000", "high": "9_000_000", "because": "x"},
         [("volume-odd", "warning")]),
    ],
)  # fmt: skip
def test_visits_are_held_against_the_people_who_are_reached(tmp_path, volume, expected):
    """An uncertain number is impossible where its lowest is."""
    assert said(tmp_path, activities__0__volume=volume) == expected


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("8_784", []),
        ("8_785", [("rate-beyond-a-year", "warning")]),
        ("-8_785", [("rate-beyond-a-year", "warning")]),
        ("87_841", [("rate-impossible", "error")]),
    ],
)
def test_hours_are_held_against_a_year(tmp_path, rate, expected):
    """More of them than a year has is possible for a household, ten times as many is not."""
    data = yaml.load(ELDERLY.read_text("utf-8"), BaseLoader)
    place = next(
        n for n, one in enumerate(data["outcomes"]) if one["id"] == "later-hulp-huishouden"
    )
    changes = {f"outcomes__{place}__rate": rate, "variants": {}}
    assert said(tmp_path, **changes) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [("2039", []), ("2040", ["first-year-far"]), ("2008", ["first-year-far"])],
)
def test_the_first_year_is_near_the_prices(tmp_path, year, expected):
    """Those of the example are of 2024."""
    assert [code for code, _ in said(tmp_path, basis__first_year=year)] == expected


def test_benefits_without_investment_are_pointed_out(tmp_path):
    assert said(tmp_path, investment=[], variants={}) == [("investment-none", "warning")]


@pytest.mark.parametrize(
    ("written", "middle", "smallest"),
    [
        ("3", 3, 3),
        ("-3", -3, 3),
        ({"low": "1", "best": "2", "high": "5"}, 2, 1),
        ({"low": "-5", "best": "-2", "high": "-1"}, -2, 1),
        ({"low": "-5", "best": "2", "high": "6"}, 2, 0),
        ({"uniform": ["2", "6"]}, 4, 2),
        ({"normal": {"mean": "7", "sd": "1"}}, 7, 0),
        ({"normal": {"p5": "6", "p95": "8"}}, 7, 0),
        ({"lognormal": {"median": "9", "sd_log": "1"}}, 9, 0),
        ({"gamma": {"mean": "4", "cv": "1"}}, 4 * math.log(2), 0),
        ({"beta": {"yes": "4", "no": "6"}}, 4.5 / 11, 0),
    ],
)
def test_the_middle_and_the_smallest_of_a_quantity(written, middle, smallest):
    """Of every form."""
    quantity = Quantity.model_validate(written)
    assert quantity.middle == pytest.approx(middle)
    assert least(quantity) == smallest

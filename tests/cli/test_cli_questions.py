"""The commands that question a scenario: what they print, what they keep when somebody stops them,
and what they refuse."""

import csv
import io
import json
import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import Done, written
from told_by_hand import hand_line, two_quantities, uncertain_ladder, with_variants

PAIR = ("outcomes.verandering.rate", "investment.inzet.per_year")
PARTS = ("swings", "break_even", "conditional", "highest_price", "worth", "given_data", "agenda",
         "counting", "indices", "themes")  # fmt: skip


@pytest.fixture
def sroi(sroi) -> Callable[..., Done]:
    """A command that is asked for in a language, and warns of nothing."""

    def run(*arguments: object, lang: str = "nl") -> Done:
        done = sroi(*arguments, lang=lang)
        assert "Warning" not in done.all
        return done

    return run


@pytest.fixture
def plan(tmp_path) -> Path:
    """The line with two quantities that are not certain."""
    return written(tmp_path, two_quantities())


def numbers(part: Any) -> Iterator[float]:
    """Every number in data."""
    if isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from numbers(inner)
    elif isinstance(part, float):
        yield part


def rows(path: Path, separator: str) -> list[dict[str, str]]:
    """A file as a spreadsheet reads it."""
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


# what goes well


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", ("Het saldo voor de samenleving", "Rangcorrelatie", "Omslagpunt")),
     ("en", ("The balance for society", "Rank", "Turning"))],
)  # fmt: skip
def test_sensitivity_in_the_terminal(sroi, plan, lang, words):
    """On standard output alone."""
    done = sroi("sensitivity", plan, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert [word for word in words if word not in done.out] == []


def test_sensitivity_as_json_is_json_and_nothing_else(sroi, plan):
    """With every part, and only numbers that are finite, or null."""
    done = sroi("sensitivity", plan, "--json")
    data = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert [name for name in data if name in PARTS] == list(PARTS)
    assert data["stopped"] is False
    assert all(map(math.isfinite, numbers(data)))


def test_sensitivity_writes_files_beside_its_json(sroi, plan, tmp_path):
    """It says which, on standard error; the numbers are those of the data."""
    done = sroi("sensitivity", plan, "--json", "--csv", tmp_path / "csv")
    data = json.loads(done.out)
    files = sorted(path.name for path in (tmp_path / "csv").iterdir())
    assert sorted(Path(line.split(": ")[1]).name for line in done.err.splitlines()) == files
    found = rows(tmp_path / "csv" / "swings.csv", ";")
    assert [float(row["at_low"].replace(",", ".")) for row in found] == [
        swing["at_low"] for swing in data["swings"]
    ]


def test_the_files_are_in_the_style_of_the_language(sroi, plan, tmp_path):
    """English ones have commas and points."""
    sroi("sensitivity", plan, "--lang", "en", "--csv", tmp_path / "csv")
    (first, *_) = rows(tmp_path / "csv" / "break_even.csv", ",")
    assert float(first["value"]) == pytest.approx(4)


@pytest.mark.parametrize(
    ("options", "central", "threshold"),
    [
        ((), 2000, 0),
        (("--threshold", "500"), 2000, 500),
        (("-r", "ratio"), 1.5, 1),
        (("--result", "gemeente:hard@..2026"), -400, 0),
        (("--variant", "zuinig"), 3000, 0),
    ],
)
def test_sensitivity_of_what_was_asked(sroi, tmp_path, options, central, threshold):
    """Another result, another threshold, or a variant."""
    data = json.loads(
        sroi("sensitivity", written(tmp_path, with_variants()), "--json", *options).out
    )
    assert data["central"] == pytest.approx(central)
    assert data["threshold"] == threshold
    assert data["variant"] == ("zuinig" if "--variant" in options else None)


def test_a_threshold_moves_the_turning_point(sroi, plan):
    """A balance of 500 needs a rate of 4.5."""
    data = json.loads(sroi("sensitivity", plan, "--threshold", "500", "--json").out)
    (value,) = [one["value"] for one in data["break_even"] if one["path"] == PAIR[0]]
    assert value == pytest.approx(4.5)


def test_a_pair_has_a_curve(sroi, plan):
    """The rate at which an investment of so much just pays."""
    data = json.loads(sroi("sensitivity", plan, "--pair", *PAIR[::-1], "--json").out)
    assert (data["curve"]["first"], data["curve"]["second"]) == PAIR[::-1]
    pairs = zip(data["curve"]["values"], data["curve"]["break_even"], strict=True)
    assert [rate for _, rate in pairs] == pytest.approx([x / 1000 for x in data["curve"]["values"]])
    assert "Verandering: effect" in sroi("sensitivity", plan, "--pair", *PAIR).out


@pytest.mark.parametrize("scenario", [uncertain_ladder, lambda: hand_line() | {"investment": []}])
def test_sensitivity_of_other_scenarios(sroi, tmp_path, scenario):
    """With a ladder, or without anything that is paid."""
    done = sroi("sensitivity", written(tmp_path, scenario()), "--json")
    assert done.code == 0
    assert all(map(math.isfinite, numbers(json.loads(done.out))))


# stopped half-way


@pytest.fixture
def stopped(monkeypatch):
    """Somebody presses Ctrl-C while the agenda is made."""

    def press(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sroi.analysis.valuation.sensitivity.agenda", press)


@pytest.mark.usefixtures("stopped")
def test_what_was_done_is_kept_as_data(sroi, plan, tmp_path):
    """It says that it is not everything; the files are those of what was done."""
    done = sroi("sensitivity", plan, "--json", "--csv", tmp_path / "csv")
    data = json.loads(done.out)
    assert data["stopped"] is True
    assert [name for name in data if name in PARTS] == list(PARTS[:6])
    assert {path.stem for path in (tmp_path / "csv").iterdir()} == {
        "swings", "break_even", "conditional", "highest_price", "given_data", "checks",
    }  # fmt: skip


@pytest.mark.usefixtures("stopped")
@pytest.mark.parametrize(("lang", "word"), [("nl", "Gestopt"), ("en", "Stopped")])
def test_what_was_done_is_shown(sroi, plan, lang, word):
    """And that somebody stopped it."""
    done = sroi("sensitivity", plan, "--lang", lang)
    assert done.code == 0
    assert "PAWN" in done.out
    assert word in done.out.strip().splitlines()[-1]


def test_stopped_before_there_was_anything(sroi, plan, monkeypatch):
    """While the draws are made: nothing is shown, and the exit code is that of a stop."""

    def press(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sroi.analysis.valuation.valuation.value", press)
    assert sroi("sensitivity", plan) == (130, "", "")


# what is refused


@pytest.mark.parametrize(
    ("options", "nl", "en"),
    [
        (("-r", "bogus"), "is er niet", "There is no result"),
        (("-r", "gemeente:hard@..1999"), "is er niet", "There is no result"),
        (("-r", "gemeente:zacht"), "is er niet", "There is no result"),
        (("--pair", "a", PAIR[0]), "geen aanname met het pad", "no assumption with the path"),
        (("--pair", PAIR[0], "investment.inzet.per_yaer"), PAIR[1], PAIR[1]),
        (("--threshold", "nan"), "--threshold", "--threshold"),
        (("--threshold", "inf"), "--threshold", "--threshold"),
        (("--threshold", "veel"), "--threshold", "--threshold"),
        (("--pair", PAIR[0]), "--pair", "--pair"),
        (("--variant", "weg"), "weg", "weg"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_a_question_that_cannot_be_asked(sroi, plan, options, nl, en):
    """Exit code 2 and a sentence in both languages; nothing on standard output, also as data."""
    for lang, words in (("nl", nl), ("en", en)):
        done = sroi("sensitivity", plan, "--json", *options, lang=lang)
        assert (done.code, done.out) == (2, "")
        assert words in " ".join(done.err.split())


@pytest.mark.parametrize(
    "change", [{"investment": []}, {"investment": [{"id": "inzet", "what": "Inzet",
                                                    "payer": "gemeente", "per_year": 0}]}]
)  # fmt: skip
def test_a_ratio_without_investment(sroi, tmp_path, change):
    """Neither without a line nor with one of nothing."""
    done = sroi("sensitivity", written(tmp_path, hand_line() | change), "-r", "ratio")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("ratio-without-investment")


@pytest.mark.skipif(os.name != "posix", reason="no such place")
def test_files_that_cannot_be_written(sroi, plan):
    """The numbers are not shown as if all went well."""
    done = sroi("sensitivity", plan, "--csv", plan / "csv")
    assert (done.code, done.out) == (2, "")
    assert "output-unwritable" in done.err


# side by side


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", ("Vergeleken op", "dubbel")), ("en", ("Compared on", "dubbel"))]
)
def test_compare_in_the_terminal(sroi, tmp_path, lang, words):
    """A scenario with its variants, in a language."""
    done = sroi("compare", written(tmp_path, with_variants()), "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert [word for word in words if word not in done.out] == []


def test_compare_as_json_is_json_and_nothing_else(sroi, tmp_path):
    """Also with files written beside it."""
    plan = written(tmp_path, with_variants())
    done = sroi("compare", plan, "--variants", "--json", "--csv", tmp_path / "csv")
    data = json.loads(done.out)
    assert list(data["differences"]) == ["dubbel", "zuinig", "zelfde"]
    assert all(map(math.isfinite, numbers(data)))
    found = rows(tmp_path / "csv" / "differences.csv", ";")
    assert [row["model"] for row in found[::2]] == ["dubbel", "zuinig", "zelfde"]
    assert done.err.count("Geschreven: ") == len(list((tmp_path / "csv").iterdir()))


def test_compare_files_on_a_result(sroi, tmp_path):
    """1,000 less to pay is 1,000 more in the purse."""
    files = [written(tmp_path, hand_line(investment__per_year=amount), f"{amount}.yaml")
             for amount in (4000, 3000)]  # fmt: skip
    data = json.loads(sroi("compare", *files, "-r", "gemeente:hard", "--json").out)
    (one,) = data["differences"]["3000"]
    assert one["mean"] == pytest.approx(1000)
    (swap,) = data["explanations"]["3000"]["inputs"]
    assert (swap["path"], swap["change"]) == ("investment.inzet.per_year", pytest.approx(1000))


@pytest.mark.parametrize(
    ("change", "nl", "en"),
    [
        ({"basis__first_year": 2027}, "begint in 2027", "begins in 2027"),
        ({"basis__years": 2, "activities__volume": 1}, "loopt 2 jaar", "2 years"),
        ({"basis__price_year": 2023}, "prijzen van 2023", "prices of 2023"),
    ],
)
def test_scenarios_that_cannot_be_compared(sroi, plan, tmp_path, change, nl, en):
    """Exit code 2 and why, in both languages."""
    other = written(tmp_path, hand_line(**change), "ander.yaml")
    for lang, words in (("nl", nl), ("en", en)):
        done = sroi("compare", plan, other, "--json", lang=lang)
        assert (done.code, done.out) == (2, "")
        assert words in " ".join(done.err.split())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "usage"),
        (("plan.yaml",), "compare-alone"),
        (("plan.yaml", "--variants"), "compare-alone"),
        (("plan.yaml", "plan.yaml", "--variants"), "compare-variants-of-one"),
        (("weg.yaml",), "file-missing"),
        (("plan.yaml", "weg.yaml"), "file-missing"),
        (("plan.yaml", "plan.yaml", "-r", "bogus"), "result-unknown"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else part,
)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_comparison_that_cannot_be_made(sroi, plan, arguments, code, lang):
    """Exit code 2, and a sentence."""
    done = sroi("compare", *arguments, lang=lang)
    assert (done.code, done.out) == (2, "")
    assert code in done.err.split("\n")[0]


# draws until it is precise


def test_run_draws_on_until_it_is_precise(sroi, plan):
    """As many as it took are told; fewer were not enough."""
    rough, fine = (
        json.loads(sroi("run", plan, "--json", "--precision", error).out)
        for error in ("1", "0.0005")
    )
    assert rough["draws"] == 256
    assert fine["draws"] > 256
    assert fine["expected"]["standard_error"]["sroi_ratio"] <= 0.0005
    assert rough["expected"]["standard_error"]["sroi_ratio"] > 0.0005


@pytest.mark.parametrize("precision", ["0", "-1", "veel", "nan", "2"])
def test_a_precision_that_cannot_be(sroi, plan, precision):
    """Exit code 2, and nothing is drawn."""
    done = sroi("run", plan, "--precision", precision)
    assert (done.code, done.out) == (2, "")
    assert "--precision" in done.err


# every draw in a file


@pytest.mark.parametrize("variant", ["", "zuinig"])
def test_run_writes_every_draw(sroi, tmp_path, variant):
    """Their mean is the expected value of the same run, also of a variant."""
    file = written(tmp_path, two_quantities() | {"variants": with_variants()["variants"]})
    options = ["--variant", variant] if variant else []
    done = sroi("run", file, "--json", "--draws-to", "d.csv", *options)
    data, drawn = json.loads(done.out), rows(tmp_path / "d.csv", ",")
    assert (done.code, len(drawn)) == (0, data["draws"])
    assert PAIR[0] in drawn[0]
    for column, value in (
        ("society.net_present_value", data["expected"]["net_present_value"]),
        ("society.benefits", data["expected"]["benefits"]),
    ):
        mean = sum(float(row[column]) for row in drawn) / len(drawn)
        assert mean == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_draws_in_another_kind_of_file(sroi, plan, lang):
    """Refused before anything is drawn, with what can be had."""
    done = sroi("run", plan, "--draws-to", "d.xlsx", lang=lang)
    assert (done.code, done.out) == (2, "")
    assert "output-kind" in done.err
    assert ".parquet, .csv" in done.err

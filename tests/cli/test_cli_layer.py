"""The layer of an organisation from the command line: filled, merged, and used by every command."""

import json
import os
from pathlib import Path

import openpyxl
import pytest
from reviews import CONTRACT, OWN, contents, fill
from valuations import example_file

from sroi import shipped
from sroi.analysis.valuation.weight import weights
from sroi.inputs.files.chosen_library import CHOICE, shipped_library
from sroi.inputs.files.scenario_file import load
from sroi.inputs.library.used_library import as_text
from sroi.inputs.review.own_price_sheet import HEADINGS
from sroi.inputs.scenario.assumptions import used_proxies

ANSWER = {"verdict": "akkoord", "reviewer": "A. Toetser", "on": "2026-03-01"}
PRICE = "ziekenhuisdag"
CORRECTED = ANSWER | {"verdict": "corrigeren", "value": 700, "place": "tabel 4, p. 57"}


@pytest.fixture
def installed(monkeypatch, tmp_path) -> Path:
    """As in a package, in an empty home; where the layer of its user will be."""
    for name in ("proxies", "scenarios", "templates"):
        (tmp_path / "package").mkdir(exist_ok=True)
        (tmp_path / "package" / name).symlink_to(shipped.folder(name).absolute())
    monkeypatch.setattr(shipped, "INSTALLED", tmp_path / "package")
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path / "home/sroi")
    monkeypatch.delenv(CHOICE)
    return tmp_path / "home" / "sroi" / "prices.yaml"


def answered(sroi, name: str, answers: dict, *more: object) -> str:
    """A sheet that went out and was filled in."""
    done = sroi("proxies", "export", name, example_file(), "--used", "--lang", "nl", *more)
    assert done.code == 0, done.err
    book = openpyxl.load_workbook(name)
    fill(book, answers)
    book.save(name)
    return name


def test_only_what_a_scenario_uses(sroi):
    """The heaviest first."""
    answered(sroi, "blad.xlsx", {})
    rows = openpyxl.load_workbook("blad.xlsx").worksheets[0].iter_rows(min_row=2, values_only=True)
    loaded = load(example_file())
    others = [load(example_file(), name) for name in loaded.variants]
    used = {key for one in (loaded, *others) for key in used_proxies(one.scenario)}
    found = [row[0] for row in rows]
    assert set(found) == used & set(shipped_library().proxies)
    share = {one.price: one.present for one in weights([loaded])}
    order = [share.get(key, 0) for key in found]
    assert order == sorted(order, reverse=True)
    assert order[0] > 0


def test_used_by_what(sroi):
    """Without a scenario nothing is used: that is said."""
    done = sroi("proxies", "export", "blad.xlsx", "--used")
    assert (done.code, done.err.partition("\n")[0]) == (2, "export-used")


def test_a_review_in_an_installed_package(sroi, installed):
    """Goes into the layer of the user, which every command then uses; the package stays."""
    before = contents(shipped.folder("proxies"))
    done = sroi("proxies", "import", answered(sroi, "blad.xlsx", {PRICE: CORRECTED}), "--yes")
    assert (done.code, done.err) == (0, "")
    assert "waarde: 644 → 700" in done.out
    assert str(installed) in done.out
    assert contents(shipped.folder("proxies")) == before
    told = json.loads(sroi("proxies", "list", "--search", PRICE, "--json").out)
    assert [one["review"]["by"] for one in told if one["id"] == PRICE] == ["A. Toetser"]
    assert "€ 700" in sroi("proxies", "show", PRICE, "--lang", "nl").out.replace("\u00a0", " ")
    checked = sroi("proxies", "check", example_file(), "--json")
    assert not any(f'"{PRICE}"' in one["message"] and one["code"] == "review-missing"
                   for one in json.loads(checked.out))  # fmt: skip
    with_it, without = (
        json.loads(sroi("run", example_file(), "--json", *choice).out)
        for choice in ([], ["--library", "none"])
    )
    assert with_it["expected"] != without["expected"]


def test_which_layer_is_used_is_said(sroi, installed):
    """Beside the answers, and nothing is said without one."""
    sroi("proxies", "import", answered(sroi, "blad.xlsx", {PRICE: ANSWER}), "--yes")
    assert f"met de eigen laag {installed}" in sroi("run", example_file()).err.replace("\n", " ")
    assert "eigen laag" not in sroi("run", example_file(), "--library", "none").err


def test_no_is_no(sroi, installed, monkeypatch):
    """What changes is shown and asked about before it is written."""
    sheet = answered(sroi, "blad.xlsx", {PRICE: ANSWER})
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: PTH123, SIM115
    assert sroi("proxies", "import", sheet).code == 130
    Path("nee").write_text("n\n")
    monkeypatch.setattr("sys.stdin", Path("nee").open())  # noqa: SIM115
    done = sroi("proxies", "import", sheet)
    assert (done.code, "Er is niets veranderd" in done.out) == (0, True)
    assert not installed.exists()


def test_two_reviewers(sroi):
    """A second sheet of the same day, and a layer that was mailed: told, and nothing lost."""
    first = answered(sroi, "een.xlsx", {PRICE: CORRECTED})
    later = {PRICE: ANSWER | {"reviewer": "B. Toetser", "on": "2026-03-05"}}
    second = answered(sroi, "twee.xlsx", later)
    for sheet, layer in ((first, "een.yaml"), (second, "twee.yaml")):
        done = sroi("proxies", "import", sheet, "--library", layer, "--yes")
        assert (done.code, f"--library {Path(layer).absolute()}" in done.out) == (0, True)
    done = sroi("proxies", "merge", "twee.yaml", "--library", "een.yaml", "--yes", "--lang", "nl")
    assert done.code == 0
    assert "B. Toetser op 2026-03-05" in done.out
    assert "zijn twee mensen het niet eens" in done.out
    assert "A. Toetser" in Path("een.yaml").read_text("utf-8")
    done = sroi("proxies", "merge", "twee.yaml", "--library", "een.yaml")
    assert (done.code, "staat niets dat niet al" in done.out) == (0, True)
    warned = json.loads(sroi("check", example_file(), "--library", "een.yaml", "--json").out)
    assert "layer-reviews-differ" in [one["code"] for one in warned]
    done = sroi("proxies", "import", first, "--library", "twee.yaml", "--yes", "--lang", "nl")
    assert (done.code, "zijn twee mensen het niet eens" in done.out) == (0, True)


def test_a_review_of_an_older_version(sroi):
    """The price has another amount now: the review does not count, and that is told."""
    sroi(
        "proxies",
        "import",
        answered(sroi, "blad.xlsx", {PRICE: CORRECTED}),
        "-y",
        "--library",
        "a.yaml",
    )
    text = Path("a.yaml").read_text("utf-8")
    assert text.count("value.best: 644") == 1
    Path("a.yaml").write_text(text.replace("value.best: 644", "value.best: 600"), encoding="utf-8")
    for command in (["check"], ["proxies", "check"]):
        told = json.loads(sroi(*command, example_file(), "--library", "a.yaml", "--json").out)
        assert "layer-review-stale" in [one["code"] for one in told]
    text = text.replace(f"price: {PRICE}", "price: weg")
    Path("a.yaml").write_text(text, encoding="utf-8")
    told = json.loads(sroi("proxies", "check", example_file(), "--library", "a.yaml", "--json").out)
    assert "layer-price-gone" in [one["code"] for one in told]
    assert sroi("run", example_file(), "--library", "a.yaml", "--draws", 16).code == 0


OURS = {
    "name": "Uur volgens ons contract", "value": 70, "unit": "EUR/uur", "price_year": 2025,
    "payers": "gemeente", "cash": "hard", "cost_concept": "tarief",
    "source": "Contract (verzonnen)", "place": "bijlage 2", "evidence": "B",
    "provenance": "bij de bron gelezen", "reviewer": "Controller (fictief)", "on": "2026-02-01",
}  # fmt: skip


def with_own_price(sheet: str, **changed: object) -> str:
    """A sheet in which somebody also filled in a price of their own."""
    book = openpyxl.load_workbook(sheet)
    page = book["Eigen prijzen"]
    at = {cell.value: cell.column for cell in page[1]}
    for name, value in (OURS | changed).items():
        page.cell(2, at[HEADINGS[name]["nl"]]).value = value
    book.save(sheet)
    return sheet


def test_an_own_price_without_typing_yaml(sroi):
    """From the sheet into the layer, with its source; and a scenario can use it."""
    sheet = with_own_price(answered(sroi, "blad.xlsx", {PRICE: ANSWER}))
    done = sroi("proxies", "import", sheet, "--library", "a.yaml", "--yes", "--lang", "nl")
    assert (done.code, done.err) == (0, "")
    assert "1 × controle en 1 × eigen prijs" in done.out
    assert "proxy: uur-volgens-ons-contract" in done.out
    shown = sroi(
        "proxies", "show", "uur-volgens-ons-contract", "--library", "a.yaml", "--lang", "nl"
    )
    assert "Contract (verzonnen)" in shown.out
    text = example_file().read_text("utf-8")
    assert "proxy: begeleiding-uur" in text
    own = text.replace("proxy: begeleiding-uur", "proxy: uur-volgens-ons-contract")
    Path("eigen.yaml").write_text(own, encoding="utf-8")
    done = sroi("run", "eigen.yaml", "--draws", 16, "--json", "--library", "a.yaml")
    assert json.loads(done.out)["layer"]["own"] == ["uur-volgens-ons-contract"]


def test_reviews_and_own_prices_are_taken_together_or_not_at_all(sroi):
    """What is wrong on either sheet is told at once."""
    sheet = answered(sroi, "blad.xlsx", {PRICE: ANSWER | {"on": "gisteren"}})
    with_own_price(sheet, unit="")
    done = sroi("proxies", "import", sheet, "--library", "a.yaml", "--yes", "--lang", "nl")
    assert done.code == 2
    assert "review-date" in done.err
    assert "Cel Eigen prijzen!G2" in done.err
    assert not Path("a.yaml").exists()


def test_an_own_price_is_not_put_into_the_library_itself(sroi, tmp_path):
    """It has a layer of its own."""
    folder = tmp_path / "map"
    folder.mkdir()
    for path in shipped.folder("proxies").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    done = sroi("proxies", "export", "blad.xlsx", "--lang", "nl")
    done = sroi("proxies", "import", with_own_price("blad.xlsx"), "--folder", folder, "--yes")
    assert (done.code, done.err.split()[1]) == (2, "review-own-folder")


def test_own_prices_are_listed(sroi):
    """With those of the library, and looked at with them."""
    layer = as_text({"proxies": [OWN], "sources": [CONTRACT]}, "Laag")
    Path("laag.yaml").write_text(layer, encoding="utf-8")
    assert "eigen-uur" in sroi("proxies", "list", "--theme", "own", "--library", "laag.yaml").out
    told = json.loads(sroi("proxies", "check", "--library", "laag.yaml", "--json").out)
    assert any("eigen-uur" in one["message"] for one in told)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["run", "FILE", "--library", "weg.yaml"], "file-missing"),
        (["check", "FILE", "--library", "plan.yaml"], "field-unknown"),
        (["proxies", "merge", "weg.yaml", "--library", "laag.yaml"], "file-missing"),
        (["proxies", "merge", "plan.yaml", "--library", "laag.yaml"], "field-unknown"),
        (["proxies", "merge", "plan.yaml", "--library", "none"], "layer-none"),
        (["proxies", "import", "b.xlsx", "--folder", "x", "--library", "y"], "layer-and-folder"),
    ],
)
def test_what_cannot_be_done_is_said(sroi, arguments, what):
    """Exit code 2."""
    Path("plan.yaml").write_text("scenario: x\n", encoding="utf-8")
    done = sroi(*(example_file() if one == "FILE" else one for one in arguments))
    assert done.code == 2
    assert what in done.err + done.out


def test_nowhere_to_write(sroi, installed):
    """An installed package and no layer wanted."""
    sheet = answered(sroi, "blad.xlsx", {PRICE: ANSWER})
    done = sroi("proxies", "import", sheet, "--library", "none", "--yes")
    assert (done.code, done.err.partition("\n")[0]) == (2, "layer-none")


def test_the_results_name_the_layer(sroi):
    """And who looked at the prices; with `none` there is none."""
    layer = answered(sroi, "blad.xlsx", {PRICE: CORRECTED})
    assert sroi("proxies", "import", layer, "--library", "a.yaml", "--yes").code == 0
    run = ["run", example_file(), "--draws", 16, "--json", "--csv", "tabellen", "--library"]
    told = json.loads(sroi(*run, "a.yaml").out)
    assert told["layer"]["prices"] == [PRICE]
    (price,) = [one for one in told["prices"] if one["price"] == PRICE]
    assert (price["review"]["by"], price["changes"][0]["now"]) == ("A. Toetser", "700")
    assert "A. Toetser" in Path("tabellen/prices.csv").read_text("utf-8-sig")
    assert json.loads(sroi(*run, "none").out)["layer"] is None


@pytest.mark.parametrize(("lang", "says"), [("nl", "Kies een van de twee"), ("en", "Choose one")])
def test_a_report_is_not_both_of_one_page_and_of_eight(sroi, lang, says):
    """It is said, and nothing is made."""
    done = sroi("report", example_file(), "--summary", "--short", "--lang", lang, "-o", "a.pdf")
    assert (done.code, done.err.partition("\n")[0]) == (2, "usage-summary-and-short")
    assert not Path("a.pdf").exists()

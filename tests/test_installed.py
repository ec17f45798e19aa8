"""The whole way to a tender with the built wheel, in an empty home and away from the checkout."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdf
import pytest
from commands import Done

ROOT = Path(__file__).parents[1]
OURS = {
    "naam": "Begeleiding volgens ons contract", "waarde": 71.25, "eenheid": "EUR/uur",
    "prijsjaar": 2026, "prijsindex": "vng-mix", "wie betaalt": "Gemeente", "soort geld": "hard",
    "soort prijs": "tarief", "bron": "Contract begeleiding (verzonnen)", "graad": "B",
    "plaats in de bron": "bijlage 2", "hoe bekend": "bij de bron gelezen",
    "gecontroleerd door": "Lector (fictief)", "datum": "2026-03-01",
}  # fmt: skip
REST = """
indices:
  cpi: {2026: 3.1%, 2027: 2.4%, because: Raming bij onze begroting (verzonnen).}
  vng-mix: {2026: 4.5%, 2027: 4%, because: Raming bij onze begroting (verzonnen).}
experience:
  because: Wie meedeed en wilde praten.
  interviews: {client: 12}
checks:
  - {by: Controller (fictief), on: 2026-02-01, what: De prijzen en de aantallen.}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """What the wheel installs."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--quiet", "--no-isolation", "--wheel"]
    subprocess.run([*build, "--outdir", folder, ROOT], check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def at_home(site: Path, home: Path) -> Callable[..., Done]:
    """Run a command as somebody with an empty home of their own."""
    (home / "werk").mkdir(parents=True)
    ours = ("SROI_", "XDG_", "PYTHON", "HOME", "APPDATA", "LOCALAPPDATA", "USERPROFILE")
    kept = {name: told for name, told in os.environ.items() if not name.startswith(ours)}
    places = dict.fromkeys(("HOME", "APPDATA", "LOCALAPPDATA", "USERPROFILE"), str(home))
    environment = kept | places | {"PYTHONPATH": str(site), "PYTHONUTF8": "1"}

    def run(*arguments: object) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "sroi", *map(str, arguments)], cwd=home / "werk",
            env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300,
        )  # fmt: skip
        assert "Traceback" not in done.stdout + done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    return run


def own_texts(scenario: Path) -> None:
    """The examples replaced, and what a new scenario lacks filled in; with few draws."""
    text = scenario.read_text("utf-8")
    text = text.replace("Voorbeeld: vervang dit", "Onze eigen tekst")
    text = text.replace("Example: replace this", "Our own text")
    text = text.replace("draws: 65536", "draws: 1024")
    assert text.count("  price_year: 2024\n  #") == 1
    text = text.replace("  price_year: 2024\n  #", "  price_year: 2027\n  #")
    scenario.write_text(text + REST, encoding="utf-8")


def all_agreed(
    sheet: Path, by: str = "Lector (fictief)", amount: float = 66, own: bool = False
) -> None:
    """Every price looked at; of one the amount was another one; and perhaps an own price."""
    book = openpyxl.load_workbook(sheet)
    if own:
        extra = book["Eigen prijzen"]
        columns = {cell.value: cell.column for cell in extra[1]}
        for heading, value in (OURS | {"gecontroleerd door": by}).items():
            extra.cell(2, columns[heading]).value = value
    page = book.worksheets[0]
    at = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        answer: dict[str, object] = {"oordeel": "akkoord", "gecontroleerd door": by}
        answer |= {"datum": "2026-03-01"}
        if page.cell(row, at["id"]).value == "begeleiding-uur":
            answer |= {"oordeel": "corrigeren", "waarde wordt": amount}
            answer |= {"plaats in de bron wordt": "tabel 4"}
        for heading, value in answer.items():
            page.cell(row, at[heading]).value = value
    book.save(sheet)


def text_of(report: Path) -> str:
    """All words in a PDF, on one line."""
    told = "\n".join(page.extract_text() for page in pypdf.PdfReader(report).pages)
    return " ".join(told.split())


def test_from_new_to_a_report_for_a_tender(site, tmp_path):
    """Refused until somebody looked at the prices that are used; then right, also elsewhere."""
    here, work = at_home(site, tmp_path / "hier"), tmp_path / "hier" / "werk"
    elsewhere = at_home(site, tmp_path / "elders")
    assert here("new", "plan", "--lang", "nl", "--first-year", 2027).code == 0
    own_texts(work / "plan.yaml")
    refused = here("report", "plan.yaml", "--tender")
    assert (refused.code, refused.err.count("tender-")) == (2, 1)
    assert "tender-price-unchecked" in refused.err

    assert here("proxies", "export", "blad.xlsx", "plan.yaml", "--used").code == 0
    all_agreed(work / "blad.xlsx")
    done = here("proxies", "import", "blad.xlsx", "--yes")
    assert (done.code, done.err) == (0, "")
    layers = list((tmp_path / "hier").rglob("prices.yaml"))
    assert [str(path) in done.out for path in layers] == [True]

    done = here("report", "plan.yaml", "--tender", "--html")
    assert done.code == 0, done.err
    told = text_of(work / "plan.pdf")
    assert "Concept" not in told
    assert "Lector (fictief)" in told
    assert "64 → 66" in told
    assert "Van dit scenario zelf: 2026 (3,1%) en 2027 (2,4%)" in told

    verdict = elsewhere("verify", work / "plan.pdf")
    assert verdict.code == 0, verdict.out
    assert "64 in de bibliotheek, 66 volgens Lector (fictief), op 2026-03-01" in verdict.out
    refused = elsewhere("report", work / "plan.yaml", "--tender", "-o", "plan.pdf")
    assert (refused.code, "tender-price-unchecked" in refused.err) == (2, True)
    mailed = ["--library", layers[0]]
    done = elsewhere("report", work / "plan.yaml", "--tender", "-o", "plan.html", *mailed)
    assert done.code == 0, done.err
    assert (tmp_path / "elders/werk/plan.html").read_bytes() == (work / "plan.html").read_bytes()


def test_an_own_price_and_two_reviewers(site, tmp_path):
    """Each with a layer of their own, and the same own price; merged, nothing is lost, it is told
    that they do not agree, and the short form of the report is right where no layer is."""
    here, work = at_home(site, tmp_path / "hier"), tmp_path / "hier" / "werk"
    there, other = at_home(site, tmp_path / "daar"), tmp_path / "daar" / "werk"
    assert here("new", "plan", "--lang", "nl", "--first-year", 2027).code == 0
    own_texts(work / "plan.yaml")
    (other / "plan.yaml").write_bytes((work / "plan.yaml").read_bytes())
    people = ((here, work, "Lector (fictief)", 66.0), (there, other, "Controller (fictief)", 60.0))
    for run, folder, by, amount in people:
        assert run("proxies", "export", "blad.xlsx", "plan.yaml", "--used").code == 0
        all_agreed(folder / "blad.xlsx", by, amount, own=True)
        done = run("proxies", "import", "blad.xlsx", "--yes")
        assert (done.code, done.err) == (0, "")
        assert "proxy: begeleiding-volgens-ons-contract" in done.out
    (mailed,) = (tmp_path / "daar").rglob("prices.yaml")
    done = here("proxies", "merge", mailed, "--yes")
    assert done.code == 0, done.err
    assert "zijn twee mensen het niet eens" in done.out
    (layer,) = (tmp_path / "hier").rglob("prices.yaml")
    text = layer.read_text("utf-8")
    assert text.count("price: begeleiding-uur\n") == 2
    assert text.count("- id: begeleiding-volgens-ons-contract") == 1
    assert text.count("price: begeleiding-volgens-ons-contract") == 2
    assert "layer-reviews-differ" in here("check", "plan.yaml").out

    plan = (work / "plan.yaml").read_text("utf-8")
    assert plan.count("proxy: begeleiding-uur") == 1
    ours = plan.replace("proxy: begeleiding-uur", "proxy: begeleiding-volgens-ons-contract")
    (work / "plan.yaml").write_text(ours, encoding="utf-8")
    elsewhere = at_home(site, tmp_path / "elders")
    done = here("report", "plan.yaml", "--tender", "--short")
    assert done.code == 0, done.err
    told = text_of(work / "plan-short.pdf")
    assert "Concept" not in told
    assert "Lector (fictief)" in told
    verdict = elsewhere("verify", work / "plan-short.pdf")
    assert verdict.code == 0, verdict.out
    assert "eigen prijs van de organisatie, 71.25 EUR/uur" in verdict.out

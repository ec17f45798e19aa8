"""The commands: whatever happens, a sentence and an exit code, and never a traceback.

Most run in this process; those that need a shell's pipes, languages or rights run in their own.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from commands import Done, written
from valid_scenario import SCENARIO
from valuations import RANGE, small

from sroi import shipped
from sroi.report.pages.page import rendered
from sroi.version import build

HERE = Path(__file__).parents[2]
GUIDE = shipped.folder("scenarios") / "wheels-to-meals.yaml"
COMMANDS = (
    "follow",
    "check", "run", "report", "verify", "new", "schema", "sensitivity", "compare", "explain",
    "proxies", "measure", "experience", "portfolio", "convert", "data",
)  # fmt: skip
UNDER = {
    "proxies": ("list", "show", "check", "weight", "export", "import", "print"),
    "portfolio": ("check", "run", "report"),
    "data": ("show", "take", "register"),
}
SHORT = {"basis.years": 3}  # a variant
# a scenario in which ten things are wrong
TEN = """\
scenario: Hoofdletter
title: Voorbeeld
organisation: A
programme: onbekend
kind: raming
basis: {first_year: 2026, years: nul, price_year: 2024, discounting: nl-2021, draws: 3}
investment: [{id: geld, what: Geld, payer: gemente, per_year: 1.000}]
activities: [{id: bezoek, what: Bezoek, unit: keer, volume: -1}]
outcomes:
  - {id: baat, what: Baat, stakeholder: wij, of: bezoek, rate: "2,5", proxy: seh-bezoek, lasts: 1%%}
"""


@pytest.fixture
def plan(tmp_path) -> Path:
    """A small scenario that has one warning."""
    return written(tmp_path, small(outcomes__rate=RANGE))


def apart(*arguments: object, lang: str = "nl_NL.UTF-8", **options: object) -> Done:
    """Run a command as a process of its own."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LC_")}
    environment |= {"LANG": lang, "PYTHONPATH": str(HERE)}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    done = subprocess.run(
        [sys.executable, "-m", "sroi", *map(str, arguments)],
        env=environment, encoding="utf-8", check=False, timeout=120, **streams,
    )  # fmt: skip
    assert "Traceback" not in (done.stdout or "") + (done.stderr or "")
    return Done(done.returncode, done.stdout or "", done.stderr or "")


# what goes well


def test_check_of_a_scenario_without_problems(sroi, tmp_path):
    """Exit code 0, and one line."""
    done = sroi("check", written(tmp_path, SCENARIO))
    assert done == (0, f"{tmp_path / 'plan.yaml'}: geen fouten\n", "")


def test_check_of_a_scenario_with_a_warning(sroi, plan):
    """Exit code 1, with the place and the sentence."""
    done = sroi("check", plan)
    assert done.code == 1
    assert f"{plan}:" in done.out
    assert "no-negative-outcome" in done.out
    assert "1 × aandachtspunt" in done.out


def test_check_of_ten_problems(sroi, tmp_path):
    """All at once, in the order of the file; exit code 2."""
    done = sroi("check", written(tmp_path, TEN))
    places = [line.split(":")[1] for line in done.out.split("\n") if "plan.yaml:" in line]
    found = [int(line) for line in places if line.isdecimal()]
    assert done.code == 2
    assert len(found) >= 10
    assert found == sorted(found)


def test_check_of_several_files(sroi, plan, tmp_path):
    """Each is told apart, and the worst of them decides."""
    good, bad = written(tmp_path, SCENARIO, "goed.yaml"), tmp_path / "weg.yaml"
    assert sroi("check", good, plan).code == 1
    done = sroi("check", good, plan, bad, "--json")
    problems = json.loads(done.out)
    assert done.code == 2
    assert [(problem["code"], problem["file"]) for problem in problems] == [
        ("no-negative-outcome", str(plan)), ("file-missing", str(bad)),
    ]  # fmt: skip
    assert set(problems[0]) == {"code", "severity", "file", "line", "column", "message"}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_run_shows_the_numbers(sroi, plan, lang):
    """On standard output alone."""
    done = sroi("run", plan, "--lang", lang)
    assert done.code == 0
    assert done.err == ""
    assert {"nl": "Netto contante waarde", "en": "Net present value"}[lang] in done.out


def test_run_as_json_is_json_and_nothing_else(sroi, plan, tmp_path):
    """What is said about files goes to standard error."""
    done = sroi("run", plan, "--json", "--csv", tmp_path / "csv", "--draws", 64, "--seed", 7)
    results = json.loads(done.out)
    assert (results["schema"], results["draws"], results["seed"]) == ("sroi.results/1", 64, 7)
    assert done.err.count("Geschreven: ") == len(list((tmp_path / "csv").iterdir())) == 8
    assert done.code == 0


def test_run_of_a_variant(sroi, tmp_path):
    """Its numbers, and its name among them."""
    path = written(tmp_path, SCENARIO)
    base, kort = (
        json.loads(sroi("run", path, "--json", *more).out) for more in ((), ("--variant", "kort"))
    )
    assert (base["variant"], kort["variant"]) == (None, "kort")
    assert kort["expected"]["benefits"] < base["expected"]["benefits"]


def test_the_scenario_chooses_the_language_unless_somebody_does(sroi, tmp_path):
    """`--lang` goes before the `language` of the scenario."""
    path = written(tmp_path, small() | {"language": "en"})
    assert "Benefits" in sroi("run", path).out
    assert "Baten" in sroi("run", path, "--lang", "nl").out


def test_report_writes_a_page(sroi, plan, tmp_path):
    """Where it was asked, or beside the person who asks, and it says where."""
    done = sroi("report", plan, "-o", tmp_path / "a.html", "--lang", "en")
    assert done == (0, "", f"Written: {tmp_path / 'a.html'}\n")
    page = (tmp_path / "a.html").read_text("utf-8")
    assert page.rstrip().endswith("</html>")
    assert '<html lang="en">' in page
    assert "sroi run plan.yaml" in page


def test_report_writes_a_pdf_and_a_page(sroi, tmp_path):
    """Beside each other; by default named after the scenario and its variant."""
    path = written(tmp_path, small(outcomes__rate=RANGE) | {"variants": {"kort": SHORT}})
    done = sroi("report", path, "--html", "--variant", "kort")
    assert done.code == 0
    assert (tmp_path / "plan-kort.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "sroi run plan.yaml --variant kort" in (tmp_path / "plan-kort.html").read_text("utf-8")
    assert done.err == "Geschreven: plan-kort.pdf\nGeschreven: plan-kort.html\n"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_new_writes_a_scenario_that_checks(sroi, tmp_path, lang):
    """And says what to do with it."""
    done = sroi(
        "new", "mijn-plan", "-p", "kinderen-en-jongeren", "--first-year", 2028, "--lang", lang
    )
    assert done.code == 0
    assert "sroi check mijn-plan.yaml" in done.out
    assert (
        yaml.safe_load((tmp_path / "mijn-plan.yaml").read_text("utf-8"))["scenario"] == "mijn-plan"
    )
    assert sroi("check", "mijn-plan.yaml").code in (0, 1)


def test_schema_is_a_schema(sroi):
    """For an editor, which asks for every field that must be there."""
    schema = json.loads(sroi("schema").out)
    assert {"scenario", "basis", "investment"} <= set(schema["required"])


@pytest.mark.parametrize(("lang", "words"), [("nl", "ook"), ("en", "would")])
def test_explain(sroi, lang, words):
    """A term, its meaning, and the other words for it."""
    done = sroi("explain", "deadweight", "--lang", lang)
    assert done.code == 0
    assert words in done.out
    assert len(done.out.split("\n")) >= 3


def test_prices_are_listed_shown_and_checked(sroi):
    """For people and for programs."""
    assert "seh-bezoek" in sroi("proxies", "list", "--theme", "ziekenhuis").out
    assert sroi("proxies", "list", "--search", "bestaat-niet").code == 0
    assert "zijn er 4 ingetrokken" in sroi("proxies", "list", "--theme", "jeugd").out
    assert "ingetrokken" not in sroi("proxies", "list", "--theme", "vervoer").out
    entries = json.loads(sroi("proxies", "list", "--payer", "gemeente", "--json").out)
    assert all("gemeente" in entry["payers"] for entry in entries)
    assert "zorgverzekeraar" in sroi("proxies", "show", "seh-bezoek").out.lower()


def test_what_is_weak_in_the_prices_is_counted_and_listed(sroi):
    """Exit code 1: nothing is wrong, much is weak; all of it as JSON."""
    done, data = sroi("proxies", "check"), sroi("proxies", "check", "--json")
    problems = json.loads(data.out)
    assert (done.code, data.code, done.err) == (1, 1, "")
    assert {problem["severity"] for problem in problems} == {"warning"}
    weak = sum(problem["code"] == "review-missing" for problem in problems)
    assert any(line.split()[-2:] == ["review-missing", str(weak)] for line in done.out.split("\n"))


def test_the_prices_of_a_scenario_are_checked_with_the_library(sroi, plan, tmp_path):
    """Its own too; a file that cannot be used is an error. Reviews grow old by the day given."""
    checked = small(outcomes__rate=RANGE)
    checked["proxies"][0]["review"] = {"status": "checked", "by": "A", "on": "2024-11-20"}
    path = written(tmp_path, checked, "gezien.yaml")

    def codes(*arguments: object) -> set[str]:
        problems = json.loads(sroi("proxies", "check", *arguments, "--json").out)
        return {problem["code"] for problem in problems if problem["file"] == str(path)}

    assert "review-old" in codes(path, "--on", "2026-11-21")
    assert "review-old" not in codes(path, "--on", "2026-11-20")
    assert sroi("proxies", "check", plan, tmp_path / "weg.yaml").code == 2
    assert sroi("proxies", "check", "--on", "gisteren").code == 2


def test_weight_ranks_the_prices(sroi, plan, tmp_path):
    """For people, for programs and as a file."""
    done = sroi("proxies", "weight", plan, "--csv", tmp_path / "csv")
    assert (done.code, done.err) == (0, f"Geschreven: {tmp_path / 'csv' / 'weight.csv'}\n")
    assert "prijs" in done.out
    data = json.loads(sroi("proxies", "weight", plan, plan, "--json").out)
    assert data["schema"] == "sroi.weight/1"
    assert data["by_provenance"] == {"first-hand": 1.0}


def test_explain_takes_a_number_back_to_its_inputs(sroi, plan):
    """Written out in the terminal, and with every digit as JSON."""
    done = sroi("explain", plan, "outcomes.verandering")
    assert (done.code, done.err) == (0, "")
    assert "Eigen registratie (p. 1) [eigen-bron]" in done.out
    data = json.loads(sroi("explain", plan, "gemeente", "--json").out)
    assert data["value"] == data["steps"][-1]["value"]
    assert data["case"] == "central"


def test_version(sroi):
    """A name, a number, and in a checkout the commit."""
    done = sroi("--version")
    assert done.code == 0
    assert done.out.split() == ["sroi", build()]


# what goes wrong


@pytest.mark.parametrize("command", ["run", "report", "check"])
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: None, "file-missing"),
        (lambda path: path.mkdir(), "file-is-folder"),
        (lambda path: path.write_bytes(b"\x89PNG\0\0\xff" * 99), "file-binary"),
        (lambda path: path.write_bytes(b""), "file-empty"),
        (lambda path: path.write_bytes("title: Één".encode("cp1252")), "file-not-utf8"),
        (lambda path: path.write_bytes(b"[" * 100_000), "yaml-too-large"),
        (lambda path: path.write_bytes(b"a: &x 1\nb: *x\n"), "yaml-alias"),
        (lambda path: path.write_bytes(b"- - -\n  :"), "yaml"),
        (lambda path: path.write_text(TEN), "number-"),
    ],
    ids=["none", "folder", "binary", "empty", "cp1252", "deep", "alias", "list", "ten"],
)
def test_a_file_that_cannot_be_used(sroi, tmp_path, command, make, code):
    """Exit code 2, with the reason; and no file is written."""
    make(tmp_path / "plan.yaml")
    done = sroi(command, tmp_path / "plan.yaml")
    told, quiet = (done.out, done.err) if command == "check" else (done.err, done.out)
    assert done.code == 2
    assert code in told
    assert quiet == ""
    assert {path.name for path in tmp_path.iterdir()} <= {"plan.yaml"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("bogus",), ("run",), ("run", "a", "b"), ("run", "--bogus", "a"), ("check",),
        ("run", "a", "--draws", "3"), ("run", "a", "--draws", "veel"), ("run", "a", "--lang", "fr"),
        ("run", "a", "--lang"), ("proxies", "bogus"), ("proxies", "show"), ("new",),
        ("new", "a", "--first-year", "12"), ("--lang", "fr", "run", "a"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_command_line_that_cannot_be(sroi, arguments):
    """Exit code 2, a sentence, and nothing on standard output."""
    done = sroi(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("usage")
    assert "--help" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "nearest"),
    [
        (("run", GUIDE, "--variant", "start-of-yaer"), "variant-unknown", "start-of-year"),
        (("explain", "deadwieght"), "term-unknown", "deadweight"),
        (("explain", GUIDE, "sroi-ratio"), "key-unknown", "sroi_ratio"),
        (("proxies", "show", "seh-bezoe"), "proxy-unknown", "seh-bezoek"),
        (("proxies", "list", "--theme", "ziekenhuizen"), "theme-unknown", "ziekenhuis"),
        (("proxies", "list", "--payer", "gemeenten"), "payer-unknown", "gemeente"),
        (("new", "plan", "-p", "wijk-en-burt"), "programme-unknown", "wijk-en-buurt"),
        (("new", "Mijn Plan"), "id-unreadable", "minder-seh"),
        (("report", "plan.yaml", "--lagn", "en"), "usage-option-unknown", "--lang"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_word_that_is_not_known(sroi, arguments, code, nearest):
    """The nearest one that is, or an example."""
    done = sroi(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith((code, str(GUIDE)))
    assert nearest in done.err


@pytest.mark.parametrize("place", ["none/a.html", ".", "plan.yaml/a.html", "x" * 300 + ".html"])
def test_a_report_that_cannot_be_written(sroi, plan, tmp_path, place):
    """Exit code 2, and the folder is as it was."""
    done = sroi("report", plan, "-o", tmp_path / place)
    assert done.code == 2
    assert "output-unwritable" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


@pytest.mark.parametrize("place", ["plan.yaml", "plan.yaml/csv"])
def test_tables_that_cannot_be_written(sroi, plan, tmp_path, place):
    """The same; the numbers are not shown as if all went well."""
    done = sroi("run", plan, "--csv", tmp_path / place)
    assert done.code == 2
    assert "output-unwritable" in done.err
    assert done.out == ""


@pytest.mark.parametrize("place", ["none/a.yaml", "plan.yaml", "."])
def test_a_new_scenario_that_cannot_be_written(sroi, plan, tmp_path, place):
    """What is there stays there."""
    before = plan.read_bytes()
    done = sroi("new", "nieuw", "-o", tmp_path / place)
    assert done.code == 2
    assert done.err.split()[1] in ("output-unwritable", "output-exists")
    assert plan.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_full_disk_leaves_no_half_report(sroi, plan, tmp_path, monkeypatch):
    """The old report stays whole."""
    (tmp_path / "a.html").write_text("oud")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    done = sroi("report", plan, "-o", tmp_path / "a.html")
    assert done.code == 2
    assert "de schijf is vol" in done.err
    assert (tmp_path / "a.html").read_text() == "oud"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "plan.yaml"]


def test_a_report_is_written_only_when_all_of_it_is_made(sroi, plan, tmp_path, monkeypatch):
    """No PDF without the page that was asked with it."""

    def broken(filled: dict[str, object], for_print: bool) -> str:
        if not for_print:
            raise ZeroDivisionError
        return rendered(filled, for_print=True)

    monkeypatch.setattr("sroi.report.pages.page.rendered", broken)
    monkeypatch.setattr("sroi.report.pdf.pdf.pdf", lambda page: b"%PDF")
    assert sroi("report", plan, "--html").code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_too_little_memory_is_no_mistake_of_ours(sroi, plan, monkeypatch):
    """And is told with what to do."""

    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("sroi.analysis.valuation.valuation.model_of", fail)
    done = sroi("run", plan, "--lang", "nl")
    assert (done.code, done.out) == (2, "")
    assert "memory-short" in done.err
    assert "minder trekkingen" in done.err


def test_a_broken_variant_is_told_before_long_work(sroi, plan, monkeypatch, tmp_path):
    """And not when the report is nearly done."""
    plan.write_text(plan.read_text("utf-8") + "variants: {mis: {outcomes.geen.rate: 3}}\n", "utf-8")
    monkeypatch.setattr("sroi.cli.scenarios.valued", None)
    done = sroi("report", plan)
    assert done.code == 2
    assert "variant-path-unknown" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_folder_for_tables_is_looked_at_before_long_work(sroi, plan, monkeypatch):
    """A file cannot be one."""
    monkeypatch.setattr("sroi.cli.scenarios.valued", None)
    done = sroi("run", plan, "--csv", plan, "--lang", "nl")
    assert done.code == 2
    assert "dit is een bestand en geen map" in done.err


def test_a_mistake_of_ours_is_said_to_be_one(sroi, plan, monkeypatch):
    """Exit code 3, so that a script can tell it from a mistake in a file."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("oei")

    monkeypatch.setattr("sroi.analysis.valuation.valuation.model_of", fail)
    done = sroi("run", plan)
    assert (done.code, done.out) == (3, "")
    assert "internal-error" in done.err
    assert "ZeroDivisionError('oei')" in done.err


def test_control_characters_in_a_name_reach_no_terminal(sroi, tmp_path):
    """Of a file that is missing, and of one that is there."""
    assert "\x1b" not in sroi("run", tmp_path / "a\x1b[31m.yaml").err
    path = written(tmp_path, TEN, "b\x1b[31m.yaml")
    assert "\x1b" not in sroi("check", path).out


# processes of their own


def test_a_pipe_that_is_closed():
    """Whoever has seen enough is not told of a mistake: `sroi … | head -1`."""
    for arguments in (("proxies", "list"), ("schema",), ("explain", "deadweight")):
        reader, writer = os.pipe()
        os.close(reader)
        done = apart(*arguments, stdout=writer)
        os.close(writer)
        assert (done.code, done.err) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_disk_that_is_full():
    """What was not printed is told, and the exit code says so."""
    for arguments in (("explain", "deadweight"), ("proxies", "show", "seh-bezoek")):
        with Path("/dev/full").open("w") as full:
            done = apart(*arguments, stdout=full)
        assert done.code == 2
        assert done.err.startswith("output-unwritable")


def test_the_machine_chooses_the_language():
    """English for an English one; Dutch for all others, unless somebody asks."""
    said = [apart("run", "weg.yaml", lang=lang).err for lang in ("en_GB.UTF-8", "C")]
    assert "There is no such file" in said[0]
    assert "bestaat niet" in said[1]
    assert "There is no such file" in apart("run", "weg.yaml", "--lang=en").err


@pytest.mark.parametrize(("lang", "machine"), [("nl", "nl_NL.UTF-8"), ("en", "en_GB.UTF-8")])
def test_help_of_every_command(lang, machine):
    """In the language that is spoken, with every command and every option that has a text."""
    under = [[above, name] for above, names in UNDER.items() for name in names]
    commands = [[], *([name] for name in COMMANDS), *under]
    program = (
        "from sroi.cli import app\n"
        f"for command in {commands!r}:\n"
        "    app([*command, '--help'], standalone_mode=False)\n"
        "    print('=====')\n"
    )
    environment = os.environ | {"PYTHONPATH": str(HERE), "LC_ALL": machine, "COLUMNS": "300"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True,
                          encoding="utf-8", check=True)  # fmt: skip
    helps = [" ".join(shown.split()) for shown in done.stdout.split("=====\n")[:-1]]
    texts = yaml.safe_load((shipped.folder("templates") / f"help.{lang}.yaml").read_text("utf-8"))
    named = [texts["_".join(command) or "app"] for command in commands]
    for text, shown in zip(named, helps, strict=True):
        assert text in shown
    assert all(texts[name] in helps[0] for name in COMMANDS)
    assert [
        t for t in (*texts["arg"].values(), *texts["opt"].values()) if t not in " ".join(helps)
    ] == []


def test_progress_is_not_for_a_pipe(plan):
    """Nothing is drawn where no person looks; `python -m sroi` is the command."""
    done = apart("run", plan)
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out

"""Whoever gets a report can check it: take out what is in it, and reckon with it again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest
from commands import Done
from scenarios_at_random import as_yaml
from valuations import RANGE, small

HERE = Path(__file__).parents[2]


def apart(*arguments: object) -> Done:
    """Run a command as a process of its own, with its own order of what has no order.

    Among the temporary files it leaves nothing.
    """
    environment = os.environ | {"PYTHONPATH": str(HERE), "PYTHONHASHSEED": "1"}
    environment |= {"LC_ALL": "nl_NL.UTF-8"}
    with TemporaryDirectory() as temporary:
        done = subprocess.run(
            [sys.executable, "-m", "sroi", *map(str, arguments)],
            env=environment | {"TMPDIR": temporary},
            capture_output=True, encoding="utf-8", check=False, timeout=120,
        )  # fmt: skip
        assert list(Path(temporary).iterdir()) == []
    assert "Traceback" not in done.stdout + done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A scenario without a day, and the summary of its report, which is soon printed, made by a
    command with all its processes."""
    folder = tmp_path_factory.mktemp("rapport")
    scenario = small(outcomes__rate=RANGE) | {"scenario": "plan"}
    (folder / "plan.yaml").write_text(as_yaml(scenario), encoding="utf-8")
    made = apart("report", folder / "plan.yaml", "--summary", "-o", folder / "1.pdf")
    assert made.code == 0, made.err
    return folder


def test_the_same_input_gives_the_same_bytes(sroi, folder, tmp_path):
    """Whatever the order of what has no order, whatever the hour, and in one process or in four."""
    again = ("report", folder / "plan.yaml", "--summary", "-o", tmp_path / "2.pdf")
    assert sroi(*again, lang="nl").code == 0
    assert (folder / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_a_report_is_checked_and_taken_apart(sroi, folder, tmp_path):
    """It is true, and what is in it reckons to the same numbers."""
    done = apart("verify", folder / "1.pdf", "--extract", tmp_path / "uit")
    assert done.code == 0, done.out + done.err
    assert "byte voor byte zoals sroi ze maakt" in done.out
    assert done.out.endswith(
        "Invoer en uitkomsten kloppen.\nDit is het bestand zoals sroi het maakte.\n"
    )
    assert (tmp_path / "uit/plan.yaml").read_bytes() == (folder / "plan.yaml").read_bytes()
    again = json.loads(sroi("run", tmp_path / "uit/plan.yaml", "--json").out)
    stated = json.loads((tmp_path / "uit/results.json").read_text("utf-8"))
    for results in (again, stated):
        results["problems"] = [problem | {"file": ""} for problem in results["problems"]]
    assert again == stated


def test_a_changed_report_is_not_true(sroi, folder, tmp_path):
    """Exit code 1, with what differs; as data too."""
    with pikepdf.open(folder / "1.pdf") as document:
        results = json.loads(document.attachments["results.json"].get_file().read_bytes())
        results["expected"]["sroi_ratio"] = 9.9
        spec = pikepdf.AttachedFileSpec(document, json.dumps(results).encode())
        document.attachments["results.json"] = spec
        document.save(tmp_path / "mooier.pdf")
    done = sroi("verify", tmp_path / "mooier.pdf", "--json")
    told = json.loads(done.out)
    assert (done.code, told["right"], told["as_made"]) == (1, False, False)
    wrong = [check for check in told["inputs"] if not check["holds"]]
    assert [(check["key"], check["facts"]["first"]) for check in wrong] == [
        ("numbers_untrue", "expected.sroi_ratio")
    ]


def test_a_report_that_was_saved_again_is_right_but_not_as_made(sroi, folder, tmp_path):
    """Exit code 4: two questions, two answers."""
    with pikepdf.open(folder / "1.pdf") as document:
        document.pages[0].contents_add(b"q 1 g 0 0 300 300 re f Q")
        document.save(tmp_path / "mooier.pdf")
    done = sroi("verify", tmp_path / "mooier.pdf")
    assert done.code == 4
    assert "bladzijde 1: er is iets anders getekend" in done.out
    assert "Invoer en uitkomsten kloppen.\nDit is niet aantoonbaar" in done.out


@pytest.mark.parametrize(
    ("content", "code"), [(None, "file-missing"), (b"PK", "report-damaged")], ids=["gone", "zip"]
)
def test_what_is_no_report_is_refused(sroi, tmp_path, content, code):
    """Exit code 2, and a sentence."""
    if content:
        (tmp_path / "x.pdf").write_bytes(content)
    done = sroi("verify", tmp_path / "x.pdf")
    assert (done.code, done.out) == (2, "")
    assert code in done.err

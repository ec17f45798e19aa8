"""Would the tests see it? Small faults, one at a time, in a copy of the checkout.

    python benchmarks/faults.py              the tests of the room of each fault, and those above
    python benchmarks/faults.py --all        the whole suite for each fault
    python benchmarks/faults.py --only 7     one fault
    python benchmarks/faults.py --check      only whether each text occurs exactly once

Ends with 1 where a fault was not caught, or where a text no longer is there exactly once.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT_BEHIND = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "dist", "build", "findings"
)
OF_THE_LIST = "tests/test_faults_list.py"  # would fail at every fault, as its text is gone
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
PYTEST = (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider")
PYTEST_FAILED, PYTEST_INTERRUPTED = 1, 2


OF_THE_WORKBOOK = ("tests/report/calculation/test_workbook.py",)


@dataclass(frozen=True)
class Fault:
    """A plausible mistake: in a file below `sroi`, one text for another.

    `tests`: what should see it; the tests of its room and those of the house where none are named.
    """

    file: str
    old: str
    new: str
    what: str
    tests: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How often the text occurs in its file; a file that is gone has none."""
        path = ROOT / "sroi" / self.file
        return path.read_text("utf-8").count(self.old) if path.is_file() else 0

    @property
    def named(self) -> tuple[str, ...]:
        """The tests that should see it."""
        if self.tests:
            return self.tests
        room = Path("tests", self.file).parent
        above = {f"tests/{path.name}" for path in (ROOT / "tests").glob("test_*.py")}
        return (room.as_posix(), *sorted(above - {OF_THE_LIST}))


FAULTS = [
    # inputs
    Fault("inputs/text/numerals.py", 'AMBIGUOUS = re.compile(r"[+-]?[1-9]',
          'AMBIGUOUS = re.compile(r"[1-9]', "−1.234 is read as one number and not refused"),
    Fault("inputs/text/personal_data.py", "(9, 8, 7, 6, 5, 4, 3, 2, -1)",
          "(9, 8, 7, 6, 5, 4, 3, 2, 1)", "sign of the last weight of the eleven test"),
    Fault("inputs/rules/prices.py", "if (one.cost is None) == (one.proxy is None):",
          "if one.cost is None and one.proxy is None:", "care may have two prices"),
    Fault("inputs/rules/scenario.py", "if outcome.starts > counted:",
          "if outcome.starts >= counted:", "an outcome may not start in the last year"),
    Fault("inputs/rules/cohort.py", "if cohort.cycles > most:", "if cohort.cycles >= most:",
          "cycles may not fill the horizon"),
    Fault("inputs/rules/cohort_chances.py", "max(highest(treatment.ratio)",
          "min(highest(treatment.ratio)",
          "a relative risk above 1 does not make chances too large"),
    Fault("inputs/evidence/codings.py", '"prompted": len(mentioned - unprompted)',
          '"prompted": len(unprompted)', "prompted and unprompted swapped"),
    Fault("inputs/evidence/codings.py", "first * second + (1 - first) * (1 - second)",
          "first * second", "kappa forgets that both may say no by chance"),
    Fault("inputs/text/read_alike.py", "([.,]0{1,2})?", "([.,]0{1,3})?", "9.000 is read as nine",
          ("tests/inputs/text",)),
    Fault("inputs/text/as_seen.py", "if len(formulas) >= LEAST_ZEROS and all(",
          "if len(formulas) > LEAST_ZEROS and all(", "two formulas of 0 pass for scores",
          ("tests/inputs/evidence",)),
    Fault("inputs/evidence/people.py", "if self.wide or not set(one.scores) & set(other.scores):",
          "if self.wide:", "numbers that look alike are two people", ("tests/inputs/evidence",)),
    Fault("inputs/evidence/survey_sheet.py", "enumerate(table[1:3], 1)", "enumerate(table[1:2], 1)",
          "only two lines of headings of Qualtrics", ("tests/inputs/evidence",)),
    Fault("inputs/evidence/codings.py", "!= whose:", "== whose and False:",
          "one interview in two perspectives", ("tests/inputs/evidence",)),
    Fault("inputs/review/as_exported.py", "heading not in _filled(sheet.lang)",
          'heading == "waarde"', "only the price is compared", ("tests/inputs/review",)),
    Fault("inputs/rules/nothing.py", "basis.years - outcome.starts + 1", "basis.years",
          "people who come too late count for something", ("tests/inputs/rules",)),
    Fault("analysis/evidence/measuring.py", "if rate < 0:", "if rate < -1:",
          "a correction may raise the effect", ("tests/analysis/evidence",)),
    Fault("inputs/text/spss_apart.py", "type(one[\"lo\"]) is type(value) and", "False and",
          "what SPSS declares missing is a score", ("tests/inputs/text/test_spss.py",)),
    Fault("inputs/quantity/forms.py", "return self.yes + 0.5, self.no + 0.5",
          "return self.yes + 1, self.no + 1", "another prior", ("tests/model/uncertain",)),
    # model
    Fault("model/flows/impact.py", "[summed[-1].times(later)]", "[summed[0].times(later)]",
          "what flows past the horizon is not corrected"),
    Fault("model/flows/impact.py", "np.where(np.asarray(last) > 0, line.kept, 1.0)",
          "line.kept", "optimism bias takes from losses too"),
    Fault("model/care/cash.py", "np.where(late > 0, late * (1 - contract.backfill), late)",
          "late * (1 - contract.backfill)", "more care is filled up as well"),
    Fault("model/care/cash.py", "np.floor(step / period + 1e-9) >", "np.floor(step / period) >",
          "a renewal is missed by a rounding"),
    Fault("model/lines/care_lines.py", '_count(path, register, x, "end")',
          '_count(path, register, x, "begin")', "a ladder starts a period too early"),
    Fault("model/evidence/disclosure.py", "if together >= SMALLEST + most:",
          "if together > SMALLEST + most:", "one more cell is hidden than need be"),
    Fault("model/evidence/measurement.py", "np.hypot(programme.sd, comparison.sd))",
          "programme.sd)", "the comparison group is known exactly"),
    # analysis
    Fault("analysis/result/purses.py", "int(negative[-1]) + 2", "int(negative[-1]) + 1",
          "earned back a year early"),
    Fault("analysis/result/convergence.py", "draws * (error / wanted) ** 2",
          "draws * (error / wanted)", "half the error with twice the draws"),
    Fault("analysis/sensitivity/what_if.py", "float((drawn < value).mean())",
          "float((drawn <= value).mean())", "the share below a stop counts the stop itself"),
    Fault("analysis/sensitivity/information.py", "np.repeat(means.sum() - means > 0",
          "np.repeat(means > 0", "a replicate is judged by its own mean"),
    Fault("analysis/valuation/weight.py", "sum(part.error**2 for part in carried) ** 0.5 / count",
          "sum(part.error for part in carried) / count", "errors added and not their squares"),
    Fault("analysis/comparison/comparison.py",
          "float(np.hypot(standard_error(base.parts), standard_error(other.parts)))",
          "standard_error(base.parts) + standard_error(other.parts)",
          "errors of independent runs added"),
    Fault("analysis/evidence/measuring.py", "raw - comparison.raw", "raw",
          "the lower bound forgets the comparison"),
    Fault("analysis/care/preventive_shift.py", "float(p50), float(p5), float(p95)",
          "float(p5), float(p50), float(p95)", "median and 5th percentile swapped"),
    # report
    Fault("report/words/numbers.py", "prec=400, rounding=ROUND_HALF_UP)",
          'prec=400, rounding="ROUND_HALF_EVEN")', "halves are rounded to even"),
    Fault("report/files/csv_files.py", '("=", "+", "-", "@",', '("=", "+", "-",',
          "a spreadsheet runs a text that begins with @"),
    Fault("report/tables/case.py", "improved same worse comparison corrected",
          "improved worse same comparison corrected", "two heads swapped"),
    Fault("report/tables/care.py", "key=lambda tier: -tier.level)", "key=lambda tier: tier.level)",
          "the lightest tier first"),
    Fault("report/pages/summary.py", "other=n.money(benefits - hard)", "other=n.money(benefits)",
          "what is not hard counts the hard money too"),
    Fault("report/told/small_cells.py", '"few" if 0 < count < SMALLEST',
          '"few" if 0 < count <= SMALLEST', "five people called few"),
    Fault("report/calculation/care.py", "x * (1 - terms.backfill)", "x * terms.backfill",
          "a workbook in which the waiting list leaves what it takes", OF_THE_WORKBOOK),
    Fault("report/calculation/outcomes.py", "age + float(year + 1)", "age + float(year)",
          "a workbook in which who comes back is counted a year late", OF_THE_WORKBOOK),
    Fault("report/calculation/tiers.py", "count / everybody", "count",
          "a workbook in which all who were followed go everywhere", OF_THE_WORKBOOK),
    Fault("report/formulas/cell.py", '"-", b, SUM, PRODUCT,', '"-", b, SUM, SUM,',
          "a formula without the brackets that its value has"),
    Fault("report/words/written.py", "_bracketed(second, PRODUCT)", "_bracketed(second, SUM)",
          "a − (b + c) without its brackets"),
    Fault("report/pdf/reckoned.py", "of(stated == found,", "of(stated[:12] == found[:12],",
          "only what is printed of a fingerprint is compared"),
    # cli
    Fault("cli/app.py", ".with_draws(draws, seed)", ".with_draws(draws, None)",
          "--seed does nothing"),
    Fault("cli/review.py", 'in ("j", "ja", "y", "yes")', 'in ("ja", "y", "yes")',
          "j is no yes to a question about the library"),
    Fault("cli/review.py", "if sheet.exists():", "if sheet.is_dir():",
          "a sheet that was filled in is written over"),
    Fault("cli/measure.py", "if yes or agreed(", "if yes and agreed(", "--yes asks, and n is no"),
    Fault("cli/pages.py", "target if own == kind else target.with_suffix(kind)",
          "target.with_suffix(kind)", "report.HTML is written to report.html"),
    Fault("cli/questions.py", "not math.isfinite(value)", "math.isnan(value)",
          "a threshold may be infinite"),
    Fault("cli/verify.py", "typer.Exit(FINDINGS if", "typer.Exit(FINDINGS + 1 if",
          "another exit code for a report that is not true"),
    Fault("cli/library.py", "(on or datetime.now()).date()", "datetime.now().date()",
          "--on does nothing"),
]  # fmt: skip


def rotten(faults: list[Fault]) -> Iterator[str]:
    """Every fault whose text does not occur exactly once, or which changes nothing."""
    for number, fault in enumerate(faults, 1):
        if fault.count != 1 or fault.old == fault.new:
            yield f"{number}: occurs {fault.count} times in {fault.file}: {fault.old}"


def seen(fault: Fault, tests: tuple[str, ...], folder: Path) -> str:
    """The first test that fails with a fault in a copy; nothing where all of them pass."""
    path = folder / "sroi" / fault.file
    before = path.read_text("utf-8")
    path.write_text(before.replace(fault.old, fault.new), "utf-8")
    try:
        done = subprocess.run(
            [*PYTEST, f"--ignore={OF_THE_LIST}", *tests],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        path.write_text(before, "utf-8")
    if done.returncode == 0:
        return ""
    if done.returncode not in (PYTEST_FAILED, PYTEST_INTERRUPTED):
        sys.exit(done.stdout + done.stderr)
    named = FAILED.search(done.stdout)
    return named[1] if named else "a test"


def chosen() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--all", action="store_true", help="the whole suite for each fault")
    parser.add_argument("--only", type=int, nargs="+", metavar="N", help="only these faults")
    parser.add_argument("--check", action="store_true", help="only whether the list still holds")
    return parser.parse_args()


def main() -> int:
    """Put every fault in, and tell whether a test saw it."""
    asked, stale = chosen(), list(rotten(FAULTS))
    if asked.check or stale:
        print("\n".join(stale) or f"{len(FAULTS)} faults, each text exactly once")
        return 1 if stale else 0
    missed = 0
    with tempfile.TemporaryDirectory() as above:
        folder = Path(shutil.copytree(ROOT, Path(above) / "sroi", ignore=LEFT_BEHIND))
        for number, fault in enumerate(FAULTS, 1):
            if asked.only and number not in asked.only:
                continue
            by = seen(fault, ("tests",) if asked.all else fault.named, folder)
            missed += not by
            told = f"caught by {by}" if by else "NOT CAUGHT"
            print(f"{number:2} {fault.file}: {fault.what}: {told}", flush=True)
    print(f"{missed} not caught" if missed else "all caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

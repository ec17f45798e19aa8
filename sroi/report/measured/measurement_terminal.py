"""What the terminal shows of a measurement."""

from __future__ import annotations

from rich.text import Text

from sroi.analysis.evidence.measuring import MeasuredEffect
from sroi.inputs.text.yaml_edit import lines
from sroi.report.measured.measured_effect import in_scenario, telling
from sroi.report.terminal.terminal import console, safe, show_table
from sroi.report.words.problem_text import text


def show(found: MeasuredEffect, lang: str) -> None:
    """The instrument, the counts, the steps, the rate as a scenario has it, and what is weak."""
    out, told = console(), telling(found, lang)
    out.print(Text(safe(told.title), "bold"))
    for sentence in told.frame():
        out.print(Text(safe(sentence)))
    show_table(out, told.table())
    for number, sentence in enumerate(told.steps(), 1):
        out.print(Text(safe(f"{number}. {sentence}")))
    out.print("\n" + told.words("measure.as_written"))
    rate = in_scenario(found)
    shown = {"normal": rate.rate["normal"], "evidence": rate.rate["evidence"]}
    written = {"rate": shown, "effect_basis": rate.effect_basis}
    out.print(Text(safe(lines(written, "\n    ").lstrip("\n"))))
    for problem in found.problems:
        out.print(Text("\n" + safe(text(problem, lang))))

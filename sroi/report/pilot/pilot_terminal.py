"""What the terminal shows of a pilot."""

from __future__ import annotations

from rich.text import Text

from sroi.analysis.pilot.found import PilotEffect
from sroi.analysis.pilot.in_scenario import InScenario
from sroi.analysis.pilot.moving_along import UNSCORED, MovingAlong
from sroi.report.pilot import pilot_in_scenario
from sroi.report.pilot.pilot_told import pilot_told
from sroi.report.terminal.terminal import console, safe, show_part, show_table
from sroi.report.words.problem_text import text


def show(
    found: PilotEffect,
    lang: str,
    along: MovingAlong = UNSCORED,
    shift: InScenario | None = None,
) -> None:
    """Where and when, the effects, the checks, how a ladder has it, and what is weak."""
    out, told = console(), pilot_told(found, lang, along)
    out.print(Text(safe(told.title), "bold"))
    for sentence in told.frame():
        out.print(Text(safe(sentence)))
    show_table(out, told.effects())
    for sentence in told.sentences():
        out.print(Text(safe(sentence)))
    if found.compared:
        first = told.first_quarters()
        if first:
            out.print("\n" + told.words("pilot.first"))
            show_table(out, first)
        out.print("\n" + told.words("pilot.checked"))
        show_table(out, told.checks())
        out.print(told.words("pilot.as_ladder", grade=found.evidence))
        show_table(out, told.ladder())
    if along.presences:
        out.print("\n" + told.words("pilot.presence"))
        show_table(out, told.presence())
    if along.alongside:
        out.print(Text(safe(told.alongside_reads())))
        show_table(out, told.alongside())
    if shift:
        out.print()
        show_part(out, pilot_in_scenario.part(told, shift))
    for problem in (*found.problems, *along.problems):
        out.print(Text("\n" + safe(text(problem, lang))))

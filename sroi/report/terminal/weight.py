"""What the terminal shows of what rests on which price."""

from __future__ import annotations

from rich.text import Text

from sroi.analysis.valuation.weight import Weight, shares_by
from sroi.report.tables.tables import Table
from sroi.report.tables.weight import named, ranking, share_of
from sroi.report.terminal.terminal import console, show_table
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words


def show(found: list[Weight], lang: str) -> None:
    """The ranking, and beneath it how the prices are known and their grades."""
    out, w, n = console(), Words(lang), Numbers(lang)
    show_table(out, ranking(found, lang))
    for title, head, field in (("known", "known", "provenance"), ("graded", "grade", "evidence")):
        heads = [w(f"weight.head_{head}"), w("weight.head_share")]
        shares = shares_by(found, field).items()
        rows = [[named(w, name), share_of(n, share)] for name, share in shares]
        out.print(Text(w(f"weight.{title}"), "bold"))
        show_table(out, Table(f"weight_by_{head}", heads, rows, frozenset({1})))

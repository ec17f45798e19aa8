"""A part of a section of the report: sentences, charts and tables in the order they are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from sroi.report.figures.drawing import Drawing
from sroi.report.tables.tables import Table


@dataclass(frozen=True)
class Part:
    """A part of a section: a head, what it says in sentences, its charts and its tables."""

    head: str
    sentences: list[str] = field(default_factory=list)
    charts: list[Drawing] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

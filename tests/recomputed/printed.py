"""Every shipped scenario as a PDF in a language, made once, with what it was made of."""

import datetime
import gc
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from once import once
from tagged import Tagged
from valuations import LIBRARY

from sroi import shipped
from sroi.analysis.valuation.valuation import Valuation, value
from sroi.inputs.files.scenario_file import load
from sroi.report.pages.page import rendered
from sroi.report.pdf.evidence import Asked, day_of, evidence
from sroi.report.pdf.pdf import Attachment, pdf

SCENARIOS = [path.stem for path in sorted(shipped.folder("scenarios").glob("*.yaml"))]
DRAWS = 512


class Complaints(logging.Handler):
    """What the renderer logs while something is made."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def complaints() -> Iterator[list[str]]:
    """What the renderer complains of meanwhile."""
    handler, logger = Complaints(), logging.getLogger("weasyprint")
    logger.addHandler(handler)
    yield handler.said
    logger.removeHandler(handler)


@dataclass(frozen=True)
class Printed:
    """A report: what stands in it, what goes along, the PDF, and the renderer's complaints."""

    valuation: Valuation
    filled: dict[str, Any]
    files: list[Attachment]
    content: bytes
    said: list[str]

    @cached_property
    def tagged(self) -> Tagged:
        """As a screen reader meets it."""
        return Tagged(self.content)

    def file(self, name: str) -> bytes:
        """What stands in a file that goes along."""
        return next(file.content for file in self.files if file.name == name)


@cache
def printed(name: str, lang: str, short: bool = False) -> Printed:
    """The report of a shipped scenario, without its variants and with fewer draws."""
    valuation, asked = valued(name), Asked(lang, f"sroi run {name}.yaml", short=short)
    filled, files = asked.filled(valuation, {}), evidence(valuation, asked)
    html = rendered(filled, for_print=True)
    return Printed(valuation, filled, files, *kept(html, files, day_of(valuation)))


def kept(
    html: str, files: Sequence[Attachment] = (), day: datetime.date | None = None
) -> tuple[bytes, list[str]]:
    """The PDF of a page and what the renderer complains of, made once in a run."""
    return once(("pdf", html, files, day), lambda: _made(html, files, day))


def _made(
    html: str, files: Sequence[Attachment], day: datetime.date | None
) -> tuple[bytes, list[str]]:
    gc.disable()  # as the printer does: it would take a fifth of the time
    try:
        with complaints() as said:
            return pdf(html, files, day), said
    finally:
        gc.enable()


@cache
def valued(name: str) -> Valuation:
    """A shipped scenario, valued."""
    path = shipped.folder("scenarios") / f"{name}.yaml"
    return value(load(path, library=LIBRARY).with_draws(DRAWS, 1))

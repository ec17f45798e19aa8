"""All work done in this process, where what it needs is loaded already.

A report has three processes beside it and a verdict as many; each loads matplotlib, the renderer
or the reader anew, which takes longer than its work. Those processes have tests of their own
(`test_easel`, `test_beside`, `test_pdf`, `test_opened`), and `test_cli_verify` runs whole commands
with all of them.
"""

import datetime
from collections.abc import Sequence

import pytest
from printed import kept

from sroi.report.pdf.opened import files_in, pages_in
from sroi.report.pdf.pdf import Attachment


class Here:
    """A printer in this process, that prints no page twice."""

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *broken_off: object) -> None:
        """There is nothing to stop."""

    def lay_out(self, html: str) -> None:
        """The page that will be asked for."""
        self.html = html

    def pdf(
        self, attachments: Sequence[Attachment] = (), day: datetime.date | None = None
    ) -> bytes:
        """The PDF of it."""
        return kept(self.html, tuple(attachments), day)[0]


def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing is done in a second process."""
    monkeypatch.setattr("sroi.report.charts.easel.several_cores", lambda: False)
    monkeypatch.setattr("sroi.analysis.valuation.beside.several_cores", lambda: False)
    monkeypatch.setattr("sroi.report.pdf.pdf.Printer", Here)
    monkeypatch.setattr("sroi.report.pdf.verified.carrying", files_in)
    monkeypatch.setattr("sroi.report.pdf.opened.carrying", files_in)
    monkeypatch.setattr("sroi.report.pdf.as_made.opened", pages_in)

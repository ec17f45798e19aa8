"""From the HTML page to a tagged PDF. The only file that knows WeasyPrint.

`pdf` makes it here; a `Printer` makes it in a process of its own, which loads the renderer while
the draws are made.
"""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from sroi import shipped
from sroi.problems import Problem, Unusable

NO_LIBRARIES = 7


def pdf(html: str) -> bytes:
    """The page as PDF/UA-1. The renderer can reach the fonts of the report and nothing else."""
    # without Pango the import fails and prints a banner, which must not get between the results
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            import weasyprint
            from weasyprint.urls import URLFetcher, URLFetcherResponse
        except OSError:
            raise Unusable(Problem("pdf-libraries-missing")) from None

    class Assets(URLFetcher):  # type: ignore[misc]
        """Serves the fonts by name; every other address is refused."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
            font = _fonts().get(url)
            if font is None:
                raise ValueError(f"refused: {url[:80]}")
            return URLFetcherResponse(url, font.read_bytes(), {"Content-Type": "font/ttf"})

    page = weasyprint.HTML(string=html, url_fetcher=Assets())
    return bytes(page.write_pdf(pdf_variant="pdf/ua-1"))


def _fonts() -> dict[str, Path]:
    folder = shipped.folder("templates") / "fonts"
    return {f"asset:{path.name}": path for path in folder.glob("*.ttf")}


class Printer:
    """A second process that makes one PDF, and is gone when the work is done or broken off."""

    def __enter__(self) -> Printer:
        # beside this package, so that nothing in the user's folder can pass for a module
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sroi.report.pdf"],
            cwd=shipped.CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def pdf(self, html: str) -> bytes:
        """The page as PDF. Raises `Unusable` where the renderer's libraries are missing."""
        made, said = self._process.communicate(html.encode("utf-8"))
        if self._process.returncode == NO_LIBRARIES:
            raise Unusable(Problem("pdf-libraries-missing"))
        if self._process.returncode:
            raise RuntimeError(said.decode("utf-8", "replace").strip()[-300:])
        return made


def _print_one() -> int:
    """The work of the second process: load, warm up on an empty page, then the page that comes."""
    try:
        pdf('<html lang="nl"><title>-</title><style>p { hyphens: auto }</style><p>proefwoord</p>')
        sys.stdout.buffer.write(pdf(sys.stdin.buffer.read().decode("utf-8")))
    except Unusable:
        return NO_LIBRARIES
    return 0


if __name__ == "__main__":
    sys.exit(_print_one())

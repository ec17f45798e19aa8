"""From the HTML page to a tagged PDF. The only file that knows WeasyPrint."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

from sroi import shipped
from sroi.problems import Problem, Unusable


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

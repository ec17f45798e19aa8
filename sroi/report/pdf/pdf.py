"""From the HTML page to a PDF that is read and kept. The only file that knows WeasyPrint.

One file is both PDF/UA-1 (it can be read aloud) and PDF/A-3a (it can be kept, with other files in
it). `pdf` makes it here; a `Printer` makes it in a process of its own, which loads the renderer
while the draws are made.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes.util
import datetime
import gc
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from sroi import shipped
from sroi.problems import Problem, Unusable
from sroi.process import started
from sroi.report.words.glyphs import printable

NO_LIBRARIES = 7
DESCRIBED = re.compile(r"(<title [^>]*>[^<]*)</title><desc>([^<]*)</desc>")
DRAWING = re.compile(r"<svg\b[^>]*>\s*<title[^>]*>([^<]*)</title>.*?</svg>", re.DOTALL)
VARIANT = "pdf/a-3a"
PICTURE = "data:image/png;base64,"
# a word that has to be broken, so that the patterns for it are loaded as well
WARMING_UP = """<html lang="nl"><title>-</title><style>p { hyphens: auto; width: 4em }</style>
<p>ontwikkelingssamenwerking</p>"""
# of an attached file a PDF wants to know the day; the oldest that archives know means: no day
NO_DAY = datetime.date(1980, 1, 1)
# WeasyPrint writes one claim; the other brings its own description, because PDF/A does not know it
CLAIM = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"\
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed\
</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>"""


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF: its name, its MIME type, a line on what it is, and its bytes.

    `relation`: `Source` for what the report was made from, `Data` for what it shows.
    """

    name: str
    kind: str
    relation: Literal["Source", "Data"]
    what: str
    content: bytes


def pdf(
    html: str, attachments: Sequence[Attachment] = (), day: datetime.date | None = None
) -> bytes:
    """The page as PDF, dated on a day or not at all, with these files in it and no others.

    The renderer can reach the fonts of the report, a picture that the page carries, and no more.
    """
    return _written(_laid_out(html), attachments, day)


def _laid_out(html: str) -> Any:
    """The pages, as WeasyPrint holds them."""
    # without Pango the import fails and prints a banner, which must not get between the results
    with contextlib.redirect_stdout(io.StringIO()), by_name_alone():
        try:
            import weasyprint
            from weasyprint.urls import URLFetcher, URLFetcherResponse
        except OSError:
            raise Unusable(Problem("pdf-libraries-missing")) from None

    class Assets(URLFetcher):  # type: ignore[misc]
        """Serves the fonts by name and pictures that are carried; other addresses are refused."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
            kind, content = _asset(url, drawings)
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    text, drawings = _apart(printable(_spoken(html)))
    page = weasyprint.HTML(string=text, url_fetcher=Assets())
    return page.render(pdf_variant=VARIANT)


@contextlib.contextmanager
def by_name_alone() -> Iterator[None]:
    """On Linux the loader finds a library by its name; no compiler is asked where it is.

    WeasyPrint 70 tries each library under names of other systems first, and of each of these
    ctypes asks gcc and ld, which takes longer than loading all of it.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _written(document: Any, attachments: Sequence[Attachment], day: datetime.date | None) -> bytes:
    """The pages as a file, with what goes along in the order in which its names are written: those
    with accents last."""
    import weasyprint

    when = datetime.datetime.combine(day or NO_DAY, datetime.time())
    files = [
        weasyprint.Attachment(
            string=file.content, name=file.name, description=file.what, relationship=file.relation,
            created=when, modified=when,
        )
        for file in sorted(attachments, key=lambda file: (not file.name.isascii(), file.name))
    ]  # fmt: skip
    kinds = {file.name: file.kind for file in attachments}
    _claim(document.metadata, day)
    made = document.write_pdf(
        pdf_variant=VARIANT, attachments=files, finisher=lambda _, made: _finish(made, kinds)
    )
    return bytes(made)


def _spoken(html: str) -> str:
    """The page with the description of each drawing in its title, which is all that is read aloud
    of a drawing in a PDF."""
    return DESCRIBED.sub(r"\1. \2</title>", html)


def _apart(html: str) -> tuple[str, dict[str, bytes]]:
    """The page with its drawings as pictures, and these by address.

    They look and read the same; but in the page each of their strokes is asked for its style.
    """
    drawings: dict[str, bytes] = {}

    def picture(found: re.Match[str]) -> str:
        address = f"asset:drawing-{len(drawings)}.svg"
        drawings[address] = found[0].encode()
        told = found[1].replace('"', "&quot;")
        return f'<img class="drawing" src="{address}" alt="{told}">'

    return DRAWING.sub(picture, html), drawings


def _asset(url: str, drawings: Mapping[str, bytes]) -> tuple[str, bytes]:
    """MIME type and content of what an address stands for. Raises `ValueError` for all others."""
    if url in drawings:
        return "image/svg+xml", drawings[url]
    font = _fonts().get(url)
    if font is not None:
        return "font/ttf", font.read_bytes()
    if url.startswith(PICTURE):
        return "image/png", base64.b64decode(url.removeprefix(PICTURE), validate=True)
    raise ValueError(f"refused: {url[:80]}")


def _fonts() -> dict[str, Path]:
    folder = shipped.folder("templates") / "fonts"
    return {f"asset:{path.name}": path for path in folder.glob("*.ttf")}


def _claim(metadata: Any, day: datetime.date | None) -> None:
    """What the document says of itself: PDF/UA-1 beside PDF/A-3a, and its day."""
    written = metadata.generate_rdf_metadata
    end = b"</rdf:RDF>"
    metadata.generate_rdf_metadata = lambda *facts: written(*facts).removesuffix(end) + CLAIM + end
    metadata.created = metadata.modified = day.isoformat() if day else None


def _finish(made: Any, kinds: dict[str, str]) -> None:
    """What WeasyPrint leaves undone: each file once, of the kind that it is, and none but ours."""
    found = {
        thing["UF"].string: thing
        for thing in made.objects
        if isinstance(thing, dict) and thing.get("Type") == "/Filespec"
    }
    if set(found) != set(kinds):
        raise ValueError("a file that nobody asked for")
    for name, thing in found.items():
        thing["F"].string = name  # also that by which it is listed, which would be bytes of UTF-8
        content = made.objects[int(thing["EF"]["F"].split()[0])]
        content.extra["Subtype"] = "/" + kinds[name].replace("/", "#2f")
    if "AF" in made.catalog:
        made.catalog["AF"][:] = dict.fromkeys(made.catalog["AF"])


class Printer:
    """A second process that makes one PDF, and is gone when the work is done or broken off."""

    def __enter__(self) -> Printer:
        self._work = contextlib.ExitStack()
        printing = started("sroi.report.pdf.pdf", errors=subprocess.PIPE)
        self._process = self._work.enter_context(printing)
        return self

    def __exit__(self, *broken_off: object) -> None:
        self._work.close()

    def lay_out(self, html: str) -> None:
        """Begin with a page. It goes on while this process makes what goes along with it."""
        with contextlib.suppress(BrokenPipeError):  # `pdf` tells why it stopped
            self._pipe.write(_line({"html": html}))
            self._pipe.flush()

    def pdf(
        self, attachments: Sequence[Attachment] = (), day: datetime.date | None = None
    ) -> bytes:
        """The PDF of that page. Raises `Unusable` where the renderer's libraries are missing."""
        files = [
            vars(file) | {"content": base64.b64encode(file.content).decode()}
            for file in attachments
        ]
        told = {"attachments": files, "day": day.isoformat() if day else None}
        made, said = self._process.communicate(_line(told))
        if self._process.returncode == NO_LIBRARIES:
            raise Unusable(Problem("pdf-libraries-missing"))
        if self._process.returncode:
            raise RuntimeError(said.decode("utf-8", "replace").strip()[-300:])
        return made

    @property
    def _pipe(self) -> IO[bytes]:
        pipe = self._process.stdin
        assert pipe is not None
        return pipe


def _line(told: dict[str, Any]) -> bytes:
    """What is said to the second process: bytes and no paths, so that it opens no file for it."""
    return json.dumps(told).encode() + b"\n"


def _print_one() -> int:
    """The work of the second process: load, warm up on an empty page, then the page that comes."""
    told = sys.stdin.buffer
    try:
        pdf(WARMING_UP)
        # of what the page takes hardly anything becomes free, and looking for it costs a tenth
        gc.freeze()
        gc.disable()
        document = _laid_out(json.loads(told.readline())["html"])
        rest = json.loads(told.readline())
    except Unusable:
        return NO_LIBRARIES
    files = [
        Attachment(**file | {"content": base64.b64decode(file["content"])})
        for file in rest["attachments"]
    ]
    day = datetime.date.fromisoformat(rest["day"]) if rest["day"] else None
    sys.stdout.buffer.write(_written(document, files, day))
    gc.freeze()  # all that is left goes with the process
    return 0


if __name__ == "__main__":
    sys.exit(_print_one())

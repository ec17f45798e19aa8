"""Every shipped report as a Word document, laid out by LibreOffice where that is installed.

Of each scenario one of the two languages, by turns. Pictures have their size and nothing on them.
"""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx as library
import pypdf
import pytest
from docx.oxml.ns import qn
from PIL import Image
from printed import SCENARIOS, printed

from sroi.report.charts.look import HOUSE
from sroi.report.pages.page import rendered
from sroi.report.word import word
from sroi.report.words.words import Words

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed"),
]
LANGS = {name: ("nl", "en")[number % 2] for number, name in enumerate(SCENARIOS)}


def blank(drawing: str) -> bytes:
    """A picture of the size of a drawing."""
    found = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', drawing)
    assert found
    stream = io.BytesIO()
    size = (1339, round(1339 * float(found[2]) / float(found[1])))
    Image.new("1", size, 1).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each report as a Word document, and as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("word")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word, "picture", blank)
        for name, lang in LANGS.items():
            page = rendered(printed(name, lang).filled, for_print=True)
            (folder / f"{name}.docx").write_bytes(word.docx(page, "", HOUSE))
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
               "--convert-to", "pdf", "--outdir", str(folder)]  # fmt: skip
    subprocess.run([*command, *map(str, sorted(folder.glob("*.docx")))], check=True,
                   capture_output=True, timeout=600)  # fmt: skip
    return folder


def words(text: str) -> str:
    """The words of a text with one space between them; a line may end after a dash in a word."""
    return " ".join(re.split(r"[\s–-]+", text.replace("\u2060", "").strip()))


def heads_and_figures(path: Path) -> Iterator[str]:
    """The head of every table, and every cell that is aligned as a number."""
    for table in library.Document(str(path)).element.body.iter(qn("w:tbl")):
        rows = list(table.iter(qn("w:tr")))
        for row in rows:
            cells = ["".join(t.text for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            if row.find(f".//{qn('w:tblHeader')}") is not None:
                yield words(" ".join(cells))
            else:
                right = [cell.find(f".//{qn('w:jc')}") is not None for cell in row.iter(qn("w:tc"))]
                yield from (words(c) for c, aligned in zip(cells, right, strict=True) if aligned)


def test_no_word_is_broken_and_page_1_is_one_page(documents):
    """In heads of tables and in figures; the contents begin on page 2, in our own font."""
    wrong = {}
    for name, lang in LANGS.items():
        pages = pypdf.PdfReader(documents / f"{name}.pdf").pages
        texts = [words(page.extract_text()) for page in pages]
        whole = " ".join(texts)
        said = heads_and_figures(documents / f"{name}.docx")
        wrong[name] = [one for one in said if one not in whole][:5]
        if not texts[1].startswith(Words(lang)("page.contents")):
            wrong[name].append("page 1 goes on")
        wrong[name] += fonts(pages[0]) - {"SourceSans3"}
    assert wrong == {name: [] for name in LANGS}


def fonts(page: pypdf.PageObject) -> set[str]:
    """The families that a page is printed in."""
    named = [str(one.get_object()["/BaseFont"]) for one in page["/Resources"]["/Font"].values()]
    return {name.split("+")[1].split("-")[0] for name in named}

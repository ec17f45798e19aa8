"""`sroi report` as a Word document, and in the look of an organisation."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from commands import Done, written
from valuations import RANGE, small

from sroi.report.words.words import Words

GUIDE = Path(__file__).parents[2] / "docs" / "handleiding.md"
LOGO = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0c"
    b"IDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82"
)


@pytest.fixture
def sroi(sroi, tmp_path) -> Callable[..., Done]:
    """Run a command in a folder with a scenario and a logo."""
    written(tmp_path, small(outcomes__rate=RANGE))
    (tmp_path / "logo.png").write_bytes(LOGO)
    return sroi


def made(folder: Path) -> set[str]:
    """What is in a folder beside what was there before."""
    return {path.name for path in folder.iterdir()} - {"plan.yaml", "logo.png", "merk.yaml"}


def test_a_word_document_and_nothing_else(sroi, tmp_path):
    done = sroi("report", "plan.yaml", "-o", "bod.docx")
    assert done.code == 0
    assert made(tmp_path) == {"bod.docx"}
    assert str(tmp_path / "bod.docx").endswith("bod.docx")
    assert docx.Document(str(tmp_path / "bod.docx")).core_properties.title
    assert "bod.docx" in done.err


def test_beside_a_web_page(sroi, tmp_path):
    """Each under its own name; `--docx` of a document is that document."""
    assert sroi("report", "plan.yaml", "--docx", "-o", "bod.html").code == 0
    assert made(tmp_path) == {"bod.docx", "bod.html"}
    before = (tmp_path / "bod.docx").read_bytes()
    assert sroi("report", "plan.yaml", "--docx", "-o", "bod.docx").code == 0
    assert (tmp_path / "bod.docx").read_bytes() == before


def test_the_file_is_called_as_it_was_asked(sroi, tmp_path):
    """Also in capitals."""
    assert sroi("report", "plan.yaml", "-o", "bod.HTML").code == 0
    assert made(tmp_path) == {"bod.HTML"}


def test_another_kind_is_refused_and_the_kinds_are_named(sroi, tmp_path):
    done = sroi("report", "plan.yaml", "-o", "bod.odt")
    assert done.code == 2
    assert ".odt" in done.err
    assert ".pdf, .html, .docx" in done.err
    assert made(tmp_path) == set()


def test_the_brand_of_the_guide(sroi, tmp_path):
    """The example in the guide is one that can be read, logo and all."""
    text = GUIDE.read_text(encoding="utf-8").partition("### Uw eigen huisstijl")[2]
    (tmp_path / "merk.yaml").write_text(text.split("```\n")[1], encoding="utf-8")
    done = sroi("report", "plan.yaml", "--brand", "merk.yaml", "-o", "bod.docx")
    assert done.code == 0, done.err
    document = docx.Document(str(tmp_path / "bod.docx"))
    assert str(document.styles["Heading 1"].font.color.rgb) == "7A1F5C"
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert alts[0] == "Voorbeeldwelzijn"


def test_a_brand_that_cannot_be_used_stops_before_the_work(sroi, tmp_path):
    """With file, line and what to do; nothing is written."""
    (tmp_path / "merk.yaml").write_text("name: A\naccent: f5a623\n", encoding="utf-8")
    done = sroi("report", "plan.yaml", "--brand", "merk.yaml", "-o", "bod.docx", "--lang", "nl")
    assert done.code == 2
    assert "merk.yaml:2:9  colour-pale" in done.err
    assert "#9f6c17" in done.err
    assert made(tmp_path) == set()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_help_names_both(lang):
    words = Words(lang, "help")
    assert "Word" in words("opt.docx")
    assert words("opt.brand")

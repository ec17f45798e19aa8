"""The report as a Word document: the same headings, tables, charts and words as the page."""

import html as markup
import io
import re
import zipfile
from functools import cache

import docx as library
import lxml.html
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree
from PIL import Image
from valuations import COMMAND, example_page, example_told, page, small, valued

from sroi.report.charts.look import HOUSE, Look
from sroi.report.pages.page import contents, rendered
from sroi.report.word.parts import WIDTH
from sroi.report.word.word import docx, picture

LANGS = pytest.mark.parametrize("lang", ["nl", "en"])
STYLES = {"Title": "h1", "Heading 1": "h2", "Front Heading": "h2", "TOC Heading": "h2",
          "Heading 2": "h3", "Heading 3": "h4"}  # fmt: skip
HOSTILE = '</w:t><w:instrText> INCLUDETEXT "file" </w:instrText>&lt;{{7*7}}\'"'
# the order in which the format wants the parts of a whole: Word refuses a file with another
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs suppressAutoHyphens "
    "spacing ind contextualSpacing jc outlineLvl",
    "rPr": "rStyle rFonts b i color sz szCs u vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "p": "pPr * ",
}


def tidy(text: str) -> str:
    """White space as one space."""
    return re.sub(r"\s+", " ", text).strip()


def squeezed(text: str) -> str:
    """Without white space."""
    return re.sub(r"\s+", "", text)


@cache
def example_docx(lang: str = "nl") -> bytes:
    """The report of the example."""
    return docx(example_page(lang, for_print=True), "Boven elke bladzijde", HOUSE)


def opened(content: bytes) -> library.document.Document:
    """A document as whoever reads it opens it."""
    return library.Document(io.BytesIO(content))


@cache
def example_html(lang: str = "nl") -> lxml.html.HtmlElement:
    """The page that it was made of."""
    return lxml.html.document_fromstring(example_page(lang, for_print=True)).find(".//main")


def made(main: str, **look: object) -> library.document.Document:
    """A document of a page that has only this in it."""
    text = f"<html lang='nl'><head><title>T</title></head><body><main>{main}</main></body></html>"
    return opened(docx(text, "", Look(**look)))


def said(document: library.document.Document) -> str:
    """All words of a document, in order."""
    body = document.element.body
    return "".join(text.text or "" for text in body.iter(qn("w:t")))


def parts(content: bytes) -> dict[str, bytes]:
    """What is in the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


@LANGS
def test_the_headings_are_those_of_the_page(lang):
    """As real headings, of the same level and in the same order."""
    wanted = [
        (one.tag, tidy(one.text_content()))
        for one in example_html(lang).iter("h1", "h2", "h3", "h4")
    ]
    document = opened(example_docx(lang))
    names = {style.style_id: STYLES.get(style.name, "") for style in document.styles}
    found = [
        (names[one.style], tidy("".join(text.text for text in one.iter(qn("w:t")))))
        for one in document.element.body.iter(qn("w:p")) if names.get(one.style)
    ]  # fmt: skip
    assert len(found) > 20
    assert found == wanted


@LANGS
def test_every_table_is_there_with_the_same_cells(lang):
    """Also those of a row that spans all columns."""
    wanted = [
        [[squeezed(cell.text_content()) for cell in row] for row in table.iter("tr")]
        for table in example_html(lang).iter("table")
    ]
    tables = [one for one in opened(example_docx(lang)).tables if one.style.name == "Report Table"]
    found = [
        [[squeezed("".join(t.text for t in cell.iter(qn("w:t")))) for cell in row._tr.tc_lst]
         for row in table.rows]
        for table in tables
    ]  # fmt: skip
    assert len(found) > 15
    assert found == wanted


def test_heads_are_repeated_and_rows_are_not_broken():
    """On every page that a table goes on to."""
    heads = [len(table.findall("thead/tr")) for table in example_html().iter("table")]
    tables = [one for one in opened(example_docx()).tables if one.style.name == "Report Table"]
    for count, table in zip(heads, tables, strict=True):
        repeated = [row._tr.find(".//" + qn("w:tblHeader")) is not None for row in table.rows]
        assert repeated == [True] * count + [False] * (len(table.rows) - count)
        assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for row in table.rows)


@LANGS
def test_not_a_word_is_lost_and_none_is_added(lang):
    """From the title to the last source, in the same order."""
    shown = lxml.html.document_fromstring(
        re.sub(r"(?s)<svg\b.*?</svg>", "", example_page(lang, for_print=True))
    ).find(".//main")
    assert squeezed(said(opened(example_docx(lang)))) == squeezed(shown.text_content())


@LANGS
def test_every_chart_is_a_picture_that_says_what_it_shows(lang):
    """In the words that are read aloud on the page; as wide as the page, at 200 dots per inch."""
    drawings = re.findall(r"(?s)<svg\b.*?</svg>", example_page(lang, for_print=True))
    titles = [markup.unescape(re.search(r"<title[^>]*>([^<]*)", one)[1]) for one in drawings]
    document = opened(example_docx(lang))
    shapes = document.inline_shapes
    alts = [shape._inline.docPr.get("descr") for shape in shapes]
    assert len(alts) == len(titles) > 5
    assert len({shape._inline.docPr.id for shape in shapes}) == len(alts)
    for alt, title in zip(alts, titles, strict=True):
        assert squeezed(alt).startswith(squeezed(title))
    for shape in shapes:
        assert abs(shape.width - Mm(170)) < 1000
        id_ = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        image = Image.open(io.BytesIO(document.part.related_parts[id_].blob))
        assert image.width == round(170 / 25.4 * 200)
        assert len(image.convert("L").getcolors(256)) > 5


def test_pictures_are_drawn_in_our_own_font():
    """The text of a chart is there, whatever fonts the machine has."""
    with_text = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 20"><text x="5" y="15" ' \
        'font-family="\'Source Sans 3\'" font-weight="{}">Voorbeeld</text></svg>'  # fmt: skip
    empty = re.sub("<text.*</text>", "", with_text)
    drawn = {picture(one) for one in (with_text.format(400), with_text.format(600), empty)}
    assert len(drawn) == 3


@LANGS
def test_the_document_says_what_it_is(lang):
    """Title, author, language, and the day of the scenario."""
    document, told = opened(example_docx(lang)), example_told(lang)
    about = document.core_properties
    assert about.title == told.say(told.scenario.title)
    assert about.author == told.say(told.scenario.organisation)
    assert about.language == {"nl": "nl-NL", "en": "en-GB"}[lang]
    assert about.created.date() == about.modified.date() == told.scenario.date
    spoken = document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val"))
    assert spoken == about.language


def test_without_a_date_it_names_no_day():
    about = made("<p>a</p>").core_properties
    assert b"dcterms" not in re.sub(rb"xmlns:\w+=\S+", b"", etree.tostring(about._element))


def test_the_same_page_gives_the_same_bytes():
    """No hour of the clock is in it."""
    assert example_docx() == docx(example_page(for_print=True), "Boven elke bladzijde", HOUSE)
    with zipfile.ZipFile(io.BytesIO(example_docx())) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_pages_are_numbered_and_named():
    """A4; at the head of all but the first what it is about, at the foot the number."""
    (section,) = opened(example_docx()).sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.different_first_page_header_footer
    assert [p.text for p in section.header.paragraphs] == ["Boven elke bladzijde"]
    assert [p.text for p in section.first_page_header.paragraphs] == [""]
    for foot in (section.footer, section.first_page_footer):
        codes = [code.text.strip() for code in foot._element.iter(qn("w:instrText"))]
        assert codes == ["PAGE", "NUMPAGES"]


def test_the_contents_lead_to_the_headings():
    """Each line to a bookmark at its section; all within one field that Word can refresh."""
    body = opened(example_docx()).element.body
    lines = [p for p in body.iter(qn("w:p")) if p.style == "TOC1"]
    wanted = [squeezed(one.text_content()) for one in example_html().find(".//nav").iter("a")]
    assert [squeezed("".join(t.text for t in p.iter(qn("w:t")))) for p in lines] == wanted
    at = {
        mark.get(qn("w:name")): squeezed("".join(t.text for t in mark.getparent().iter(qn("w:t"))))
        for mark in body.iter(qn("w:bookmarkStart"))
    }
    for line, text in zip(lines[1:], wanted[1:], strict=True):
        assert at[line.find(qn("w:hyperlink")).get(qn("w:anchor"))] == text
    kinds = [c.get(qn("w:fldCharType")) for p in lines for c in p.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_every_link_leads_somewhere():
    """Inside to a bookmark, of which each is there once; outside to the web."""
    document = opened(example_docx())
    body = document.element.body
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(marks)) == len(marks) == len(set(numbers))
    anchors = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} - {None}
    assert anchors <= set(marks)
    outside = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    assert all(place.startswith(("https://", "http://")) for place in outside)


def test_every_style_in_use_is_defined():
    """A name that the style sheet does not know would quietly be Normal."""
    document = opened(example_docx())
    known = {style.style_id for style in document.styles}
    used = {one.get(qn("w:val")) for tag in ("pStyle", "rStyle", "tblStyle")
            for one in document.element.body.iter(qn(f"w:{tag}"))}  # fmt: skip
    based = {one.get(qn("w:val")) for tag in ("basedOn", "next")
             for one in document.styles.element.iter(qn(f"w:{tag}"))}  # fmt: skip
    assert used | based <= known


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footer1.xml"])
def test_parts_stand_in_the_order_that_the_format_asks_for(part):
    tree = etree.fromstring(parts(example_docx())[part])
    for element in tree.iter():
        name = etree.QName(element).localname
        inside = [etree.QName(child).localname for child in element]
        if name in ("pPr", "rPr", "tblPr", "tcPr"):
            wanted = ORDER[name].split()
            assert inside == sorted(inside, key=wanted.index), name
        elif name in ("tbl", "tr", "tc"):
            wanted = ORDER[name].split()
            assert [wanted.index(one) for one in inside] == sorted(map(wanted.index, inside))
        elif name == "p" and "pPr" in inside:
            assert inside.index("pPr") == 0


def test_a_cell_ends_in_a_paragraph_and_so_does_the_page():
    """Word calls a file without it damaged; two tables beside each other become one."""
    body = opened(example_docx()).element.body
    for cell in body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")
    kinds = [etree.QName(block).localname for block in body]
    assert kinds[-2:] == ["p", "sectPr"]
    assert "tbl tbl" not in " ".join(kinds)


def test_a_table_stays_with_the_words_that_lead_up_to_it():
    """And its total with the row above; a short one is not broken at all."""
    document = made(
        "<p>a</p><table><tbody>" + "<tr><td>1</td></tr>" * 20
        + "<tr class='foot'><td>2</td></tr></tbody></table><p>b</p>"
        "<table><tbody><tr><td>3</td></tr><tr><td>4</td></tr></tbody></table>"
    )  # fmt: skip
    kept = [
        "".join(t.text for t in p.iter(qn("w:t")))
        for p in document.element.body.iter(qn("w:p"))
        if p.pPr.find(qn("w:keepNext")) is not None
    ]
    assert kept == ["a", "1", "b", "3"]


def test_columns_are_together_as_wide_as_the_page():
    for table in opened(example_docx()).tables:
        wide = [int(one.get(qn("w:w"))) for one in table._tbl.iter(qn("w:gridCol"))]
        assert abs(sum(wide) - WIDTH) < 5
        assert min(wide) > 200


def test_nothing_of_the_machine_or_the_library_is_in_the_file():
    """No thumbnail, no macro, no name of a tool."""
    content = parts(example_docx())
    assert not [name for name in content if re.search(r"thumb|vba|bin$|customXml", name)]
    about = content["docProps/core.xml"]
    assert not re.search(rb"python|generated|/tmp|/home", about)


def test_no_text_of_a_scenario_breaks_out():
    """It is printed as it was written; the only fields are those of the document itself."""
    scenario = small(outcomes__what=HOSTILE, investment__what=HOSTILE, stakeholders__name=HOSTILE)
    scenario |= {"title": HOSTILE, "organisation": HOSTILE, "question": HOSTILE}
    scenario["sources"][0] |= {"title": HOSTILE, "URL": "https://voorbeeld.nl/?a=<b>&c"}
    filled = contents(valued(scenario), "nl", {}, COMMAND)
    document = opened(docx(rendered(filled, for_print=True), HOSTILE, HOUSE))
    codes = {code.text.strip() for code in document.element.iter(qn("w:instrText"))}
    assert codes == {'TOC \\o "1-1" \\h \\z'}
    assert said(document).count(HOSTILE) > 3
    assert document.core_properties.title == HOSTILE
    assert document.sections[0].header.paragraphs[0].text == HOSTILE


def test_the_report_of_a_small_scenario():
    """Without charts that need uncertainty, and without variants."""
    text = page(small(), for_print=True)
    assert len(opened(docx(text, "", HOUSE)).tables) > 5


def test_a_summary_has_no_contents():
    filled = contents(valued(small()), "nl", {}, COMMAND) | {"summary_only": True}
    document = opened(docx(rendered(filled, for_print=True), "", HOUSE))
    assert not [p for p in document.paragraphs if p.style.name in ("toc 1", "Heading 1")]


def test_words_with_a_look_of_their_own():
    """And white space as a browser shows it."""
    document = made(
        "<p> een  <strong>twee</strong>\n<i>drie</i> H<sub>2</sub>O, m<sup>2</sup><br> vier </p>"
    )
    (paragraph,) = document.paragraphs
    assert paragraph.text == "een twee drie H2O, m2\nvier"
    looks = {run.text: run for run in paragraph.runs}
    assert looks["twee"].bold
    assert looks["drie"].italic
    assert paragraph._p.find(f".//{qn('w:vertAlign')}").get(qn("w:val")) == "subscript"


def test_unknown_elements_keep_their_words():
    """A new part of the page is there by itself."""
    document = made(
        "los <div>binnen <article><p>p</p> na</article></div> <details>x</details> eind"
    )
    assert [p.text for p in document.paragraphs] == ["los", "binnen", "p", "na", "x", "eind"]


def test_lists_count_from_one_and_go_deeper():
    document = made(
        "<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol><ol><li>d</li></ol><ul><li>e</li></ul>"
    )
    found = [(p.text, p.style.name, *_numbers(p)) for p in document.paragraphs]
    assert [one[:2] for one in found] == [
        ("a", "List Number"), ("b", "List Number"), ("c", "List Bullet"), ("d", "List Number"),
        ("e", "List Bullet"),
    ]  # fmt: skip
    assert found[0][2:] == found[1][2:]
    assert found[2][2:] == (1, 1)
    assert found[3][3] != found[0][3]


def _numbers(paragraph) -> tuple[int, int]:
    """Level and list of a paragraph; of its style where it does not say."""
    found = paragraph._p.pPr.numPr
    return (found.ilvl.val, found.numId.val) if found is not None else (0, 0)


def test_characters_that_no_document_can_hold_are_marked():
    """As in the page: something was here."""
    assert made("<p>a\x0bb</p>").paragraphs[0].text in ("ab", "a\ufffdb", "a b")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "#nergens", "//x"]
)
def test_a_link_elsewhere_is_only_text(address):
    document = made(f"<p><a href='{address}'>hier</a></p>")
    assert document.paragraphs[0].text == "hier"
    assert document.element.body.find(f".//{qn('w:hyperlink')}") is None
    assert not [rel for rel in document.part.rels.values() if rel.is_external]


def test_a_logo_keeps_its_shape_and_says_whose_it_is():
    stream = io.BytesIO()
    Image.new("RGB", (600, 100), "teal").save(stream, "PNG")
    look = {
        "name": "Voorbeeldwelzijn",
        "logo": stream.getvalue(),
        "accent": "#7a1f5c",
        "tint": "#f6eff4",
    }
    address = Look(**look).logo_address
    document = made(
        f"<p class='brand'><img src='{address}' alt='Voorbeeldwelzijn'></p><h2>a</h2>", **look
    )
    (logo,) = document.inline_shapes
    assert logo._inline.docPr.get("descr") == "Voorbeeldwelzijn"
    assert logo.width == Mm(48)
    assert logo.height == pytest.approx(Mm(8), abs=5)
    assert document.sections[0].footer.paragraphs[0].text.startswith("Voorbeeldwelzijn\t")
    assert str(document.styles["Heading 1"].font.color.rgb) == "7A1F5C"

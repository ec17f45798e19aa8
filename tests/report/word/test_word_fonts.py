"""The font that goes along in a Word document: whole, mixed with its key, and named where it is."""

import io
import re
import zipfile

from docx import Document

from sroi import shipped
from sroi.report.word.fonts import FACES, embed

FONTS = shipped.folder("templates") / "fonts"


def parts() -> dict[str, bytes]:
    """What is in a document into which the font was put."""
    document, stream = Document(), io.BytesIO()
    embed(document)
    document.save(stream)
    with zipfile.ZipFile(stream) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_every_face_comes_back_by_its_key():
    """As a reader does it: the first 32 bytes, with the digits of the key from the last back."""
    found = parts()
    table, rels = (
        found["word/fontTable.xml"].decode(),
        found["word/_rels/fontTable.xml.rels"].decode(),
    )
    for name in FACES:
        (key,) = re.findall(rf'r:id="{name}" w:fontKey="{{([0-9A-F-]{{36}})}}"', table)
        assert re.search(rf'Id="{name}"[^>]*Target="fonts/{name}.odttf"|'
                         rf'Target="fonts/{name}.odttf"[^>]*Id="{name}"', rels)  # fmt: skip
        digits = bytes.fromhex(key.replace("-", ""))
        mixed = found[f"word/fonts/{name}.odttf"]
        first = bytes(mixed[place] ^ digits[15 - place % 16] for place in range(32))
        assert first + mixed[32:] == (FONTS / f"SourceSans3-{name}.ttf").read_bytes()
    assert b"obfuscatedFont" in found["[Content_Types].xml"]


def test_the_style_asks_for_the_font_that_goes_along():
    (name,) = re.findall(r'<w:font w:name="([^"]+)"', parts()["word/fontTable.xml"].decode())
    styles = (shipped.folder("templates") / "word" / "styles.xml").read_text(encoding="utf-8")
    assert f'w:ascii="{name}" w:hAnsi="{name}"' in styles

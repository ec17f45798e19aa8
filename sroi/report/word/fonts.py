"""The font of the report in the Word document.

A font goes along with its first 32 bytes mixed with a key that stands beside it (ECMA-376, part 4,
"Font Embedding"). It may be used in any document (SIL Open Font License).
"""

from __future__ import annotations

import uuid
from functools import lru_cache
from string import Template

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from sroi import shipped

FACES = ("Regular", "Semibold", "It")
MIXED = 32  # bytes
KIND = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
EMBEDDED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"


def embed(document: Document) -> None:
    """The faces of our font in a document, in the place of what the library names."""
    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    for name in FACES:
        place = PackURI(f"/word/fonts/{name}.odttf")
        part = Part(place, KIND, _mixed(name), table.package)
        table.rels.add_relationship(EMBEDDED, part, name)
    text = (shipped.folder("templates") / "word" / "fonts.xml").read_text(encoding="utf-8")
    table._blob = Template(text).substitute({name: _key(name) for name in FACES}).encode()


def _key(name: str) -> str:
    """A key that is the same in every document."""
    return f"{{{uuid.uuid5(uuid.NAMESPACE_OID, f'SourceSans3-{name}')}}}".upper()


@lru_cache
def _mixed(name: str) -> bytes:
    """A face, of which the first bytes are mixed with the digits of its key from the last back."""
    content = (shipped.folder("templates") / "fonts" / f"SourceSans3-{name}.ttf").read_bytes()
    key = bytes.fromhex(_key(name).strip("{}").replace("-", ""))[::-1]
    first = bytes(one ^ key[place % len(key)] for place, one in enumerate(content[:MIXED]))
    return first + content[MIXED:]

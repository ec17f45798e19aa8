"""Bytes become lines: the encoding is found, and no line and no file may be without end."""

import pytest

from sroi.inputs.download import characters as module
from sroi.inputs.download.characters import characters
from sroi.problems import Unusable

TEXT = "gemeente;cliënten\nSúdwest-Fryslân;5\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_the_encoding_is_found(tmp_path, encoding, found):
    (path := tmp_path / "a.csv").write_bytes(TEXT.encode(encoding))
    read = characters("a.csv", lambda: path.open("rb"))
    assert read.encoding == found
    assert "".join(read.lines()) == TEXT


def test_pieces_end_where_they_end(tmp_path, monkeypatch):
    """Also in the middle of a letter or of a line break."""
    monkeypatch.setattr(module, "PIECE", 7)
    (path := tmp_path / "a.csv").write_bytes(TEXT.encode())
    assert list(characters("a.csv", lambda: path.open("rb")).lines()) == TEXT.splitlines(True)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"a;b\0c\n", "data-unreadable"), (b"a;\x81\n", "data-unreadable"),
     (b"a" * 101, "data-too-large"), (b"a\n" * 200, "data-too-large")],
)  # fmt: skip
def test_what_is_no_text_or_too_much_is_refused(tmp_path, monkeypatch, content, code):
    monkeypatch.setattr(module, "LONGEST_LINE", 100)
    monkeypatch.setattr(module, "MOST_BYTES", 300)
    (path := tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(Unusable) as refused:
        list(characters("a.csv", lambda: path.open("rb")).lines())
    assert refused.value.problems[0].code == code

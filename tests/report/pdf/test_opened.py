"""A PDF that somebody gave is read up to limits, and whatever is wrong with it is one finding."""

import io
import random

import pikepdf
import pypdf
import pytest

from sroi.problems import Unusable
from sroi.report.pdf import opened as reader_of
from sroi.report.pdf.opened import carrying, files_in, opened, pages_in
from sroi.report.pdf.pdf import Attachment, pdf

FILES = [
    Attachment("invoer.yaml", "application/yaml", "Source", "De invoer", b"a: 1\n"),
    Attachment("tabel.csv", "text/csv", "Data", "Een tabel", b"x;y\r\n1;2\r\n"),
]


@pytest.fixture(scope="module")
def sound() -> bytes:
    """A page with two files in it."""
    return pdf("<html lang=nl><title>Proef</title><h1>Proef</h1><p>Twee woorden</p>", FILES)


def with_files(*files: tuple[str, bytes]) -> bytes:
    """A PDF with these files in it."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    for name, content in files:
        writer.add_attachment(name, content)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def found_in(content: bytes) -> set[str]:
    """What is said of a PDF, by the reader of its files and by that of its words."""
    codes = set()
    for reader in (files_in, pages_in):
        try:
            reader(content)
        except Unusable as unusable:
            codes |= {problem.code for problem in unusable.problems}
    return codes


def refused(content: bytes) -> bool:
    """Whether it is said to be damaged, and nothing else."""
    return found_in(content) == {"report-damaged"}


def test_files_and_words(sound):
    """As they were put in."""
    assert files_in(sound).files == {file.name: file.content for file in FILES}
    assert files_in(sound).pages == 1
    pages = pages_in(sound).pages
    assert [" ".join(page.words.split()) for page in pages] == ["Proef Twee woorden"]


def test_a_process_of_its_own_finds_the_same(sound):
    """And refuses the same."""
    assert carrying(sound) == files_in(sound)
    assert opened(sound) == pages_in(sound)
    for reader in (carrying, opened):
        with pytest.raises(Unusable) as caught:
            reader(b"%PDF-1.7")
        assert caught.value.problems[0].code == "report-damaged"


def test_whoever_asks_for_work_without_end_is_stopped(sound):
    """After a while; here at once."""
    for reader in (carrying, opened):
        with pytest.raises(Unusable) as caught:
            reader(sound, seconds=0)
        assert caught.value.problems[0].code == "report-too-much"


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"\0" * 5_000, b"<html></html>", b"%PDF-1.7\n%%EOF", b"PK\3\4"]
)
def test_what_is_no_pdf_is_refused(content):
    assert refused(content)


def test_a_secured_pdf_is_refused(sound):
    """Also where the password is empty, so that anybody can open it."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(sound)) as document:
        document.save(stream, encryption=pikepdf.Encryption(owner="x", user=""))
    assert refused(stream.getvalue())


def test_more_than_fits_is_refused(monkeypatch, sound):
    """A large file, many files, a file that unpacks to more than it should, and many pages."""
    for name, most in (("MOST_BYTES", 100), ("MOST_FILES", 1), ("MOST_INSIDE", 10)):
        with monkeypatch.context() as patched:
            patched.setattr(reader_of, name, most)
            with pytest.raises(Unusable):
                files_in(sound)
    monkeypatch.setattr(reader_of, "MOST_PAGES", 0)
    with pytest.raises(Unusable):
        pages_in(sound)


def test_a_file_that_unpacks_without_end_is_refused():
    """A hundred million zeros fit in a hundred thousand bytes."""
    document, stream = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    spec = pikepdf.AttachedFileSpec(document, b"0" * 100_000_000, filename="nullen.csv")
    document.attachments["nullen.csv"] = spec
    document.save(stream, compress_streams=True)
    assert len(stream.getvalue()) < 200_000
    with pytest.raises(Unusable):
        files_in(stream.getvalue())


def test_one_name_twice_is_refused():
    """Which of them is meant nobody knows."""
    with pytest.raises(Unusable):
        files_in(with_files(("a.csv", b"1"), ("a.csv", b"2")))


def test_a_name_is_only_a_name():
    """What looks like a path is a key and nothing else."""
    names = ("../../etc/passwd", "/etc/passwd", "C:\\x", "a\0b", "")
    found = files_in(with_files(*((name, b"1") for name in names))).files
    assert set(found) <= set(names)


def test_whatever_was_broken_in_it(sound, caplog):
    """Bytes changed, left out or doubled: an answer or one finding, and not a word on the side."""
    chance = random.Random(1)
    for _ in range(150):
        broken = bytearray(sound)
        for _ in range(chance.randint(1, 20)):
            start = chance.randrange(len(broken))
            part = chance.choice(
                [b"", bytes([chance.randrange(256)]), broken[start : start + 40] * 2]
            )
            broken[start : start + chance.randint(1, 30)] = part
        assert found_in(bytes(broken)) <= {"report-damaged"}
    assert [record for record in caplog.records if record.name.startswith("pypdf")] == []

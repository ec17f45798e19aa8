"""An archive is weighed before it is read, and nothing of it comes on the disk."""

import zipfile

import pytest

from sroi.inputs.download import packed
from sroi.inputs.download.packed import is_packed, tables_in
from sroi.problems import Unusable


@pytest.fixture
def archive(tmp_path):
    def made(parts, **options):
        path = tmp_path / "download.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as file:
            for name, text in parts.items():
                file.writestr(name, text)
        return path

    return made


def begins(path) -> list[bytes]:
    """The first bytes of every table."""
    found = []
    for opened in tables_in(path).values():
        with opened() as stream:
            found.append(stream.read(100))
    return found


def refused(path) -> str:
    with pytest.raises(Unusable) as stopped:
        begins(path)
    return stopped.value.problems[0].code


def test_tables_are_found_and_opened(archive):
    path = archive({"map/Observations.csv": "a;b\n", "leesmij.txt": "tekst"})
    assert is_packed(path)
    tables = tables_in(path)
    assert list(tables) == ["Observations.csv"]
    with tables["Observations.csv"]() as stream:
        assert stream.read(10) == b"a;b\n"


def test_what_grows_too_much_is_not_opened(archive):
    assert refused(archive({"a.csv": "0" * 20_000_000})) == "data-packed-too-tight"


def test_what_says_that_it_is_too_large_is_not_opened(archive, monkeypatch):
    monkeypatch.setattr(packed, "MOST_BYTES", 10)
    assert refused(archive({"a.csv": "0" * 11})) == "data-too-large"


@pytest.mark.parametrize("name", ["MOST_PARTS", "MOST_PACKED", "MOST_DIRECTORY"])
def test_an_archive_has_a_size(archive, monkeypatch, name):
    monkeypatch.setattr(packed, name, 1)
    assert refused(archive({"a.csv": "a;b", "b.csv": "a;b"})) == "data-too-large"


def test_two_parts_of_one_name_are_refused(archive):
    assert refused(archive({"a/a.csv": "1", "b/a.csv": "2"})) == "data-unreadable"


def test_a_damaged_archive_is_refused(archive):
    path = archive({"a.csv": "a;b\n" * 100})
    path.write_bytes(path.read_bytes()[:60])
    assert refused(path) == "data-unreadable"


def test_a_damaged_part_is_refused(archive):
    path = archive({"a.csv": "a;b\n1;2\n" * 400})
    content = bytearray(path.read_bytes())
    content[45] ^= 255
    path.write_bytes(content)
    assert refused(path) == "data-unreadable"

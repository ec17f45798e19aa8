"""Files are written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from sroi.problems import Unusable
from sroi.report.files import files


def refused(path: Path, content: bytes | str = b"x") -> str:
    """The reason for which a file could not be written."""
    with pytest.raises(Unusable) as caught:
        files.write(path, content)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("output-unwritable", str(path))
    return str(problem.facts["reason"])


def test_text_is_written_as_utf_8(tmp_path):
    """And bytes as they are."""
    files.write(tmp_path / "a.txt", "één\r\n")
    files.write(tmp_path / "b.bin", b"\x00\xff")
    assert (tmp_path / "a.txt").read_bytes() == "één\r\n".encode()
    assert (tmp_path / "b.bin").read_bytes() == b"\x00\xff"


def test_a_file_that_is_there_is_replaced(tmp_path):
    """Nothing else is left in the folder."""
    for content in ("lang" * 999, "kort"):
        files.write(tmp_path / "a.txt", content)
    assert (tmp_path / "a.txt").read_text() == "kort"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_can_be_read_by_those_who_may_read_any_new_file(tmp_path):
    """It has the rights that the system gives, not those of a secret."""
    before = os.umask(0o022)
    try:
        files.write(tmp_path / "a.txt", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o644


def test_a_folder_that_is_missing(tmp_path):
    """Is not made: a report lands where it was asked, or nowhere."""
    assert refused(tmp_path / "none" / "a.pdf") == "ENOENT"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_file(tmp_path):
    """Stays as it is."""
    (tmp_path / "a.pdf").mkdir()
    assert refused(tmp_path / "a.pdf") == "EISDIR"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="may write anywhere")
def test_a_folder_that_is_read_only(tmp_path):
    """Nothing is written in it."""
    tmp_path.chmod(0o500)
    assert refused(tmp_path / "a.pdf") == "EACCES"


@pytest.mark.parametrize(
    "step", ["os.fsync", "pathlib.Path.write_bytes", "pathlib.Path.replace", "tempfile.mkstemp"]
)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_disk_that_fails_leaves_what_was_there(tmp_path, monkeypatch, step, number):
    """The old file whole, and no part of the new one."""
    files.write(tmp_path / "a.txt", "oud")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(step, fail)
    assert refused(tmp_path / "a.txt", "nieuw") == errno.errorcode[number]
    monkeypatch.undo()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.txt": "oud"}


def test_whoever_stops_it_leaves_nothing_behind(tmp_path, monkeypatch):
    """Ctrl-C while it writes."""

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        files.write(tmp_path / "a.txt", "x")
    assert list(tmp_path.iterdir()) == []


def test_folders_are_made(tmp_path):
    """Also those above, and it is no mistake if they are there."""
    for _ in range(2):
        files.folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_file_in_the_place_of_a_folder(tmp_path):
    """Stays as it is."""
    (tmp_path / "a").write_text("x")
    for path in (tmp_path / "a", tmp_path / "a" / "b"):
        with pytest.raises(Unusable) as caught:
            files.folder(path)
        assert [problem.code for problem in caught.value.problems] == ["output-unwritable"]
    assert (tmp_path / "a").read_text() == "x"


def test_a_very_long_name(tmp_path):
    """Is refused by the system, and told."""
    assert refused(tmp_path / ("a" * 300)) == "ENAMETOOLONG"


def test_a_file_that_is_write_protected_is_not_replaced(tmp_path):
    """Somebody protected it on purpose; that is told before long work as well as after it."""
    path = tmp_path / "rapport.pdf"
    files.write(path, "oud")
    path.chmod(0o444)
    assert refused(path, "nieuw") == "EACCES"
    with pytest.raises(Unusable) as caught:
        files.ready(path, ".pdf")
    assert caught.value.problems[0].facts["reason"] == "EACCES"
    assert [one.name for one in tmp_path.iterdir()] == ["rapport.pdf"]
    assert path.read_text() == "oud"


def test_a_folder_is_looked_at_before_long_work(tmp_path):
    """One that is not there yet will be made; in a file nothing can be."""
    files.ready_folder(tmp_path / "tabellen" / "2026")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a").write_text("x")
    for path in (tmp_path / "a", tmp_path / "a" / "b"):
        with pytest.raises(Unusable) as caught:
            files.ready_folder(path)
        assert caught.value.problems[0].facts["reason"] == "ENOTDIR"

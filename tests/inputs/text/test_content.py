"""What can be opened is read up to a limit; what may never end is not read at all."""

import os
from pathlib import Path

import pytest

from sroi.inputs.text.content import content_of
from sroi.problems import Unusable


def refused(path: Path) -> str:
    with pytest.raises(Unusable) as caught:
        content_of(path, 10)
    return caught.value.problems[0].code


def test_no_more_than_one_byte_too_many(tmp_path):
    """Which tells that there are more of them."""
    path = tmp_path / "a"
    path.write_bytes(b"0123456789")
    assert content_of(path, 10) == b"0123456789"
    assert content_of(path, 9) == b"0123456789"
    assert content_of(path, 8) == b"012345678"


def test_what_is_not_there_and_a_folder(tmp_path):
    """Each in its own words."""
    assert refused(tmp_path / "b") == "file-missing"
    assert refused(tmp_path) == "file-is-folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_not_waited_for(tmp_path):
    """Nobody may ever write into it."""
    os.mkfifo(tmp_path / "c")
    assert refused(tmp_path / "c") == "file-is-stream"

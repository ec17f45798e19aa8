"""Finished blocks in a folder: there and back with every bit, and nothing else is taken for one."""

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis.extra import numpy as made

from sroi.analysis.blocks.kept import Kept, kept
from sroi.problems import Unusable

RESULT = {"mean": np.array([[1 / 3, -0.0], [np.inf, 5e-324]]), "none": np.zeros((0, 4))}


def only(folder):
    return next(folder.folder.iterdir())


def bits(arrays):
    return {name: (array.shape, array.tobytes()) for name, array in arrays.items()}


@pytest.fixture
def folder(tmp_path):
    return kept(tmp_path / "blokken", "f1")


@given(array=made.arrays(np.uint64, made.array_shapes(max_dims=3, min_side=0)))
def test_every_bit_comes_back(tmp_path_factory, array):
    """Also numbers that are none, of any kind, and zeros below zero."""
    place, numbers = tmp_path_factory.mktemp("k"), {"x": array.view(np.float64)}
    folder = kept(place, "f")
    folder.put("b", numbers)
    assert bits(folder.get("b")) == bits(numbers)


def test_blocks_do_not_take_each_others_place(folder):
    folder.put("b", RESULT)
    other = Kept(folder.folder, "f2")
    assert (folder.get("c"), other.get("b")) == (None, None)
    other.put("b", {"mean": np.ones(1)})
    assert bits(folder.get("b")) == bits(RESULT)


def test_a_table_for_other_programs(folder):
    folder.put("b", RESULT)
    table = pq.read_table(only(folder))
    assert table["name"].to_pylist() == ["mean", "none"]
    assert table["shape"].to_pylist() == [[2, 2], [0, 4]]
    assert table["numbers"].to_pylist()[0] == [1 / 3, -0.0, np.inf, 5e-324]
    assert table.schema.metadata == {b"sroi.inputs": b"f1", b"sroi.block": b"b"}


@pytest.mark.parametrize("damage", [lambda b: b[:-9], lambda b: b"", lambda b: b[:40] + b[41:]])
def test_what_is_damaged_is_made_anew(folder, damage):
    folder.put("b", RESULT)
    path = only(folder)
    path.write_bytes(damage(path.read_bytes()))
    assert folder.get("b") is None
    folder.put("b", RESULT)
    assert bits(folder.get("b")) == bits(RESULT)


def test_a_block_under_the_name_of_another_is_none(folder):
    folder.put("b", RESULT)
    mine = only(folder)
    folder.put("c", RESULT)
    other = next(path for path in folder.folder.iterdir() if path != mine)
    head, _, sign = mine.name.split("-")
    mine.replace(folder.folder / "-".join([head, other.name.split("-")[1], sign]))
    other.unlink()
    assert (folder.get("b"), folder.get("c")) == (None, None)


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "begroting.xlsx").write_text("x")
    with pytest.raises(Unusable) as told:
        kept(tmp_path, "f1")
    assert told.value.problems[0].facts["found"] == "begroting.xlsx"
    assert [path.name for path in tmp_path.iterdir()] == ["begroting.xlsx"]
    with pytest.raises(Unusable):
        kept(tmp_path / "begroting.xlsx", "f1")


def test_a_folder_goes_on_with_its_own_blocks(folder):
    folder.put("b", RESULT)
    (folder.folder / ".block-half").write_bytes(b"PAR1")
    again = kept(folder.folder, "f1")
    assert bits(again.get("b")) == bits(RESULT)


def test_a_folder_that_is_full_is_told(folder, monkeypatch):
    def full(*_):
        raise OSError(28, "")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Unusable) as told:
        folder.put("b", RESULT)
    assert told.value.problems[0].facts["reason"] == "ENOSPC"
    assert list(folder.folder.iterdir()) == []

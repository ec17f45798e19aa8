"""Who gets which blocks: each block once, those of a kind together, whoever comes or goes."""

from hypothesis import given
from hypothesis import strategies as st

from sroi.analysis.blocks.doing import Block
from sroi.analysis.blocks.handed_out import HandedOut


def blocks(*sizes):
    return [Block(f"{kind}-{n}", (), str(kind)) for kind, size in enumerate(sizes)
            for n in range(size)]  # fmt: skip


def test_workers_stay_at_a_kind_and_then_help_the_slowest():
    left = HandedOut(blocks(3, 4))
    left.here(["a", "b"])
    order = [left.next_for(worker).name for worker in "abaabab"]
    assert order == ["0-0", "1-0", "0-1", "0-2", "1-1", "1-3", "1-2"]
    assert left.next_for("a") is None
    assert not left


def test_what_was_meant_for_a_worker_that_is_gone_is_for_the_next():
    left = HandedOut(blocks(4, 1))
    left.here(["a"])
    assert left.next_for("a").name == "0-0"
    left.here(["b"])
    assert [left.next_for("b").name for _ in range(4)] == ["0-1", "0-2", "0-3", "1-0"]


@given(
    sizes=st.lists(st.integers(1, 5), max_size=5),
    turns=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["ab", "bc", "abc"]))),
)
def test_every_block_is_handed_out_once(sizes, turns):
    every = blocks(*sizes)
    left, found = HandedOut(every), []
    for worker, there in turns:
        left.here(there)
        if worker in there:
            found.append(left.next_for(worker))
    left.here("d")
    found += [left.next_for("d") for _ in every]
    names = [block.name for block in found if block]
    assert sorted(names) == sorted(block.name for block in every)
    assert not left

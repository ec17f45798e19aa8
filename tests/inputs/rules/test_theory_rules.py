"""The reasoning behind outcomes: which steps an activity leads to."""

from hypothesis import given
from hypothesis import strategies as st

from sroi.inputs.case.theory_of_change import TheoryOfChange
from sroi.inputs.rules.theory_of_change import reachable

LINKS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=20)


def theory(links):
    """Eight steps, the first two of them activities."""
    steps = [
        {"id": f"s{n}", "kind": "activity" if n < 2 else "outcome", "what": "x"} for n in range(8)
    ]
    found = [{"from": f"s{a}", "to": f"s{b}"} for a, b in links]
    return TheoryOfChange.model_validate({"id": "x", "what": "x", "steps": steps, "links": found})


@given(LINKS)
def test_reachable_is_what_a_walk_from_an_activity_meets(links):
    """Also where links go round, and in whatever order they are given."""
    met, todo = set(), [0, 1]
    while todo:
        here = todo.pop()
        met.add(here)
        todo += [b for a, b in links if a == here and b not in met]
    assert {step.id for step in reachable(theory(links))} == {f"s{n}" for n in met}
    assert reachable(theory(links)) == reachable(theory(links[::-1]))

"""What is worked out in a process of its own: the same bits, and nothing that stays behind."""

from dataclasses import replace

import pytest
from valuations import LIBRARY, example, example_file, example_variants, small, valued, write

from sroi import process
from sroi.analysis.result.headline import headline
from sroi.analysis.valuation.beside import Beside
from sroi.analysis.valuation.valuation import value
from sroi.inputs.files.scenario_file import load


def test_the_variants_are_those_that_are_drawn_here():
    """By name, in their order, to the last bit; and as they are when valued by themselves."""
    with Beside(example_file()) as beside:
        found = beside.variants(example())
        assert list(found.items()) == list(example_variants().items())
        assert len(found) == len(example_variants())
    name = next(iter(found))
    alone = value(load(example_file(), name, LIBRARY))
    assert found[name] == headline(alone.drawn)


def test_what_comes_back_is_known_by_its_inputs():
    """Of other inputs nothing is taken, and nobody waits for a variant that was not begun."""
    with Beside(example_file()) as beside:
        inputs = example().loaded.inputs_sha256
        assert beside.answer("indices", inputs) == example().indices
        assert beside.answer("break_evens", inputs) == example().break_evens
        assert beside._headline("x") is None
        assert beside.answer("indices", "x") is None


def test_a_variant_that_was_begun_is_waited_for():
    """And what was told of it is taken, whatever it is."""
    beside = Beside(example_file())
    beside._told = {("begun", "a"): True, ("begun", "b"): True, ("headline", "b"): "told"}
    assert beside._headline("b") == "told"
    assert beside._headline("a") is None  # nobody works on it any more


@pytest.mark.parametrize("cores", [1, 2])
def test_without_variants_there_is_nothing(monkeypatch, cores):
    """On one core there is not even a process."""
    monkeypatch.setattr(process.os, "cpu_count", lambda: cores)
    scenario = small()
    path = write(scenario, "zonder-varianten.yaml")
    with Beside(path) as beside:
        assert (beside._process is None) == (cores == 1)
        assert dict(beside.variants(valued(scenario))) == {}


def test_a_process_that_fails_is_done_over():
    """All is then worked out here, and what was wrong is said here."""
    with Beside(example_file().with_name("nergens.yaml")) as beside:
        helped = beside.helping(example())
        assert helped.indices == example().indices
        assert helped.break_evens == example().break_evens
        assert dict(beside.variants(example())) == example_variants()


@pytest.mark.parametrize("what", ["indices", "break_evens"])
def test_what_is_told_is_taken(what):
    """If it is of the same inputs."""
    told = {(what, example().loaded.inputs_sha256): ["told"]}
    helped = replace(example(), answered=lambda *asked: told.get(asked))
    assert getattr(helped, what) == ["told"]
    helped = replace(example(), answered=lambda *asked: None)
    assert getattr(helped, what) == getattr(example(), what)


def test_nothing_stays_behind_when_the_work_is_broken_off():
    """The process is gone, whatever stopped the work."""
    with pytest.raises(KeyboardInterrupt), Beside(example_file()) as beside:
        raise KeyboardInterrupt
    assert beside._process.poll() is not None


def test_nobody_waits_who_does_not_look():
    """As when a report is made of which nothing needs a variant."""
    with Beside(example_file()) as beside:
        beside.variants(example())
        assert beside._process.returncode is None

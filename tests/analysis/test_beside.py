"""Variants drawn in a process of their own: the same bits, and nothing that stays behind."""

from dataclasses import replace

import numpy as np
import pytest
from valuations import example, example_file, example_variants, small, valued, write

from sroi.analysis import beside
from sroi.analysis.beside import Beside
from sroi.analysis.valuation import variants


def same(found, expected) -> bool:
    """Whether two results are the same to the last bit."""
    pairs = ((found.present, expected.present), (found.sums, expected.sums))
    return all(np.array_equal(one, two) for one, two in pairs)


def test_the_variants_are_those_that_are_drawn_here():
    """By name, in their order, each with its own draws, and with what is said against it."""
    with Beside(example_file()) as process:
        found = process.variants(example())
        assert list(found) == list(example_variants())
        assert len(found) == len(example_variants())
        for name, other in example_variants().items():
            assert same(found[name].drawn, other.drawn)
            assert found[name].loaded.problems == other.loaded.problems


def test_what_comes_back_is_known_by_its_inputs():
    """Of another scenario it is not taken."""
    with Beside(example_file()) as process:
        drawn = process.answers("drawn")
    assert set(drawn) == {one.loaded.inputs_sha256 for one in example_variants().values()}
    doubled = {key: (2 * present, sums) for key, (present, sums) in drawn.items()}
    known = replace(example(), answered=lambda name: doubled)
    for name, other in variants(known, example_file()).items():
        assert np.array_equal(other.drawn.present, 2 * example_variants()[name].drawn.present)
    strange = {"x": next(iter(drawn.values()))}
    known = replace(example(), answered=lambda name: strange)
    for name, other in variants(known, example_file()).items():
        assert same(other.drawn, example_variants()[name].drawn)


@pytest.mark.parametrize("cores", [1, 2])
def test_without_variants_there_is_nothing(monkeypatch, cores):
    """On one core there is not even a process."""
    monkeypatch.setattr(beside.os, "cpu_count", lambda: cores)
    scenario = small()
    path = write(scenario, "zonder-varianten.yaml")
    with Beside(path) as process:
        assert (process._process is None) == (cores == 1)
        assert dict(process.variants(valued(scenario))) == {}


def test_a_process_that_fails_is_done_over():
    """The variants are then drawn here, and what was wrong is said here."""
    with Beside(example_file().with_name("nergens.yaml")) as process:
        assert process.answers("drawn") == process.answers("indices") == {}
        assert process.helping(example()).indices == example().indices


def test_the_shares_of_the_variance_are_those_that_are_found_here():
    """And they are asked for: another answer is taken as well, if it is of the same inputs."""
    with Beside(example_file()) as process:
        assert process.helping(example()).indices == example().indices
    told = {example().loaded.inputs_sha256: "told"}
    assert replace(example(), answered=lambda name: told).indices == "told"
    assert replace(example(), answered=lambda name: {"x": "told"}).indices == example().indices


def test_nothing_stays_behind_when_the_work_is_broken_off():
    """The process is gone, whatever stopped the work."""
    with pytest.raises(KeyboardInterrupt), Beside(example_file()) as process:
        raise KeyboardInterrupt
    assert process._process.poll() is not None


def test_nobody_waits_who_does_not_look():
    """As when a report is made of which nothing needs a variant."""
    with Beside(example_file()) as process:
        process.variants(example())
        assert process._process.returncode is None

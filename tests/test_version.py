"""Which sroi it is: a version, and in a checkout or a wheel the commit."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sroi import shipped, version


@pytest.fixture
def elsewhere(tmp_path, monkeypatch) -> Path:
    """A checkout that is not this one, and no package."""
    version.build.cache_clear()
    monkeypatch.setattr(shipped, "CHECKOUT", tmp_path)
    monkeypatch.setattr(shipped, "INSTALLED", tmp_path / "shipped")
    yield tmp_path
    version.build.cache_clear()


def test_without_history(elsewhere):
    """Just the version, where nobody knows of a commit."""
    assert version.build() == version.released()


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_in_a_checkout(elsewhere):
    """The commit; and that something was changed after it."""
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    (elsewhere / "a").write_text("1")
    for command in (["init", "-q"], ["add", "a"], [*who, "commit", "-qm", "a"]):
        subprocess.run(["git", *command], cwd=elsewhere, check=True)
    assert re.fullmatch(re.escape(version.released()) + r"\+g[0-9a-f]{9,}", version.build())
    (elsewhere / "a").write_text("2")
    version.build.cache_clear()
    assert version.build().endswith(".dirty")


def test_in_a_wheel(elsewhere):
    """As it was noted when the wheel was built; what is not noted is not made up."""
    (elsewhere / "shipped").mkdir()
    assert version.build() == version.released()
    (elsewhere / "shipped" / "commit.txt").write_text("f32f0b2ab\n")
    version.build.cache_clear()
    assert version.build() == f"{version.released()}+gf32f0b2ab"

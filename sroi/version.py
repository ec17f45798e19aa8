"""Which sroi this is: the version that was released, and the commit that it was built from."""

from __future__ import annotations

import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sroi import shipped

COMMIT = "commit.txt"  # written into the wheel by `hatch_build.py`


def released() -> str:
    """The version that is installed: `0.1.0`; `0` where nothing is."""
    try:
        return version("sroi")
    except PackageNotFoundError:
        return "0"


@cache
def build() -> str:
    """The same with its commit, as `0.1.0+gf32f0b2ab`; `.dirty` where files were changed since.

    The form is that of a local version (PEP 440). Asked of git at each run and not at installation,
    because a checkout that was installed once moves on.
    """
    commit = _noted() if shipped.packaged() else commit_of(shipped.CHECKOUT)
    return f"{released()}+g{commit.replace('-', '.')}" if commit else released()


def _noted() -> str:
    note = shipped.INSTALLED / COMMIT
    return note.read_text("ascii").strip() if note.is_file() else ""


def commit_of(checkout: Path) -> str:
    """The commit of a checkout, as git says it; nothing where there is no history, or no git."""
    if not (checkout / ".git").exists():
        return ""
    asked = ["git", "describe", "--always", "--dirty", "--abbrev=9", "--exclude=*"]
    try:
        told = subprocess.run(
            asked, cwd=checkout, capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):  # no git on this machine: then without
        return ""
    return told.stdout.strip()

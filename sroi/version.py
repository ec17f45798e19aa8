"""Which sroi this is: the version that was released, and the commit that it was built from."""

from __future__ import annotations

import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError, version

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
    commit = _commit()
    return f"{released()}+g{commit.replace('-', '.')}" if commit else released()


def _commit() -> str:
    if shipped.packaged():
        noted = shipped.INSTALLED / COMMIT
        return noted.read_text("ascii").strip() if noted.is_file() else ""
    if not (shipped.CHECKOUT / ".git").exists():
        return ""
    asked = ["git", "describe", "--always", "--dirty", "--abbrev=9", "--exclude=*"]
    try:
        told = subprocess.run(
            asked, cwd=shipped.CHECKOUT, capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):  # no git on this machine: then without
        return ""
    return told.stdout.strip()

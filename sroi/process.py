"""Other processes of this package, which work while the first one goes on."""

from __future__ import annotations

import os
import subprocess
import sys

from sroi import shipped


def several_cores() -> bool:
    """Whether a second process gets anything done while the first one works."""
    return (os.cpu_count() or 1) > 1


def started(
    module: str, *arguments: str, errors: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """A process that runs a module of this package, spoken to and heard through pipes.

    It runs beside the package, so that nothing in the user's folder can pass for a module.
    """
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=shipped.CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
    )

"""Other processes of this package, which work while the first one goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryDirectory

from sroi import shipped


def several_cores() -> bool:
    """Whether a second process gets anything done while the first one works."""
    return (os.cpu_count() or 1) > 1


@contextmanager
def started(
    module: str, *arguments: str, errors: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs a module of this package, spoken to and heard through pipes.

    It runs beside the package, so that nothing in the user's folder can pass for a module. However
    the work ends, the process goes, and with it what it and its packages put among the temporary
    files: whoever is stopped half-way cannot do that himself.
    """
    with TemporaryDirectory(prefix="sroi-", ignore_cleanup_errors=True) as own:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=shipped.CHECKOUT,
            env=os.environ | {"TMPDIR": own},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def answered(module: str, *arguments: str, content: bytes, seconds: float) -> tuple[int, bytes]:
    """Exit code and output of a process that gets bytes and some time, and is gone afterwards.

    For what somebody gave, which may ask for any amount of work. Raises `TimeoutExpired`.
    """
    with started(module, *arguments) as process:
        said, _ = process.communicate(content, timeout=seconds)
        return process.returncode, said


def confine(**most: int) -> None:
    """From here on this process has no more of something: `AS` (bytes), `CPU` (seconds), `NOFILE`.

    The names are those of setrlimit (POSIX); what a system does not have is passed over, and on
    Windows that is all of it.
    """
    try:
        import resource
    except ImportError:
        return
    for name, limit in most.items():
        with suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))

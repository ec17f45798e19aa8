"""The commands: parse, call, print, exit. What is heavy is imported where it is used."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterable
from typing import Any

import typer

from sroi.cli import scenarios  # in the order in which help shows the commands

# isort: split
from sroi.cli import verify

# isort: split
from sroi.cli import questions

# isort: split
from sroi.cli import portfolio

# isort: split
from sroi.cli import data

# isort: split
from sroi.cli import measure

# isort: split
from sroi.cli import experience

# isort: split
from sroi.cli import follow

# isort: split
from sroi.cli import convert

# isort: split
from sroi.cli import library

# isort: split
from sroi.cli import review
from sroi.cli.app import INTERNAL, SPOKEN, STOPPED, UNUSABLE, app
from sroi.problems import Problem, Unusable, reason
from sroi.signals import as_ctrl_c

__all__ = [
    "app", "convert", "data", "experience", "follow", "library", "main", "measure",
    "portfolio", "questions", "review", "scenarios", "verify",
]  # fmt: skip


def main() -> None:
    """The command `sroi`: whatever happens, a sentence and an exit code, never a traceback."""
    # our matrices are small, and threads for them only wait; draws are divided over cores elsewhere
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(50_000)  # nearly all that a command makes it keeps: seldom look for what not
    atexit.register(gc.freeze)  # and at the end all goes with the process, without a look
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    as_ctrl_c()
    try:
        sys.exit(_run())
    except Unusable as unusable:
        sys.exit(_told(unusable.problems))
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(STOPPED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        sys.exit(_told([Problem("output-unwritable", facts={"reason": reason(error.errno)})]))
    except MemoryError:
        sys.exit(_told([Problem("memory-short")]))
    except Exception as error:
        sys.exit(_stopped(error))


def _run() -> int:
    """The exit code of a command; whoever stops reading from a pipe has seen enough."""
    try:
        return app(standalone_mode=False) or 0
    except SystemExit:  # what Typer and Rich make of a closed pipe, and of nothing else
        return 0


def _stopped(error: Exception) -> int:
    """What the parser of the command line raised; or a mistake of ours, which is said to be one."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.ctx.get_help())  # type: ignore[attr-defined]
        return 0
    if hasattr(error, "format_message"):
        return _told([_usage(error)])
    return _told([Problem("internal-error", facts={"reason": repr(error)[:300]})], INTERNAL)


def _usage(error: Any) -> Problem:
    """A command line that cannot be, as the parser found it, in the user's language."""
    parameter = getattr(error, "param", None)
    named = getattr(error, "option_name", "") or (parameter.opts[-1] if parameter else "")
    nearest = (getattr(error, "possibilities", None) or [""])[0]
    facts = {"name": named, "nearest": nearest, "reason": error.format_message()}
    kinds = {"NoSuchOption": "usage-option-unknown", "MissingParameter": "usage-missing"}
    kinds |= {"BadParameter": "usage-value"}
    return Problem(kinds.get(type(error).__name__, "usage"), facts=facts)


def _told(problems: Iterable[Problem], code: int = UNUSABLE) -> int:
    from sroi.report.words.problem_text import text

    for problem in problems:
        print(text(problem, SPOKEN) + "\n", file=sys.stderr)
    return code

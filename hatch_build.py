"""Notes in a wheel which commit it was built from, so that a report made with it can say so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Commit(BuildHookInterface):
    """A file beside the shipped folders; none where the source has no history."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the wheel is packed. Of an editable installation the checkout itself is asked."""
        sys.path.insert(0, self.root)  # a build of its own does not look there
        from sroi.version import COMMIT, commit_of

        commit = "" if version == "editable" else commit_of(Path(self.root))
        if commit:
            note = Path(self.directory) / COMMIT
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text(commit, encoding="ascii")
            build_data["force_include"][str(note)] = f"sroi/shipped/{COMMIT}"

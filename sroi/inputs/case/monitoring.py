"""Monitoring: what is counted and what is told, when, and at what point plans change."""

from __future__ import annotations

from typing import Literal

from sroi.inputs.text.nouns import Id, Noun, Text


class Monitor(Noun):
    """One thing to follow: a figure (`count`) or an account of what people live (`story`).

    `of`: the outcome, ladder or activity it is about. `go`: what it must show to go on. `stop`:
    what makes the commissioner stop or turn.
    """

    id: Id
    what: Text
    kind: Literal["count", "story"]
    when: Text
    who: Text | None = None
    of: Id | None = None
    go: Text | None = None
    stop: Text | None = None

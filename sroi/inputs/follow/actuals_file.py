"""A table of what happened, read with its scenario and held against all rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.follow import rules, targets, whole
from sroi.inputs.follow.actual_table import actual_document
from sroi.inputs.follow.actuals import Actual, Actuals
from sroi.inputs.follow.happened import Happened, Row, corrected
from sroi.inputs.follow.measured_rate import MeasuredRate, measured_rate
from sroi.inputs.follow.subjects import Subject
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import Document
from sroi.problems import Problem, Unusable, errors, nearest


def load_actuals(path: Path, loaded: Loaded, before: Loaded | None = None) -> Happened:
    """What happened, against a scenario. Raises `Unusable` with all that is wrong with the table.

    `before`: the scenario as it was when the table was begun, where it is another one now.
    """
    document = actual_document(path)
    _filled_in(document)
    actuals, problems = nouns_of(Actuals, document)
    if actuals is None:
        raise Unusable(*sorted(problems, key=Problem.order))
    bare = Happened(actuals, loaded, document)
    problems += [*_of_this_scenario(bare, before), *_subjects_known(bare)]
    if errors(problems):
        raise Unusable(*sorted(problems, key=Problem.order))
    rows, found = _rows(bare)
    problems += found
    problems += _once(bare, rows)
    happened = replace(bare, rows=tuple(corrected(rows)))
    if not errors(problems):
        every = (*rules.RULES, *whole.RULES, targets.every_figure_can_be_followed)
        problems += [one for rule in every for one in rule(happened)]
    if errors(problems):
        raise Unusable(*sorted(problems, key=Problem.order))
    problems += [one for rule in whole.TOLD for one in rule(happened)]
    old = replace(bare, loaded=before) if before else None
    ordered = tuple(sorted(problems, key=Problem.order))
    return replace(happened, problems=ordered, changed=whole.changes(old, bare))


def _filled_in(document: Document) -> None:
    """follow-nothing-filled: a table as it was given out. Raises `Unusable`."""
    said = document.data
    if isinstance(said, dict) and "rows" in said and said["rows"] in ("", []):
        raise Unusable(document.problem("follow-nothing-filled", ("rows",)))


def _of_this_scenario(h: Happened, before: Loaded | None) -> Iterator[Problem]:
    """follow-other-contract, follow-other-scenario, follow-not-that-scenario,
    follow-fingerprint-missing"""
    own, sign = h.loaded.scenario.scenario, h.actuals.fingerprint
    said = h.document.problem
    if h.actuals.scenario != own:
        facts = {"found": h.actuals.scenario, "expected": own}
        yield said("follow-other-contract", ("scenario",), **facts)
    elif sign is None:
        yield said("follow-fingerprint-missing", ("scenario",), False, "warning")
    elif before is not None and sign != before.inputs_sha256:
        yield said("follow-not-that-scenario", ("fingerprint",))
    elif before is None and sign != h.loaded.inputs_sha256:
        yield said("follow-other-scenario", ("fingerprint",))


def _subjects_known(h: Happened) -> Iterator[Problem]:
    """follow-what-unknown"""
    for number, row in enumerate(h.actuals.rows):
        if row.what not in h.subjects:
            facts = {"found": row.what[:120], "nearest": nearest(row.what, h.subjects)}
            yield h.wrong("follow-what-unknown", number, "what", **facts)


def _rows(h: Happened) -> tuple[list[Row], list[Problem]]:
    """Every row with what it is about, and with the rate of a measurement in a file."""
    rows, problems = list[Row](), list[Problem]()
    for number, actual in enumerate(h.actuals.rows):
        subject, rate = h.subjects[actual.what], None
        if actual.measurement:
            rate, found = _measured(h, number, actual, subject)
            problems += found
        rows.append(Row(number, actual, subject, rate))
    return rows, problems


def _measured(
    h: Happened, number: int, actual: Actual, subject: Subject
) -> tuple[MeasuredRate | None, list[Problem]]:
    """follow-measurement-elsewhere, follow-measurement-unreadable, follow-measurement-unfit"""
    name = actual.measurement or ""
    here = Path(h.document.file).parent
    facts = {"found": name[:80], "what": subject.path}
    if not (subject.path.startswith("outcomes.") and subject.path.endswith(".rate")):
        return None, [h.wrong("follow-measurement-unfit", number, "measurement", **facts)]
    if Path(name).name != name or (here / name).resolve().parent != here.resolve():
        return None, [h.wrong("follow-measurement-elsewhere", number, "measurement", **facts)]
    try:
        rate = measured_rate(here / name)
    except Unusable as unusable:
        return None, list(unusable.problems)
    if rate is None:
        return None, [h.wrong("follow-measurement-unreadable", number, "measurement", **facts)]
    return rate, []


def _once(h: Happened, rows: list[Row]) -> Iterator[Problem]:
    """follow-twice, follow-correction-of-nothing"""
    seen = set[object]()
    for row in rows:
        facts = {"what": row.subject.path, "period": str(row.actual.period)}
        if row.key in seen and not row.actual.correction:
            yield h.wrong("follow-twice", row.number, "period", **facts)
        elif row.actual.correction and row.key not in seen:
            yield h.wrong("follow-correction-of-nothing", row.number, "correction", **facts)
        seen.add(row.key)

"""The file of a measurement, read and checked: what must hold between its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sroi.inputs.evidence.instruments import Items, Scale, shipped_instruments
from sroi.inputs.evidence.measurement import MOMENTS, Described, Measurement
from sroi.inputs.text.numerals import number
from sroi.inputs.text.read_alike import plain
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import read
from sroi.problems import Problem, Unusable, errors, nearest


def load_measurement(path: Path) -> Described:
    """The measurement in a file. Raises `Unusable` with all that is wrong in it."""
    document = read(path)
    measurement, problems = nouns_of(Measurement, document)
    if measurement is None:
        raise Unusable(*sorted(problems, key=Problem.order))
    known = shipped_instruments()
    described = Described(measurement, known.get(measurement.instrument or ""), document)
    problems += [problem for rule in RULES for problem in rule(described)]
    if errors(problems):
        raise Unusable(*sorted(problems, key=Problem.order))
    return described


def the_instrument_is_known(d: Described) -> Iterator[Problem]:
    """measure-instrument-unknown"""
    key = d.measurement.instrument
    if key and d.instrument is None:
        near = nearest(key, shipped_instruments())
        yield d.wrong("measure-instrument-unknown", "instrument", id=key[:80], nearest=near)


def the_answers_lie_beside_it(d: Described) -> Iterator[Problem]:
    """measure-data-elsewhere"""
    here = Path(d.document.file).parent.resolve()
    for moment in MOMENTS if d.measurement.apart else MOMENTS[:1]:
        there, said = d.file_of(moment), str(getattr(d.measurement.data, moment))
        if Path(said).name != said or (there.exists() and there.resolve().parent != here):
            yield d.wrong("measure-data-elsewhere", "data", found=said[:80])


def there_is_one_scale(d: Described) -> Iterator[Problem]:
    """measure-scale-missing, measure-scale-twice, measure-scale-order"""
    m, own = d.measurement, d.instrument is None or d.instrument.own_scale
    if m.scale is None and own and (d.instrument or not m.instrument):
        yield d.wrong("measure-scale-missing", "instrument")
    for key in ("scale", "items"):
        if getattr(m, key) is not None and not own:
            yield d.wrong("measure-scale-twice", key, key=key, id=m.instrument)
    if m.scale and not m.scale.in_order:
        yield d.wrong("measure-scale-order", "scale")


def domains_are_measured_one_by_one(d: Described) -> Iterator[Problem]:
    """measure-domain-missing, measure-domain-unknown"""
    domain = d.measurement.domain
    known = [one.id for one in d.instrument.domains] if d.instrument else []
    if known and domain is None:
        yield d.wrong("measure-domain-missing", "instrument", known=", ".join(known))
    elif domain and domain not in known:
        facts = {"id": domain[:80], "nearest": nearest(domain, known)}
        yield d.wrong("measure-domain-unknown", "domain", **facts)


def the_columns_fit_together(d: Described) -> Iterator[Problem]:
    """measure-layout, measure-layout-apart, measure-same-column, measure-items"""
    columns, apart = d.measurement.columns, d.measurement.apart
    wide, score = (columns.before, columns.after), bool(columns.score)
    if apart and (columns.moment or any(wide) == score or any(wide) != all(wide)):
        yield d.wrong("measure-layout-apart", "columns")
    elif not apart and (
        any(wide) == score or any(wide) != all(wide) or score != bool(columns.moment)
    ):
        yield d.wrong("measure-layout", "columns")
    together = columns.scores if apart else [[name for names in columns.scores for name in names]]
    for names in (list(map(plain, names)) for names in together):
        if twice := [name for name in names if names.count(name) > 1]:
            yield d.wrong("measure-same-column", "columns", column=twice[0][:80])
    for key in ("before", "after", "score"):
        names = getattr(columns, key) or []
        most = d.items.count if d.items else 1
        if len(names) > 1 and most not in (None, len(names)):
            facts = {"key": key, "found": len(names), "count": most}
            yield d.wrong("measure-items", "columns", key, **facts)


def the_words_are_given(d: Described) -> Iterator[Problem]:
    """measure-words-missing, measure-words-twice, measure-comparison-missing,
    measure-comparison-empty"""
    m, words = d.measurement, d.measurement.words
    wanted = ["programme"] if m.columns.group else []
    wanted += ["before", "after"] if m.columns.moment and not m.apart else []
    for key in wanted:
        if not getattr(words, key):
            yield d.wrong("measure-words-missing", "columns", key=key)
    for first, second in (("programme", "comparison"), ("before", "after")):
        both = _bare(getattr(words, first)) & _bare(getattr(words, second))
        if both:
            yield d.wrong("measure-words-twice", "words", first=first, second=second)
    if words.comparison and m.comparison is None:
        yield d.wrong("measure-comparison-missing", "words", "comparison")
    if m.comparison and not (words.comparison and m.columns.group):
        yield d.wrong("measure-comparison-empty", "comparison")


def _bare(words: Iterable[str]) -> set[str]:
    return set(map(plain, words))


def a_change_has_one_meaning(d: Described) -> Iterator[Problem]:
    """measure-change-missing, measure-change-form, measure-change-classes,
    measure-change-outside"""
    m, scale = d.measurement, d.scale
    if d.change is None:
        if d.instrument or not m.instrument:
            yield d.wrong("measure-change-missing", "instrument")
        return
    if m.change and len(m.change.forms) != 1:
        yield d.wrong("measure-change-form", "change")
    if d.change.classes and not (d.instrument and d.instrument.classes):
        yield d.wrong("measure-change-classes", "change")
    at, far = d.change.threshold, (d.change.points or 0) > scale.high - scale.low
    if scale.in_order and (far or (at is not None and not scale.low <= at <= scale.high)):
        ends = {"low": f"{scale.low:g}", "high": f"{scale.high:g}"}
        yield d.wrong("measure-change-outside", "change", **ends)


def there_is_one_counterfactual(d: Described) -> Iterator[Problem]:
    """measure-two-counterfactuals"""
    if d.measurement.comparison and d.measurement.regression_to_the_mean:
        yield d.wrong("measure-two-counterfactuals", "regression_to_the_mean")


def what_happens_anyway_is_on_the_scale(d: Described) -> Iterator[Problem]:
    """measure-anyway-outside, measure-sd-outside"""
    anyway, scale, change = d.measurement.regression_to_the_mean, d.scale, d.measurement.change
    ends = {"low": f"{scale.low:g}", "high": f"{scale.high:g}"}
    for key in ("mean", "cut") if anyway and scale.in_order else ():
        size = getattr(anyway, key)
        if size is not None and not scale.low <= size <= scale.high:
            yield d.wrong("measure-anyway-outside", "regression_to_the_mean", key, key=key, **ends)
    # no scores between two ends have a larger sd than half the distance (Popoviciu 1935)
    most = (scale.high - scale.low) / 2
    for key, one in (("regression_to_the_mean", anyway), ("change", change)):
        if one and one.sd and scale.in_order and one.sd > most:
            yield d.wrong("measure-sd-outside", key, "sd", most=f"{most:g}", **ends)


def the_items_make_the_scale(d: Described) -> Iterator[Problem]:
    """measure-items-scale"""
    items, scale = d.measurement.items, d.measurement.scale
    count = max((len(names) for names in d.measurement.columns.scores), default=1)
    if items is None or scale is None or not scale.in_order or (items.count or count) != count:
        return
    least, most = (items.score([end] * count) for end in _ends(items))
    if least < scale.low - 1e-9 or most > scale.high + 1e-9:
        facts = {"least": f"{least:g}", "most": f"{most:g}"}
        yield d.wrong(
            "measure-items-scale", "items", low=f"{scale.low:g}", high=f"{scale.high:g}", **facts
        )


def _ends(items: Items) -> tuple[float, float]:
    """The lowest and highest that an answer counts for."""
    known = [*items.answers.values(), *items.answers_reversed.values()]
    return (min(known), max(known)) if known else (items.low, items.high)


def the_answers_are_known(d: Described) -> Iterator[Problem]:
    """measure-answer-meaning, measure-answer-score"""
    single = all(len(names) == 1 for names in d.measurement.columns.scores)
    items = d.items if d.items and (d.items.count == 1 or not single) else None
    known = _bare(items.answers) if items else set()
    ends = items or d.scale
    for cell, meant in d.measurement.answers.items():
        if known and plain(meant) not in known:
            facts = {"found": meant[:80], "known": ", ".join(sorted(known))}
            yield d.wrong("measure-answer-meaning", "answers", cell, **facts)
        elif not known and not _is_score(meant, ends):
            facts = {"found": meant[:80], "low": f"{ends.low:g}", "high": f"{ends.high:g}"}
            yield d.wrong("measure-answer-score", "answers", cell, **facts)


def _is_score(meant: str, ends: Items | Scale) -> bool:
    """Whether an answer can count for so much."""
    try:
        size = number(meant)
    except ValueError:
        return False
    return ends.holds(size) if isinstance(ends, Scale) else ends.low <= size <= ends.high


RULES: list[Callable[[Described], Iterator[Problem]]] = [
    the_instrument_is_known,
    the_answers_lie_beside_it,
    there_is_one_scale,
    domains_are_measured_one_by_one,
    the_columns_fit_together,
    the_words_are_given,
    a_change_has_one_meaning,
    there_is_one_counterfactual,
    what_happens_anyway_is_on_the_scale,
    the_items_make_the_scale,
    the_answers_are_known,
]

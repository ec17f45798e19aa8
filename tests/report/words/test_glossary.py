"""The glossary: a term is found by whatever people call it."""

import pytest

from sroi.problems import Unusable
from sroi.report.words.glossary import explain, glossary, used_in

LANGS = pytest.mark.parametrize("lang", ["nl", "en"])


@LANGS
def test_terms_stand_in_the_order_of_the_alphabet(lang):
    """Each once, with a meaning of a sentence or two."""
    entries = glossary(lang)
    terms = [entry.term.lower() for entry in entries]
    assert terms == sorted(terms)
    assert len(terms) == len(set(terms)) > 25
    assert all(entry.meaning.endswith(".") and len(entry.meaning) < 400 for entry in entries)


@LANGS
def test_every_name_of_a_term_finds_it(lang):
    """Its key, its term in either language, and the other words for it, in capitals too."""
    called: dict[str, set[str]] = {}
    for known in glossary("nl") + glossary("en"):
        names = (known.key, known.term, *known.also)
        called.setdefault(known.key, set()).update(n.lower().replace("-", "_") for n in names)
    for one in glossary("nl") + glossary("en"):
        assert explain(one.key, lang).key == one.key
        for name in (one.term, one.term.upper(), f" {one.key.replace('_', '-')} ", *one.also):
            assert name.strip().lower().replace("-", "_") in called[explain(name, lang).key]


@pytest.mark.parametrize(
    ("term", "key"),
    [
        ("deadweight", "deadweight"),
        ("contante waarde", "present_value"),
        ("net present value", "net_present_value"),
        ("NCW", "net_present_value"),
        ("attribution_to_others", "attribution_to_others"),
        ("attribution-to-others", "attribution_to_others"),
    ],
)
def test_a_term_is_explained_in_the_language_that_is_spoken(term, key):
    """Also when it was asked in the other one."""
    meanings = {explain(term, lang).meaning for lang in ("nl", "en")}
    assert {explain(term, lang).key for lang in ("nl", "en")} == {key}
    assert len(meanings) == 2


@LANGS
def test_an_unknown_term_names_the_nearest(lang):
    """Or none, where nothing looks like it."""
    for term, nearest in (("deadwieght", "deadweight"), ("xqzw" * 50, "")):
        with pytest.raises(Unusable) as caught:
            explain(term, lang)
        (problem,) = caught.value.problems
        assert problem.code == "term-unknown"
        assert problem.facts["nearest"] == nearest
        assert len(str(problem.facts["term"])) <= 80


@LANGS
def test_no_two_terms_go_by_one_name(lang):
    """A word leads to one place."""
    names = [name.lower() for entry in glossary(lang) for name in {entry.term.lower(), *entry.also}]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@LANGS
def test_a_page_explains_what_it_uses(lang):
    """And nothing else: a report without a care ladder does not explain what one is."""
    known = {entry.key: entry for entry in glossary(lang)}
    term = known["deadweight"].term.split("/")[0].strip()
    assert [entry.key for entry in used_in(f"<p>{term.upper()}</p>", lang)] == ["deadweight"]
    assert used_in("", lang) == []

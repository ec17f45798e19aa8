"""A scenario goes into a workbook and comes back as it was, number by number."""

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from care_at_random import random_care_scenario
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenarios_at_random import as_yaml as written
from scenarios_at_random import random_scenario
from workbooks import book_of, numbers_of, read_back

from sroi import shipped
from sroi.inputs.files.scenario_document import as_yaml
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import Document, parse
from sroi.report.html.start import PROGRAMMES, new_scenario
from sroi.report.words.words import LANGUAGES

SHIPPED = {path.stem: path.read_text("utf-8")
           for path in sorted(shipped.folder("scenarios").glob("*.yaml"))}  # fmt: skip
TEXTS = SHIPPED | {name: new_scenario("voorbeeld", name, 2027, "nl") for name in PROGRAMMES}
ONCE = settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)


def noun(document: Document) -> Scenario:
    found, problems = nouns_of(Scenario, document)
    assert found is not None, [(p.code, p.sheet, p.line, p.column, p.facts) for p in problems]
    return found


def of(text: str) -> Document:
    return parse(text.encode(), "a.yaml")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", TEXTS)
def test_what_is_shipped_comes_back(name: str, lang: str) -> None:
    """The same scenario, in a workbook of either language, and as YAML again."""
    back = read_back(book_of(TEXTS[name], lang))
    assert noun(back) == noun(of(TEXTS[name]))
    assert noun(parse(as_yaml(back.data, "b.yaml"), "b.yaml")) == noun(back)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_number_comes_back(name: str) -> None:
    """All results, bit for bit."""
    assert numbers_of(read_back(book_of(TEXTS[name]))) == numbers_of(of(TEXTS[name]))


@ONCE
@given(st.integers(0, 2**32), st.sampled_from(LANGUAGES))
def test_a_random_scenario_comes_back(seed: int, lang: str) -> None:
    text = written(random_scenario(random.Random(seed)))
    assert noun(read_back(book_of(text, lang))) == noun(of(text))


@ONCE
@given(st.integers(0, 2**32), st.sampled_from(LANGUAGES))
def test_a_random_care_scenario_comes_back(seed: int, lang: str) -> None:
    text = written(random_care_scenario(random.Random(seed)))
    assert noun(read_back(book_of(text, lang))) == noun(of(text))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_at_the_start_comes_back(lang: str) -> None:
    """`start: {}` is nobody in any tier, and no steady state."""
    text = written(random_care_scenario(random.Random(628)))
    assert "start: {}" in text
    assert noun(read_back(book_of(text, lang))) == noun(of(text))


@pytest.mark.slow
def test_it_comes_back_after_libreoffice_saved_it(tmp_path: Path) -> None:
    """Opened and saved by another program, one call for all of them."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not on this machine")
    rng = random.Random(20_261)
    texts = TEXTS | {f"los-{n}": written(random_scenario(rng)) for n in range(3)}
    texts |= {f"zorg-{n}": written(random_care_scenario(rng)) for n in range(3)}
    there, back = tmp_path / "there", tmp_path / "back"
    there.mkdir()
    for name, text in texts.items():
        (there / f"{name}.xlsx").write_bytes(book_of(text))
    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'own').as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", back, *there.glob("*.xlsx")],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    for name, text in texts.items():
        read = read_back((back / f"{name}.xlsx").read_bytes())
        assert noun(read) == noun(of(text)), name
        if name in SHIPPED:
            assert numbers_of(read) == numbers_of(of(text)), name


def test_counts_that_may_be_ranges_stay_what_they_are() -> None:
    """A bare number is no quantity there, and a quantity of one number is one."""
    text = SHIPPED["voorbeeldstad-jeugdladder"]
    begin = re.search(r"begin: ([\d_.]+)", text)
    assert begin
    for written_ in (f"{{value: {begin[1]}}}", f"{{low: 1, best: {begin[1]}, high: 90_000}}"):
        changed = text.replace(begin[0], f"begin: {written_}", 1)
        assert noun(read_back(book_of(changed))) == noun(of(changed))
        assert noun(of(changed)) != noun(of(text))

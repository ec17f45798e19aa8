"""The catalogues: both languages say the same things, and everything that is said is used."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sroi import shipped
from sroi.inputs.files.chosen_library import shipped_library
from sroi.report.words.words import LANGUAGES, Words, catalogue, language

PACKAGE = Path(shipped.__file__).parent
TEMPLATES = shipped.folder("templates")
NAMES = (
    "text",
    "help",
    "problems",
    "problems_in_workbook",
    "glossary",
    "new/teach",
    "new/workbook",
)
SPEAKING_FLOOR = PACKAGE / "report"
SPEAKING = [*sorted((PACKAGE / "report").rglob("*.py")), *sorted((PACKAGE / "cli").rglob("*.py"))]
PAGE = TEMPLATES / "report.html"
PAGES = [
    PAGE,
    *(
        TEMPLATES / f"{name}.html"
        for name in ("bibliography", "what_if", "parts", "portfolio", "pilot", "follow")
    ),
]
WHOLE_ROOMS = ("pdf", "calculation", "portfolio", "follow")  # told in one file, named in another
# groups of which the last step comes from a scenario, a price or the model
FROM_DATA = {
    "quantity", "field", "cash", "provenance", "review", "perspective", "kind", "timing",
    "sampling", "programme", "proxy", "cost_concept", "vat", "starting_point", "counting",
    "competing", "time_to", "frontier",
    "shifted", "theme", "result", "review_short", "missing", "absent", "comparison", "effect_basis",
    "monitor",
    "measured", "check", "cost_per", "verdict", "status", "whose", "works", "head", "verify",
    "value_map", "calculation_register", "data_layout", "area_level", "period_status",
    "follow_head", "follow_basis", "follow_how", "follow_part", "follow_place",
    "follow_verdict", "follow_end", "follow_course", "follow_because", "follow_back",
    "follow_section", "follow_absent",
}  # fmt: skip
LANG = pytest.mark.parametrize("lang", LANGUAGES)


def leaves(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a catalogue under its key."""
    if isinstance(part, str):
        yield path, part
        return
    for step, inner in part.items() if isinstance(part, dict) else enumerate(part):
        yield from leaves(inner, f"{path}.{step}" if path else str(step))


def texts(name: str, lang: str) -> dict[str, str]:
    """The texts of a catalogue."""
    return dict(leaves(catalogue(name, lang)))


def placeholders(text: str) -> set[str]:
    """The facts that a text wants."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def constants(path: Path) -> Iterator[str]:
    """The strings in a source, but for its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, documented) and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def tokens(strings: Iterator[str]) -> set[str]:
    """The words in strings."""
    return {word for text in strings for word in re.findall(r"[\w-]+", text)}


def asked(name: str) -> set[tuple[str, str]]:
    """Source and key of every text that is asked for by its whole key."""
    speaker = {"text": r"(?:words|w|Words\(\w*\))", "help": "H"}[name]
    call = re.compile(rf"\b{speaker}\(\s*[\"']([\w.-]+)[\"'](?! *[~+])")
    files = [*SPEAKING, *PAGES]
    return {(path.name, key) for path in files for key in call.findall(path.read_text("utf-8"))}


def fields() -> Iterator[str]:
    """The names of the fields of all nouns."""
    for path in (PACKAGE / "inputs").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                yield node.target.id


def used() -> set[str]:
    """Keys of `text` that a source names as a whole, or by a group and a last step."""
    keys = {key for key in texts("text", "nl") if not key.startswith("limitation")}
    keys = {re.sub(r"\.\d+$", "", key) for key in keys}
    model = tokens(s for path in PACKAGE.rglob("*.py") if SPEAKING_FLOOR not in path.parents
                   for s in constants(path)) | set(fields())  # fmt: skip
    found = set()
    for path in [*SPEAKING, *PAGES]:
        source = path.read_text(encoding="utf-8")
        own = set(re.findall(r"[\w-]+", source))
        if path.suffix == ".py":  # what is made in one file of a room may be told in another
            room = path.parent.glob("*.py") if path.parent.name in WHOLE_ROOMS else [path]
            own = {word for one in room for word in tokens(constants(one))}
        else:  # what parts of pages are given, pages give
            own = set(re.findall(r"[\w-]+", "".join(page.read_text("utf-8") for page in PAGES)))
        found |= set(re.findall(r"[\"'](\w+(?:\.[\w-]+)*)[\"']", source)) & keys
        groups = set(re.findall(r"f[\"'](\w+)\.\{", source))
        groups |= set(re.findall(r"[\"'](\w+)\.[\"'] [~+]", source))
        for key in keys:
            group, _, last = key.rpartition(".")
            steps = own | model if group in FROM_DATA else own
            found |= {key} if group in groups and last in steps else set()
    return found | {key for key in texts("text", "nl") if key.startswith("limitation.fixed")}


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_keys(name):
    """Also in the same order, so that they can be laid side by side."""
    dutch, english = (catalogue(name, lang) for lang in ("nl", "en"))
    keys = [[key for key, _ in leaves(part) if ".also." not in key] for part in (dutch, english)]
    assert keys[0] == keys[1]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "glossary"])
def test_both_languages_want_the_same_facts(name):
    """A fact that one language leaves out is missed by half of the readers."""
    dutch, english = texts(name, "nl"), texts(name, "en")
    assert {key: placeholders(text) for key, text in dutch.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


@LANG
@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_empty(name, lang):
    """And none begins or ends with a space."""
    assert [
        key for key, text in texts(name, lang).items() if not text or text != text.strip()
    ] == []


@pytest.mark.parametrize("name", ["text", "help", "new/teach", "new/workbook"])
def test_sentences_differ_between_the_languages(name):
    """What is longer than a few words was translated."""
    dutch, english = texts(name, "nl"), texts(name, "en")
    plain = {key: re.sub(r"\{.*?\}", "", text) for key, text in dutch.items()}
    same = [key for key in dutch if len(plain[key].split()) > 3 and dutch[key] == english[key]]
    assert same == []


@pytest.mark.parametrize("name", ["text", "help"])
def test_every_text_that_is_asked_for_exists(name):
    """In the sources and in the page."""
    known = texts(name, "nl")
    assert len(asked(name)) > 20
    assert [place for place in sorted(asked(name)) if place[1] not in known] == []


def test_every_text_is_used():
    """A text that nothing prints is taken out."""
    known = {re.sub(r"\.\d+$", "", key) for key in texts("text", "nl") if "limitation" not in key}
    units = {key for key in known if key.startswith(("unit.", "place.", "system."))}
    assert sorted(known - units - used()) == []


def test_every_unit_of_the_library_has_a_word_in_both_languages():
    """The units of prices are Dutch keys; the report says them in its own language."""
    things = {proxy.thing for proxy in shipped_library().proxies.values()}
    assert sorted(things - {key.removeprefix("unit.") for key in texts("text", "en")}) == []


def test_every_help_text_is_used():
    """The same for the help of the commands."""
    assert set(texts("help", "nl")) == {key for _, key in asked("help")}


def test_every_lesson_of_the_templates_exists_and_is_used():
    """Of the scenarios to start from."""
    told = {
        key
        for path in (TEMPLATES / "new").glob("*.yaml")
        if not path.name.startswith("teach")
        for key in re.findall(r"teach\.(\w+)", path.read_text(encoding="utf-8"))
    }
    assert told == set(texts("new/teach", "nl"))


@LANG
def test_words_fills_in_facts(lang):
    """A text with facts has them where it wants them; braces in a fact stay as they are."""
    told = Words(lang)("page.running", title="{0} {title} %s")
    assert "{0} {title} %s" in told


@pytest.mark.parametrize(
    ("asked_for", "scenario", "environment", "spoken"),
    [
        ("en", "nl", {"LANG": "nl_NL.UTF-8"}, "en"),
        (None, "en", {"LANG": "nl_NL.UTF-8"}, "en"),
        (None, None, {"LANG": "en_GB.UTF-8"}, "en"),
        (None, None, {"LC_ALL": "nl_NL.UTF-8", "LANG": "en_GB.UTF-8"}, "nl"),
        (None, None, {"LC_ALL": "", "LC_MESSAGES": "en_US"}, "en"),
        (None, None, {"LANG": "C.UTF-8"}, "nl"),
        (None, None, {}, "nl"),
    ],
)
def test_the_language_that_is_spoken(monkeypatch, asked_for, scenario, environment, spoken):
    """As asked, else the scenario's, else the machine's, else Dutch."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, setting in environment.items():
        monkeypatch.setenv(name, setting)
    assert language(asked_for, scenario) == spoken

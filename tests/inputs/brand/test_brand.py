"""The brand file: what it may say, and what is said of every mistake in it."""

import io
from pathlib import Path

import pytest
from PIL import Image

from sroi.inputs.brand import picture
from sroi.inputs.brand.brand import Brand, read_brand
from sroi.inputs.text.nouns import Text
from sroi.problems import Problem, Unusable
from sroi.report.words.problem_text import sentence

BROKEN = sorted((Path(__file__).parents[2] / "broken" / "brand").glob("*.yaml"))


def png(width: int = 30, height: int = 20, colour: str = "teal", kind: str = "PNG") -> bytes:
    """A picture of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, kind)
    return stream.getvalue()


def brand(tmp_path: Path, text: str, **files: bytes) -> Brand:
    """What is read from a file that says this, with other files beside it."""
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "merk.yaml").write_text(text, encoding="utf-8")
    return read_brand(tmp_path / "merk.yaml")


def problems(file: Path) -> list[Problem]:
    """What is wrong with a brand file."""
    with pytest.raises(Unusable) as refused:
        read_brand(file)
    return list(refused.value.problems)


def test_everything_that_a_file_may_say(tmp_path):
    read = brand(
        tmp_path, "name: {nl: Welzijn, en: Welfare}\naccent: 7A1F5C\nlogo: logo\n", logo=png()
    )
    assert (read.name.in_("nl"), read.name.in_("en")) == ("Welzijn", "Welfare")
    assert read.accent == "#7a1f5c"
    assert Image.open(io.BytesIO(read.logo)).size == (30, 20)


def test_a_name_is_enough(tmp_path):
    assert brand(tmp_path, "name: Voorbeeldwelzijn\n") == Brand(
        Text(nl="Voorbeeldwelzijn", en="Voorbeeldwelzijn")
    )


def test_a_logo_may_lie_in_a_folder_below(tmp_path):
    (tmp_path / "beeld").mkdir()
    (tmp_path / "beeld" / "logo.jpg").write_bytes(png(kind="JPEG"))
    assert brand(tmp_path, "name: A\nlogo: beeld/logo.jpg\n").logo.startswith(b"\x89PNG")


@pytest.mark.parametrize("file", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_shows_its_code_and_line(file):
    """In both languages, with every fact filled in."""
    (problem,) = problems(file)
    marked = [n for n, line in enumerate(file.read_text().splitlines(), 1) if "# <--" in line]
    assert (problem.code, [problem.line]) == (file.stem, marked)
    assert str(problem.file) == str(file)
    told = {sentence(problem, lang) for lang in ("nl", "en")}
    assert len(told) == 2
    assert not any("{" in text or "}" in text for text in told)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("accent: 7a1f5c\n", ["field-missing"]),
        ("name: A\nkleur: 7a1f5c\n", ["field-unknown"]),
        ("name: A\naccent:\n", ["field-empty"]),
        ("name: # later\naccent: 7a1f5c\n", ["field-empty"]),
        (f"name: {'a' * 81}\n", ["text-too-long"]),
        ("name: A\naccent: 7a1f5\n", ["colour-unreadable"]),
        ("name: A\naccent: [1, 2, 3]\n", ["colour-unreadable"]),
        ("name: A\naccent: '#fff;} body {display: none'\n", ["colour-unreadable"]),
        ("name: A\nlogo: {a: b}\n", ["text-expected"]),
        ("- name: A\n", ["mapping-expected"]),
        ("accent: wit\nlgo: x\n", ["field-missing", "colour-unreadable", "field-unknown"]),
    ],
)
def test_other_mistakes_are_those_of_every_file(tmp_path, text, codes):
    """All of them at once."""
    (tmp_path / "merk.yaml").write_text(text, encoding="utf-8")
    assert sorted(p.code for p in problems(tmp_path / "merk.yaml")) == sorted(codes)


def test_a_file_that_is_not_there(tmp_path):
    assert [p.code for p in problems(tmp_path / "merk.yaml")] == ["file-missing"]


@pytest.mark.parametrize("name", ["../logo.png", "/etc/hostname", "a/../../logo.png", "link.png"])
def test_nothing_outside_the_folder_is_opened(tmp_path, name):
    """Not by dots, not by a path from the root, and not by a link."""
    (tmp_path / "logo.png").write_bytes(png())
    inside = tmp_path / "merk"
    inside.mkdir()
    (inside / "link.png").symlink_to(tmp_path / "logo.png")
    (inside / "merk.yaml").write_text(f"name: A\nlogo: {name}\n")
    assert [p.code for p in problems(inside / "merk.yaml")] == ["logo-outside"]


def test_a_link_that_goes_round(tmp_path):
    (tmp_path / "rond.png").symlink_to(tmp_path / "rond.png")
    (tmp_path / "merk.yaml").write_text("name: A\nlogo: rond.png\n")
    assert [p.code for p in problems(tmp_path / "merk.yaml")] == ["logo-missing"]


@pytest.mark.parametrize("name", [".", "a" * 5000, "map"])
def test_a_logo_that_is_no_file(tmp_path, name):
    (tmp_path / "map").mkdir()
    (tmp_path / "merk.yaml").write_text(f"name: A\nlogo: {name}\n")
    assert [p.code for p in problems(tmp_path / "merk.yaml")] == ["logo-missing"]


def test_a_logo_of_too_many_bytes(tmp_path):
    (tmp_path / "logo.png").write_bytes(png() + b" " * picture.MOST_BYTES)
    (tmp_path / "merk.yaml").write_text("name: A\nlogo: logo.png\n")
    (problem,) = problems(tmp_path / "merk.yaml")
    assert (problem.code, problem.line) == ("logo-too-large", 2)
    assert "2000000" in sentence(problem, "nl")


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", png()[:60], png(5001, 5000)],
    ids=["empty", "gif", "svg", "half", "pixels"],
)
def test_a_logo_that_is_no_picture(tmp_path, content):
    (tmp_path / "logo.png").write_bytes(content)
    (tmp_path / "merk.yaml").write_text("name: A\nlogo: logo.png\n")
    assert [p.code for p in problems(tmp_path / "merk.yaml")] == ["logo-unreadable"]

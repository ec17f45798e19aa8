"""The web page in a real browser, where there is one: its script, its widths, axe, and printing.

Optional. It needs Chromium or Chrome on the path, and for the accessibility rules axe-core: its
`axe.min.js` in `node_modules/axe-core/` beside this checkout, or where the variable AXE says it is.
Nothing is fetched: without these the tests are skipped.
"""

import json
import os
import re
import shutil
import subprocess
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pages_read import LANGS, told_everywhere
from valuations import example_page, page, write

from sroi.report.words.words import Words

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
MODULE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
AXE = Path(os.environ.get("AXE", MODULE))
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--no-default-browser-check",
)  # fmt: skip
WIDE, PHONE = 1280, 375

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on the path"),
]


def browser(tmp_path: Path, *asked: str) -> str:
    """What the browser writes out, with a profile of its own."""
    call = [str(BROWSER), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", *asked]
    made = subprocess.run(call, capture_output=True, encoding="utf-8", timeout=120, check=False)
    if made.returncode:
        pytest.skip(f"the browser does not work here: {made.stderr[-200:]}")
    return made.stdout


def as_opened(tmp_path: Path, content: str) -> str:
    """A page after it was opened as it is, under its own security policy."""
    place = write(content, "opened.html")
    return browser(tmp_path, "--virtual-time-budget=5000", "--dump-dom", place.as_uri())


ASKING = """<!DOCTYPE html><body><pre id="found"></pre>
<iframe id="page" width="{width}" height="800" srcdoc="{page}"></iframe>
<script>
  document.getElementById("page").addEventListener("load", async (event) => {{
    const found = await event.target.contentWindow.asked();
    document.getElementById("found").textContent = JSON.stringify(found);
  }});
</script>"""


def asked(tmp_path: Path, content: str, width: int, question: str) -> Any:
    """What a script of a test finds in a page of some width, which may be that of a telephone.

    Only here does the page allow another script than its own.
    """
    ready = "await document.fonts.ready;"
    script = f"<script>window.asked = async () => {{ {ready} {question} }}</script>"
    allowing = re.sub(r"script-src [^;\"]*", "script-src 'unsafe-inline'", content)
    made = escape(allowing.replace("</body>", f"{script}</body>"))
    place = write(ASKING.format(width=width, page=made), "asked.html").as_uri()
    size = "--window-size=1400,900"
    said = browser(tmp_path, size, "--virtual-time-budget=30000", "--dump-dom", place)
    found = re.search(r'(?s)<pre id="found">(.+?)</pre>', said)
    assert found, "the page did not answer"
    return json.loads(unescape(found[1]))


@cache
def axe() -> str:
    """The rules, or the test is skipped."""
    if not AXE.is_file():
        pytest.skip("no axe-core: see the head of this file")
    return AXE.read_text(encoding="utf-8")


BROKEN = """
  const found = await axe.run(document);
  return found.violations.map((rule) => [rule.id, rule.nodes[0].html]);
"""


@LANGS
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_no_rule_of_axe_is_broken(tmp_path, lang, width):
    """WCAG 2 A and AA and the good practices that axe knows; on a desk and on a telephone."""
    assert asked(tmp_path, example_page(lang), width, f"{axe()}; {BROKEN}") == []


def test_the_page_runs_its_own_script(tmp_path):
    """Its security policy allows it: the sliders are no longer hidden."""
    panel = re.search(r'<div id="what-if-panel"[^>]*>', as_opened(tmp_path, example_page()))
    assert panel
    assert "hidden" not in panel[0]


def test_the_page_runs_no_other_script(tmp_path):
    """Not even one that stands in it."""
    other = "<script>document.body.replaceChildren()</script></body>"
    content = example_page().replace("</body>", other)
    assert "what-if-panel" in as_opened(tmp_path, content)


def test_a_hostile_scenario_runs_nothing(tmp_path):
    """A name that closes the script and opens another stays a name."""
    text = "</script><script>document.body.replaceChildren()</script>"
    assert 'id="what-if-panel"' in as_opened(tmp_path, page(told_everywhere(text)))


MOVE = """
  const data = JSON.parse(document.getElementById("what-if-data").textContent);
  const sliders = [...document.querySelectorAll(".lever input")];
  const said = () => [...document.querySelectorAll("td.moved")].map((cell) => cell.textContent);
  const wrong = [];
  sliders.forEach((slider, number) => data.levers[number].forEach((position, value) => {
    slider.value = value;
    slider.dispatchEvent(new Event("input"));
    const others = sliders.filter((other) => other !== slider);
    const right = JSON.stringify(said()) === JSON.stringify(position.cells)
      && slider.getAttribute("aria-valuetext") === position.said
      && others.every((other) => other.value === other.dataset.start);
    if (!right) wrong.push([number, value, said()]);
  }));
  document.querySelector("#what-if-panel button").click();
  return {
    wrong,
    count: sliders.length,
    back: JSON.stringify(said()) === JSON.stringify(data.usual.cells)
      && sliders.every((slider) => slider.value === slider.dataset.start),
  };
"""


@LANGS
def test_every_position_of_every_slider_shows_what_was_reckoned(tmp_path, lang):
    """One moves at a time, the others jump back, and the button brings the report back."""
    found = asked(tmp_path, example_page(lang), WIDE, MOVE)
    assert found == {"wrong": [], "count": 5, "back": True}


def test_on_a_telephone_nothing_sticks_out(tmp_path):
    """What is wide scrolls in its own frame, where the keyboard reaches it; on a desk all fits."""
    question = """
      const boxes = [...document.querySelectorAll(".scroll")];
      const wide = boxes.filter((box) => box.scrollWidth > box.clientWidth + 1);
      return {
        out: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        wide: wide.length,
        unreachable: wide.filter((box) => box.tabIndex !== 0).length,
        idle: boxes.filter((box) => box.tabIndex === 0).length - wide.length,
      };
    """
    small, large = (asked(tmp_path, example_page(), width, question) for width in (PHONE, WIDE))
    assert (small["out"], small["unreachable"], small["idle"]) == (0, 0, 0)
    assert small["wide"] > 0
    assert large == {"out": 0, "wide": 0, "unreachable": 0, "idle": 0}


def test_it_prints_without_what_moves(tmp_path):
    """The table of the panel is on paper, its sliders are not."""
    target = tmp_path / "page.pdf"
    place = write(example_page(), "printed.html")
    browser(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={target}", place.as_uri())
    pages = pypdf.PdfReader(target).pages
    text = re.sub(r"\s+", " ", " ".join(each.extract_text() for each in pages))
    words = Words("nl")
    assert len(pages) > 5
    assert words("what_if.title") in text
    assert words("what_if.legend") not in text
    assert words("what_if.reset") not in text

"""A price of one's own by a stranger: whatever is wrong with its source, the message has the line
that works."""

import re

import pytest
from valid_scenario import SCENARIO
from valuations import LIBRARY

from sroi.inputs.files.scenario_file import check_file, load
from sroi.report.words.problem_text import sentence

PRICE = (
    "  - {id: uur-van-ons, name: Uur, value: 68.50, unit: EUR/uur, price_year: 2024, "
    "payers: {gemeente: 1}, cash: hard%s}\n"
)
WRONG = {
    "source-missing": "",
    "reference-unreadable": ", source: contract Begeleiding 2025",
    "source-unknown": ', source: "contract-2025[bijlage 2]"',
    "yaml-source-in-braces": ", source: contract-2025[bijlage 2]",
}


def scenario(folder, source: str):
    """The example with a price of one's own."""
    path = folder / "plan.yaml"
    text = SCENARIO.replace("\nproxies:\n", f"\nproxies:\n{PRICE % source}", 1)
    assert text != SCENARIO
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("code", WRONG)
def test_the_message_has_the_line_that_works(code, lang, tmp_path):
    """Within braces too, without quotation marks and without a list of sources."""
    found = check_file(scenario(tmp_path, WRONG[code]), LIBRARY)
    (said,) = (sentence(one, lang) for one in found if one.code == code)
    line = re.search(r"source: ((?:contract|eigen) / [^/]+ / [^/]+ / 2025)", said)
    assert line
    path = scenario(tmp_path, f", source: {line[1]}")
    assert not [one for one in check_file(path, LIBRARY) if one.severity == "error"]
    loaded = load(path, library=LIBRARY)
    (own,) = (one for one in loaded.scenario.proxies if one.id == "uur-van-ons")
    source = loaded.library.sources[own.source.key]
    assert source.title.endswith("(contract)")
    assert source.issued == {"date-parts": [[2025]]}

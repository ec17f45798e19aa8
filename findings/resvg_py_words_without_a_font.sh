#!/usr/bin/env bash
# resvg-py draws a chart without its words when it does not find their font, and says nothing.
#
# In an SVG that asks for font-family "sans-serif", as nearly every library of charts writes, or for
# a font that is not installed, a browser takes some other font. resvg-py leaves the text out: no
# error, no warning, a picture of the same size with bars and axes and no label. It knows no font for
# the generic families unless it is told one, and falls back on none, also when others are installed.
# Seen with resvg-py 0.5.0, here with the font DejaVu Sans given to it as a file.
# Source: the CSS rules for fonts that SVG follows (a user agent falls back on a font of its own
# choice); the list of arguments of resvg_py.svg_to_bytes (sans_serif_family and so on).
# Who uses it: name the font and hand its file over (font_files), and test that words are drawn.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  resvg-py==0.5.0 pillow==12.0.0 matplotlib==3.10.7 >/dev/null 2>&1
"$work/venv/bin/python" -W ignore - <<'PY'
import io
from pathlib import Path

import matplotlib
import resvg_py
from PIL import Image

font = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


def dark(family, **given):
    """The number of dark points of a picture that holds one word and nothing else."""
    words = f'<text x="10" y="40" font-size="30" font-family="{family}">volume</text>'
    box = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">'
    svg = f'{box}<rect width="200" height="60" fill="white"/>{words}</svg>'
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=[str(font)], **given
    )
    return sum(Image.open(io.BytesIO(bytes(drawn))).convert("L").histogram()[:128])


found = {
    "the font by its name": dark("DejaVu Sans"),
    "sans-serif": dark("sans-serif"),
    "a font that is not there": dark("Arial"),
    "sans-serif, told which": dark("sans-serif", sans_serif_family="DejaVu Sans"),
}
for asked, points in found.items():
    print(asked, "gives", points, "dark points")
named, generic, absent, told = found.values()
assert named > 100 and told == named and generic == absent == 0, "this has changed"
PY

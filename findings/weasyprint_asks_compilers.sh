#!/usr/bin/env bash
# Importing WeasyPrint runs a C compiler and a linker again and again, on a machine that has them.
#
# For each C library WeasyPrint tries names of several systems in a row ("libgobject-2.0-0",
# "gobject-2.0-0", …) before the one that Linux knows ("libgobject-2.0.so.0"). Of each name that the
# loader does not know, cffi asks ctypes.util.find_library, and that asks ldconfig, then gcc (a trial
# link in a temporary file), then ld. So the time to load depends on whether a compiler happens to be
# installed. The names that are found in the end need no search: with find_library answering None the
# import does the same.
# Seen with WeasyPrint 70.0 on CPython 3.11. Source: weasyprint/text/ffi.py, `_dlopen`.
# Needs Pango and HarfBuzz on the machine, as WeasyPrint does.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check weasyprint==70.0 >/dev/null 2>&1
"$work/venv/bin/python" - <<'PY'
import ctypes.util
import subprocess
import sys

COUNT = """
import ctypes.util, sys
asked = []
real = ctypes.util.find_library
ctypes.util.find_library = lambda name: asked.append(name) or (real(name) if {search} else None)
import weasyprint
made = weasyprint.HTML(string="<p>een").write_pdf()
print(len(asked), made[:5])
"""
for search in (True, False):
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", COUNT.format(search=search)],
                          capture_output=True, text=True, check=True)
    print("with a search:" if search else "without one: ", done.stdout.strip())
    count = int(done.stdout.split()[0])
    assert count > 10 and "%PDF-" in done.stdout, "this has changed"
PY

#!/usr/bin/env bash
# A local Dask cluster without a dashboard still serves pages about itself, on the port of the dashboard.
#
# `LocalCluster(dashboard_address=None)` is documented as "Set to None to disable the dashboard". It
# only leaves the drawings out. An HTTP server begins all the same, on port 8787, where the dashboard
# would be: it answers with the workers, their logs and counts of tasks, to whoever can reach the port
# on that machine, and a second cluster "without a dashboard" warns that 8787 is in use already. With
# `dashboard_address="127.0.0.1:0"` and `scheduler_kwargs={"dashboard": False}` it takes any free
# port and says nothing. There is no argument with which no server begins.
# Seen with distributed 2026.8.0. Source: distributed/scheduler.py, `Scheduler.__init__` calls
# `start_http_server(routes, dashboard_address, default_port=8787)` whatever `dashboard` is.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check distributed==2026.8.0 >/dev/null 2>&1
cat >"$work/without.py" <<'PY'
import urllib.request
import warnings

from distributed import LocalCluster


def served(cluster: LocalCluster, path: str) -> int:
    """The status of a page of the scheduler."""
    port = cluster.scheduler.http_server.port
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=10) as page:
        return page.status


if __name__ == "__main__":
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with (
            LocalCluster(n_workers=1, dashboard_address=None, silence_logs=50) as one,
            LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as two,
        ):
            pages = ["health", "info/main/workers.html", "info/main/logs.html", "json/counts.json"]
            found = {page: served(one, page) for page in pages}
            ports = (one.scheduler.http_server.port, two.scheduler.http_server.port)
    said = [str(one.message).splitlines()[0] for one in told if "8787" in str(one.message)]
    print("served without a dashboard:", found)
    print("ports:", ports)
    print("said:", said)
    assert set(found.values()) == {200} and said, "this has changed"
PY
cd "$work" && "$work/venv/bin/python" without.py

"""Before numpy is there: small matrices go on one thread. On a machine that does more at a time,
as when tests run side by side, threads that wait for each other cost a hundred times as much."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

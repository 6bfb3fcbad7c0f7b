"""The knowledge."""

import os

# Before numpy is loaded: a question's products are so small that a second thread of OpenBLAS mostly waits for
# the first, at full speed, on the core that another worker needs.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

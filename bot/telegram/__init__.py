"""The Telegram face."""

import os

# Times as the library will give them from its next version on; it warns until then.
os.environ.setdefault("PTB_TIMEDELTA", "1")

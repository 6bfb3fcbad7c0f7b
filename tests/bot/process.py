"""The program as a process, as people start it."""

import os
import sys
from pathlib import Path

INVESTBOT = str(Path(sys.executable).with_name("investbot"))


def environ(**settings: str) -> dict[str, str]:
    """An environment with these settings; nothing of this machine's own settings comes in."""
    return {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}} | settings

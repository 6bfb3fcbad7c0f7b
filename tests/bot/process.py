"""The program as a process, as people start it."""

import os
import sys
from pathlib import Path

from tests.databases import POSTGRESQL, database_url

INVESTBOT = str(Path(sys.executable).with_name("investbot"))


def environ(home: Path | None = None, /, **settings: str) -> dict[str, str]:
    """An environment with these settings; nothing of this machine's own settings comes in.

    Args:
        home: the working directory, if there is a database in it, or will be.
        settings: by name.
    """
    kept = {"PATH", "HOME", "LANG", "XDG_CACHE_HOME"}
    usual = {key: value for key, value in os.environ.items() if key in kept}
    if home is not None and POSTGRESQL:
        usual["DATABASE_URL"] = database_url(home / "var" / "investbot.db")
    return usual | settings

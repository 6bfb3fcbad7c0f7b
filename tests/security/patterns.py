"""Every regular expression of the program, in a process of its own: also those made from words that are data.

Prints JSON: pattern and flags.
"""

import json
import pkgutil
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

found: dict[tuple[str, int], None] = {}
_compile = re._compile  # type: ignore[attr-defined]


def noting(pattern: Any, flags: Any) -> re.Pattern[Any]:  # noqa: ANN401 - as the library has it
    compiled: re.Pattern[Any] = _compile(pattern, flags)
    # Of whoever asks for it: the program, not its libraries.
    if isinstance(compiled.pattern, str) and sys._getframe(2).f_globals.get("__name__", "").startswith(
        ("bot", "knowledge")
    ):
        found[compiled.pattern, compiled.flags & ~re.UNICODE] = None
    return compiled


re._compile = noting  # type: ignore[attr-defined]

for package in ("bot", "knowledge"):
    for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
        if not module.name.startswith(("bot.benchmark", "knowledge.benchmark", "knowledge.migrations")):
            import_module(module.name)

from knowledge.drafting import read_proposals  # noqa: E402
from knowledge.reading.clean import clean  # noqa: E402
from knowledge.reading.load import load  # noqa: E402

for name in sys.argv[1:]:
    loaded = load(Path(name))
    clean(loaded.text)
    read_proposals(loaded, name)

json.dump(sorted(found), sys.stdout, ensure_ascii=True)

"""Every regular expression of the program, in a process of its own: also those made from words that are data.

Prints JSON: pattern and flags.
"""

import json
import pkgutil
import re
import sys
from functools import _lru_cache_wrapper
from importlib import import_module
from inspect import Signature, signature
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


def _makes_pattern(maker: Signature) -> bool:
    return not maker.parameters and "re.Pattern" in str(maker.return_annotation)


re._compile = noting  # type: ignore[attr-defined]

for package in ("bot", "knowledge"):
    for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
        if not module.name.startswith(("bot.benchmark", "knowledge.benchmark", "knowledge.migrations")):
            made = import_module(module.name)
            # Those that wait to be made until a document asks for them.
            for maker in vars(made).values():
                if isinstance(maker, _lru_cache_wrapper) and _makes_pattern(signature(maker)):
                    maker()

from knowledge.drafting import read_proposals  # noqa: E402
from knowledge.reading.clean import clean  # noqa: E402
from knowledge.reading.load import load  # noqa: E402

for name in sys.argv[1:]:
    loaded = load(Path(name))
    clean(loaded.text)
    read_proposals(loaded, name)

json.dump(sorted(found), sys.stdout, ensure_ascii=True)

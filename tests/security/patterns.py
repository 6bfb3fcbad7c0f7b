"""Every regular expression of the program, in a process of its own: also those made from words that are data.

Prints JSON: pattern, flags, and how long the texts are that it sees; 0 for as long as they like.
"""

import json
import pkgutil
import re
import sys
from functools import _lru_cache_wrapper
from importlib import import_module
from inspect import Signature, signature
from pathlib import Path
from tempfile import TemporaryDirectory
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

from knowledge.asking.asker import LONGEST_QUESTION, Asker  # noqa: E402
from knowledge.build import build  # noqa: E402
from knowledge.database import open_engine  # noqa: E402
from knowledge.drafting import read_proposals  # noqa: E402
from knowledge.reading.clean import clean  # noqa: E402
from knowledge.reading.load import load  # noqa: E402

for name in sys.argv[1:]:
    loaded = load(Path(name))
    clean(loaded.text)
    read_proposals(loaded, name)

# Those that wait until somebody asks.
with TemporaryDirectory() as folder:
    engine = open_engine(f"sqlite:///{folder}/investbot.db")
    build(engine, Path(sys.argv[1]).parent)
    early, asker = set(found), Asker(engine)
    for question in ("投资超过5亿的项目有哪些？", "Which chains have green in their name?", "第二期呢"):
        asker.ask(question)
    engine.dispose()

rows = ((*one, 0 if one in early else LONGEST_QUESTION) for one in sorted(found))
json.dump([*rows], sys.stdout, ensure_ascii=True)

"""What went wrong, in the desk's language. The core speaks English; `texts/faults.toml` has its sentences."""

import re
import tomllib
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from bot.desk.wording import label, language, say
from knowledge.asking.answer import Language
from knowledge.forms import FormError

LONGEST = 1_000
"""No sentence of ours is longer; one that is holds what somebody wrote, and is shown as it is."""

_FILE = Path(__file__).parent / "texts" / "faults.toml"


def explain(error: Exception) -> str:
    """What a person can put right, in words of the desk.

    Args:
        error: of the core.
    """
    if isinstance(error, FormError):
        return explain_form(error)
    if language() is Language.EN:
        return str(error)
    return "\n".join(_translate(line) for line in str(error).splitlines())


def explain_form(error: FormError) -> str:
    """What is wrong with a field, which is named."""
    cause = error.__cause__
    kind = cause.errors()[0]["type"] if isinstance(cause, ValidationError) else "value"
    if error.field == "evidence":
        return say("errors.no_evidence")
    if error.field == "quote":
        return say("errors.quote_missing")
    name = label("fields", error.field)
    told = label("form_errors", kind)
    return say("errors.field", field=name, fault=str(error) if told == kind else told)


def _translate(line: str) -> str:
    for pattern, text in _faults() if len(line) <= LONGEST else ():
        found = pattern.search(line)
        if found:
            start, end = found.span()
            return line[:start] + found.expand(text) + line[end:]
    return line


@cache
def _faults() -> list[tuple[re.Pattern[str], str]]:
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["fault"]
    return [(re.compile(row["pattern"]), row["text"]) for row in rows]

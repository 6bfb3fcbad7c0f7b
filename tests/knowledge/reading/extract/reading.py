"""Reading a text of one's own, as the tests do."""

import datetime as dt
from typing import Any

from knowledge.reading.clean import clean
from knowledge.reading.extract import Proposal, extract
from knowledge.reading.metadata import Metadata


def read(text: str, day: str = "") -> list[Proposal]:
    date = dt.date.fromisoformat(day) if day else None
    return extract(clean(text), Metadata(title="", date=date))


def meets(draft: Proposal, wanted: dict[str, Any]) -> bool:
    """Whether a draft is of the wanted kind and has the wanted fields."""
    fields = {key: value for key, value in wanted.items() if key != "kind"}
    return draft.kind == wanted["kind"] and all(
        draft.fields.get(key) == value for key, value in fields.items()
    )

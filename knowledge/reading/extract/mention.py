"""A mention: a place in the page where something is named."""

from dataclasses import dataclass

from knowledge.models.fact import Kind


@dataclass(frozen=True)
class Mention:
    """Characters [start, end) name something.

    Attributes:
        kind: what is named.
        name: its name as written.
        sure: from 0 to 1, that this is a name, whole and of this kind.
        form: the form the kind's table asks for, if it asks for one.
    """

    start: int
    end: int
    kind: Kind
    name: str
    sure: float
    form: str = ""

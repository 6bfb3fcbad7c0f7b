"""What a document says of itself, as a small form: what was not found is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.desk.wording import label
from knowledge.corrections import FIELDS, Said, missing, value_of
from knowledge.models import Document


@dataclass(frozen=True)
class Detail:
    """A field of the form.

    Attributes:
        name: of the document's field.
        value: what stands in it.
        held: what the document has now.
        asked: it was not found, and nobody has said it yet.
        by: who of the staff said it; empty where it was read.
        fault: what is wrong with it.
    """

    name: str
    value: str
    held: str
    asked: bool
    by: str
    fault: str = ""

    @property
    def label(self) -> str:
        """What it is called."""
        return label("document_fields", self.name)


def details(
    document: Document, said: Said, given: Mapping[str, str] | None = None, field: str = "", fault: str = ""
) -> list[Detail]:
    """The form of a document.

    Args:
        document: its row.
        said: what staff said of it.
        given: what was filled in; None where nothing was.
        field, fault: which value could not be taken, and why.
    """
    lacking = missing(document, said)
    return [
        Detail(
            name,
            given.get(name, "") if given is not None else value_of(document, name),
            value_of(document, name),
            name in lacking,
            said[name].said_by if name in said else "",
            fault if name == field else "",
        )
        for name in FIELDS
    ]

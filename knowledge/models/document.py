"""Document: a page the bureau relies on; Passage: a stretch of it that can be quoted."""

import datetime as dt

from sqlmodel import Field

from knowledge.models.columns import Text, enum_column
from knowledge.models.fact import Origin
from knowledge.models.row import Row


class DocumentBase(Row):
    """A document of the bureau."""

    sha256: str = Field(primary_key=True, min_length=64, max_length=64)
    file: Text = Field(index=True, description="path under the documents folder, with /")
    title: Text
    publisher: str = ""
    publisher_en: str = Field(default="", description="its established English name")
    date: dt.date | None = None
    page: str = Field(default="", description="where in the paper, e.g. 头版")
    reporter: str = ""
    address: str = Field(default="", description="URL where it was published")
    repeats: str = Field(
        default="", description="sha256 of the document whose passages stand for this one's; empty for most"
    )
    rewritten: bool = Field(default=False, description="the cleaner found that it was rewritten")
    original: str = Field(description="as decoded; evidence counts characters of this")
    cleaned: str = Field(description="as an investor may read it")


class Document(DocumentBase, table=True):
    """A document, as stored."""

    origin: Origin = enum_column(Origin)
    added_by: str = Field(default="", description="the member of staff who put it in")
    read_at: dt.datetime
    reader: str = Field(description="digest of the rules it was read with")


class Correction(Row, table=True):
    """What a member of staff says of a document, in place of what was read; see `knowledge.corrections`.

    It stays when the document goes, and holds again when it comes back.
    """

    sha256: str = Field(primary_key=True, description="the document's")
    field: str = Field(primary_key=True, description="of the document: title, publisher, date or address")
    value: str = Field(description="a date as 2024-03-05; empty: the document has none")
    said_by: str
    said_at: dt.datetime


class PassageBase(Row):
    """Some whole sentences of a document, with offsets in its original text."""

    document_sha256: str = Field(foreign_key="document.sha256", ondelete="CASCADE", index=True)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    heading: str = ""
    text: Text


class Passage(PassageBase, table=True):
    """A passage, as stored."""

    id: int | None = Field(default=None, primary_key=True)

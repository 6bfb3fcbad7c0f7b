"""Documents: put in, listed, and each beside its drafts."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from anyio.to_thread import run_sync
from sqlmodel import Session, col, func, select
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route

from bot.desk.cards import Card, cards
from bot.desk.details import details
from bot.desk.errors import explain
from bot.desk.marked import Piece, pieces
from bot.desk.page import Page
from bot.desk.wording import say
from bot.drafts import find_model
from knowledge.correcting import CorrectionError
from knowledge.corrections import FIELDS, corrections, corrections_of, missing
from knowledge.database import KnowledgeError
from knowledge.drafting import read_proposals
from knowledge.entries import parse
from knowledge.intake import compare_ahead
from knowledge.models import Document, Draft, DraftState, Evidence, StaffRole
from knowledge.publishing import ConflictError
from knowledge.reading.extract import Proposal
from knowledge.reading.extract.model import ModelError
from knowledge.reading.load import DocumentError, Loaded, load_bytes
from knowledge.receiving import receive


class Documents(Page):
    """The documents on which everything rests."""

    path = "/documents"
    name = "documents"
    icon = "fa-solid fa-file-lines"

    @route("")
    async def index(self, request: Request) -> Response:
        """The list."""
        return self.render(request, "documents.html", documents=await self.look(_all))

    @route("/add", methods=["POST"])
    async def add_documents(self, request: Request) -> Response:
        """Take files in; each is read or refused by itself."""
        self.person(request).require(StaffRole.EDITOR)
        async with request.form() as form:
            files = [one for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename]
            sent = [(_plain(one.filename or ""), await one.read()) for one in files]
        if not sent:
            return self.go(request, self.path, say("documents.none_chosen"), "error")
        told: list[str] = []
        taken: list[str] = []
        for name, content in sent:
            try:
                loaded = await run_sync(load_bytes, name, content)
            except (DocumentError, OSError) as error:
                told.append(explain(error) if isinstance(error, DocumentError) else _unreadable(name))
                continue
            proposals, refusal = await run_sync(self._read, loaded)
            await run_sync(compare_ahead, self.desk.engine, loaded)
            sha256, sentence = await self.write(self._taking(request, loaded, proposals))
            told += [refusal] * bool(refusal)
            taken.append(sha256)
            told.append(sentence)
        to = f"{self.path}/{taken[0]}" if len(taken) == len(sent) == 1 else self.path
        category = "success" if len(taken) == len(sent) else "warning" if taken else "error"
        return self.go(request, to, "\n".join(told), category)

    @route("/{sha256}")
    async def document(self, request: Request) -> Response:
        """A document beside its drafts."""
        return await self._page(request)

    @route("/{sha256}/correct", methods=["POST"])
    async def correct(self, request: Request) -> Response:
        """Say what a document's title, date, publisher and address are."""
        sha256, form = request.path_params["sha256"], await request.form()
        given = {name: str(form.get(name, "")) for name in FIELDS}
        seen = {name: str(form.get(f"seen-{name}", "")) for name in FIELDS}
        try:
            decided = await self.write(
                lambda database: self.reviewer(database, request).correct(sha256, given, seen)
            )
        except (CorrectionError, ConflictError) as error:
            return await self._page(request, given, error)
        to = f"{self.path}/{sha256}"
        if decided.second:
            return self.handed_in(request, to, decided)
        changed = {name: value.strip() for name, value in given.items()} != seen
        return self.go(request, to, say("documents.corrected" if changed else "documents.confirmed"))

    async def _page(
        self, request: Request, given: Mapping[str, str] | None = None, error: KnowledgeError | None = None
    ) -> Response:
        """A document; with what was filled in of it and what is wrong with that."""
        sha256 = request.path_params["sha256"]
        fault = explain(error) if error else ""
        field = error.field if isinstance(error, CorrectionError) else ""

        def find(database: Session) -> dict[str, Any] | None:
            found = _one(database, sha256)
            if found is not None:
                said = corrections_of(database, sha256)
                found["details"] = details(found["document"], said, given, field, fault)
            return found

        found = await self.look(find)
        if found is None:
            raise HTTPException(404)
        code = 409 if isinstance(error, ConflictError) else 400 if error else 200
        return self.render(request, "document.html", code=code, fault="" if field else fault, **found)

    def _read(self, loaded: Loaded) -> tuple[list[Proposal], str]:
        """What is read in a document; and why a model that is set proposes nothing, if it does not."""
        model = find_model(self.desk.settings)
        try:
            return read_proposals(loaded, loaded.name, model.propose if model else None), ""
        except ModelError as error:
            return read_proposals(loaded, loaded.name), str(error)

    def _taking(
        self, request: Request, loaded: Loaded, proposals: list[Proposal]
    ) -> Callable[[Session], tuple[str, str]]:
        author, name = self.person(request).name, loaded.name

        def deed(database: Session) -> tuple[str, str]:
            received = receive(database, name, loaded, author, proposals)
            if received.known:
                return loaded.sha256, say("documents.known", file=name, title=received.document.title)
            return loaded.sha256, say("documents.taken", file=name, drafts=received.drafts)

        return deed


def _plain(filename: str) -> str:
    """A file's name without the folders that some browsers send with it."""
    return PurePosixPath(filename.replace("\\", "/")).name


def _unreadable(name: str) -> str:
    return say("documents.unreadable", file=name)


def _all(database: Session) -> list[tuple[Document, int, int, bool]]:
    """Every document: how many drafts of it wait, how many published facts rest on it, is anything asked."""
    said = corrections(database)
    waiting = dict(
        database.exec(
            select(Draft.document_sha256, func.count())
            .where(Draft.state == DraftState.WAITING)
            .group_by(col(Draft.document_sha256))
        ).all()
    )
    facts = dict(
        database.exec(
            select(Evidence.document_sha256, func.count(col(Evidence.fact_id).distinct())).group_by(
                col(Evidence.document_sha256)
            )
        ).all()
    )
    rows = database.exec(select(Document).order_by(col(Document.read_at).desc(), col(Document.file))).all()
    return [
        (
            row,
            waiting.get(row.sha256, 0),
            facts.get(row.sha256, 0),
            bool(missing(row, said.get(row.sha256, {}))),
        )
        for row in rows
    ]


def _one(database: Session, sha256: str) -> dict[str, Any] | None:
    document = database.get(Document, sha256)
    if document is None:
        return None
    drafts = database.exec(
        select(Draft)
        .where(Draft.document_sha256 == sha256, Draft.state == DraftState.WAITING)
        .order_by(col(Draft.confidence).desc(), col(Draft.id))
    ).all()
    shown = cards(database, drafts)
    resting = database.exec(select(Evidence).where(Evidence.document_sha256 == sha256)).all()
    return {
        "document": document,
        "pieces": _pieces(document, shown, resting),
        "cards": sorted(shown, key=lambda card: card.place(sha256)),
        "facts": len({one.fact_id for one in resting}),
        "title": document.title,
    }


def _pieces(document: Document, shown: Sequence[Card], resting: Sequence[Evidence]) -> list[Piece]:
    drafted = [
        (item["start"], item["end"], f"d{card.draft.id}")
        for card in shown
        for item in (parse(card.draft.entry) or {}).get("evidence", ())
        if item["document"] == document.sha256
    ]
    return pieces(document, drafted, [(one.start, one.end, one.fact_id) for one in resting])

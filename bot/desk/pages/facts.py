"""Facts: found, changed, retired; each with its history."""

from typing import Any

from sqlmodel import Session, col, select
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route

from bot.desk import forms, show
from bot.desk.errors import explain
from bot.desk.page import Page
from bot.desk.wording import say
from bot.numbers import whole
from knowledge.database import KnowledgeError
from knowledge.entries import Entry, parse
from knowledge.forms import FORMS, FormError
from knowledge.history import changes, latest
from knowledge.models import Document, Kind, Status
from knowledge.models.entity import EntityBase
from knowledge.naming import make_id, taken_ids
from knowledge.publishing import ConflictError, dependents
from knowledge.review import Decided
from knowledge.searching import count_facts, find_facts

SHOWN = 50
"""Facts on a page."""


class Facts(Page):
    """What investors are told."""

    path = "/facts"
    name = "facts"
    icon = "fa-solid fa-database"

    @route("")
    async def index(self, request: Request) -> Response:
        """The list, searched and filtered."""
        asked = request.query_params
        words, start = asked.get("words", "").strip(), whole(asked.get("from", ""))
        kind = Kind(asked["kind"]) if asked.get("kind") in set(Kind) else None
        retired = asked.get("retired") == "yes"

        def find(database: Session) -> dict[str, Any]:
            status = Status.RETIRED if retired else Status.PUBLISHED
            total, hits = find_facts(
                database, words=words, kind=kind, status=status, limit=SHOWN, offset=start
            )
            names = show.names_of(database)
            rows = [(hit, show.headline(hit.entry, names)) for hit in hits]
            return {"total": total, "rows": rows, "counts": count_facts(database)}

        found = await self.look(find)
        return self.render(
            request,
            "facts.html",
            words=words,
            kind=kind,
            kinds=Kind,
            retired=retired,
            start=start,
            shown=SHOWN,
            **found,
        )

    @route("/new/{kind}")
    async def new_fact(self, request: Request) -> Response:
        """An empty form."""
        return await self._form(request, _kind(request), None)

    @route("/new/{kind}", methods=["POST"], name="add-fact")
    async def add_fact(self, request: Request) -> Response:
        """Add a fact."""
        return await self._save(request, _kind(request), None)

    @route("/{id}")
    async def fact(self, request: Request) -> Response:
        """A fact: its form, its evidence, its history."""
        id = request.path_params["id"]
        return await self._form(request, _kind_of(id), id)

    @route("/{id}", methods=["POST"], name="edit-fact")
    async def edit_fact(self, request: Request) -> Response:
        """Change a fact."""
        id = request.path_params["id"]
        return await self._save(request, _kind_of(id), id)

    @route("/{id}/retire", methods=["POST"])
    async def retire(self, request: Request) -> Response:
        """Take a fact from investors."""
        id, form = request.path_params["id"], await request.form()
        reason, also = str(form.get("reason", "")), form.get("also") == "yes"
        return await self.do(
            request,
            lambda database: self.reviewer(database, request).retire([id], reason, with_dependents=also),
            "facts.was_retired",
            f"{self.path}/{id}",
        )

    async def _save(self, request: Request, kind: Kind, id: str | None) -> Response:
        form = await request.form()
        given = {key: text for key, text in form.items() if isinstance(text, str)}
        base = whole(given.get("base", ""))

        def deed(database: Session) -> tuple[str, Decided]:
            before = _entry(database, id) if id else {"id": _new_id(database, kind, given)}
            evidence = [
                item for place, item in enumerate(before.get("evidence", ())) if f"evidence-{place}" in given
            ]
            if given.get("quote", "").strip():
                evidence.append(forms.find_evidence(database, given.get("document", ""), given["quote"]))
            entry = forms.read(kind, given, {**before, "published": True, "evidence": evidence})
            return entry["id"], self.reviewer(database, request).edit(entry, base, given.get("reason", ""))

        try:
            saved, result = await self.write(deed)
        except KnowledgeError as error:
            return await self._form(request, kind, id, form, error)
        if result.second:
            return self.handed_in(request, self.path if id is None else f"{self.path}/{id}", result)
        done = say("facts.saved") if result.change else say("facts.unchanged")
        return self.go(request, f"{self.path}/{saved}", done)

    async def _form(
        self,
        request: Request,
        kind: Kind,
        id: str | None,
        form: FormData | None = None,
        error: KnowledgeError | None = None,
    ) -> Response:
        """The form, as the fact is or as it was filled in; with what is wrong with that."""
        given = {key: text for key, text in (form or {}).items() if isinstance(text, str)}
        fault = explain(error) if error else ""
        field = error if isinstance(error, FormError) else None

        def find(database: Session) -> dict[str, Any]:
            names = show.names_of(database)
            held = latest(database, [id]).get(id) if id else None
            if id and held is None:
                raise HTTPException(404)
            entry: Entry = held.entry if held and held.entry else {"kind": kind.value, "id": id or ""}
            found: dict[str, Any] = {
                "inputs": forms.inputs(database, kind, given or forms.filled(entry), field, fault),
                "entry": entry,
                "headline": show.headline(entry, names) if held and held.entry else "",
                # Who was late is shown the newer version beside what they filled in, and goes on from there.
                "base": held.number if held else 0,
                "newer": [],
                "documents": _documents(database),
                "evidence": [
                    (item, database.get(Document, item["document"])) for item in entry.get("evidence", ())
                ],
                "history": _history(database, id, names) if id else [],
                "dependents": dependents(database, [id]) if id else [],
            }
            if isinstance(error, ConflictError):
                yours = forms.read(kind, given, entry)
                found["newer"] = show.changed(yours, {**entry, "aliases": entry.get("aliases", [])}, names)
            elif given:
                found["base"] = whole(given.get("base", ""))
            return found

        found = await self.look(find)
        return self.render(
            request,
            "fact.html",
            code=409 if isinstance(error, ConflictError) else 400 if error else 200,
            kind=kind,
            id=id,
            given=given,
            field=field.field if field else "",
            fault=fault,
            entity=issubclass(FORMS[kind][0], EntityBase),
            **found,
        )


def _history(database: Session, id: str, names: show.Names) -> list[tuple[Any, list[show.Shown]]]:
    return [
        (change, show.changed(parse(made[0].before), parse(made[0].after), names))
        for change, made in changes(database, fact_id=id)
        if made
    ]


def _documents(database: Session) -> list[tuple[str, str]]:
    query = select(Document.sha256, Document.title).order_by(col(Document.read_at).desc())
    return [(sha256, title) for sha256, title in database.exec(query).all()]


def _entry(database: Session, id: str) -> Entry:
    held = latest(database, [id]).get(id)
    if held is None or held.entry is None:
        raise HTTPException(404)
    return held.entry


def _new_id(database: Session, kind: Kind, given: forms.Given) -> str:
    names = show.names_of(database)
    keys = ("name", "person_id", "subject_id", "organization_id", "chain_id", "object_id", "topic", "title")
    words = [names.get(given[key], given[key]) for key in keys if given.get(key)]
    return make_id(kind, words or [kind.value], taken_ids(database))


def _kind(request: Request) -> Kind:
    return _kind_of(request.path_params["kind"])


def _kind_of(id: str) -> Kind:
    word = id.split(".")[0]
    if word not in set(Kind):
        raise HTTPException(404)
    return Kind(word)

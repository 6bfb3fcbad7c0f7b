"""Aliases: the other names by which people call what the bureau knows."""

from typing import Any

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route

from bot.desk.page import Page
from bot.numbers import whole
from knowledge.database import KnowledgeError
from knowledge.forms import FORMS
from knowledge.history import latest
from knowledge.models import Kind
from knowledge.models.entity import EntityBase
from knowledge.searching import Hit, find_facts

ENTITIES = tuple(kind for kind, (form, _) in FORMS.items() if issubclass(form, EntityBase))

SHOWN = 40
"""Entities on a page."""


class Aliases(Page):
    """Every entity with its other names; they belong to its fact and change with it."""

    path = "/aliases"
    name = "aliases"
    icon = "fa-solid fa-tags"

    @route("")
    async def index(self, request: Request) -> Response:
        """The list."""
        words = request.query_params.get("words", "").strip()
        asked = request.query_params.get("kind", "")
        kind = Kind(asked) if asked in ENTITIES else Kind.CHAIN

        def find(database: Session) -> tuple[int, list[Hit]]:
            kinds = None if words else kind
            total, hits = find_facts(database, words=words, kind=kinds, limit=SHOWN)
            return total, [hit for hit in hits if hit.entry["kind"] in ENTITIES]

        total, hits = await self.look(find)
        return self.render(
            request, "aliases.html", words=words, kind=kind, kinds=ENTITIES, total=total, hits=hits
        )

    @route("", methods=["POST"], name="save-aliases")
    async def save_aliases(self, request: Request) -> Response:
        """Change an entity's other names."""
        form = await request.form()
        id, base = str(form.get("id", "")), str(form.get("base", ""))
        names = [line.strip() for line in str(form.get("aliases", "")).replace("、", "\n").splitlines()]

        def deed(database: Session) -> Any:  # noqa: ANN401 - what a reviewer gives back
            held = latest(database, [id]).get(id)
            if held is None or held.entry is None:
                raise KnowledgeError(f"There is no published fact {id}.")
            entry = {**held.entry, "aliases": [name for name in dict.fromkeys(names) if name]}
            return self.reviewer(database, request).edit(entry, whole(base))

        query = request.url.query
        return await self.do(
            request, deed, "aliases.saved", f"{self.path}?{query}#{id}" if query else self.path
        )

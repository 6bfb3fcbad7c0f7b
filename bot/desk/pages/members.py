"""Staff: who may do what, and the one-time links by which they come in."""

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route

from bot.desk.address import login_address
from bot.desk.errors import explain
from bot.desk.page import Page
from bot.desk.wording import say
from knowledge.database import KnowledgeError
from knowledge.models import LinkPurpose, StaffRole
from knowledge.people import add_staff, list_staff, make_link, remove_staff


class Members(Page):
    """Only owners see it."""

    path = "/staff"
    name = "staff"
    icon = "fa-solid fa-users"
    role = StaffRole.OWNER

    @route("")
    async def index(self, request: Request) -> Response:
        """Everybody."""
        return await self._page(request)

    @route("", methods=["POST"], name="add-staff")
    async def add_staff(self, request: Request) -> Response:
        """Add somebody, or give somebody another role."""
        form = await request.form()
        name, role = str(form.get("name", "")), _role(str(form.get("role", "")))
        by = self.person(request)
        return await self.do(
            request, lambda database: add_staff(database, name, role, by).name, "staff.added", self.path
        )

    @route("/remove", methods=["POST"])
    async def remove_staff(self, request: Request) -> Response:
        """Take somebody's access away."""
        name, by = str((await request.form()).get("name", "")), self.person(request)

        def deed(database: Session) -> str:
            remove_staff(database, name, by)
            return name

        return await self.do(request, deed, "staff.removed", self.path)

    @route("/link", methods=["POST"])
    async def link(self, request: Request) -> Response:
        """Make a link; it is shown once."""
        name, by = str((await request.form()).get("name", "")), self.person(request)

        def deed(database: Session) -> str:
            by.require(StaffRole.OWNER)
            return make_link(database, name, LinkPurpose.DESK)

        try:
            secret = await self.write(deed)
        except KnowledgeError as error:
            return self.go(request, self.path, explain(error), "error")
        return await self._page(request, name, login_address(self.desk.settings, secret))

    async def _page(self, request: Request, name: str = "", link: str = "") -> Response:
        members = await self.look(list_staff)
        return self.render(
            request, "staff.html", members=members, roles=list(StaffRole), linked=name, link=link
        )


def _role(text: str) -> StaffRole:
    if text not in set(StaffRole):
        raise KnowledgeError(say("staff.no_role"))
    return StaffRole(text)

"""The desk's forms: sent by other sites, in frames, with numbers and ways back of somebody's own."""

import re
import socket
from collections.abc import Iterator

import pytest
from starlette.routing import BaseRoute, Mount, Route

from bot.desk.application import build_desk
from bot.settings import Settings
from knowledge.asking.asker import Asker
from tests.bot.desk.visitor import Visitor, words
from tests.security.conftest import Premises

HUGE = "9" * 30


def routes(within: list[BaseRoute], prefix: str = "") -> Iterator[str]:
    for one in within:
        if isinstance(one, Mount):
            yield from routes(list(one.routes), prefix + one.path)
        elif isinstance(one, Route) and "POST" in (one.methods or ()):
            yield prefix + re.sub(r"\{\w+(:number)?\}", "1", one.path)


@pytest.fixture(scope="module")
def forms(premises: Premises) -> list[str]:
    """Where every form of the desk is sent."""
    desk = build_desk(premises.engine, Asker(premises.engine), Settings(_env_file=None))
    inner = desk
    while not hasattr(inner, "routes"):
        inner = getattr(inner, "_app", None) or inner.app  # type: ignore[attr-defined]
    return sorted(set(routes(list(inner.routes))))


def test_no_form_is_taken_from_another_site(premises: Premises, owner: Visitor, forms: list[str]) -> None:
    assert {"/staff", "/drafts/publish", "/documents/add", "/login", "/workbook/apply"} <= set(forms)
    before = premises.rows("select count(*) from change"), premises.rows("select count(*) from staff")
    token = re.search(r'name="csrftoken" value="([^"]+)"', owner.get("/staff").text)
    assert token
    stolen = "".join(reversed(token[1]))
    for path in forms:
        for given in ({}, {"csrftoken": stolen}):
            data = {"name": "坏人", "role": "owner", "id": "1", "language": "en", **given}
            answer = owner.client.post(path, data=data, headers={"Origin": "https://evil.example"})
            assert answer.status_code == 403, (path, given)

    assert (
        premises.rows("select count(*) from change"),
        premises.rows("select count(*) from staff"),
    ) == before
    assert "已添加" in words(owner.post("/staff", None, name="好人", role="viewer")) or premises.rows(
        "select name from staff where name = '好人'"
    )


def test_the_token_of_one_browser_is_worth_nothing_in_another(premises: Premises, owner: Visitor) -> None:
    with Visitor(premises.desk) as attacker:
        page = attacker.get("/login")
        answer = owner.post("/staff", page, name="坏人", role="owner")

    assert answer.status_code == 403


def test_nobody_sees_or_does_anything_before_they_came_in(premises: Premises, forms: list[str]) -> None:
    with Visitor(premises.desk) as stranger:
        page = stranger.get("/login")
        for path in forms:
            if path.startswith(("/login", "/language")):
                continue
            answer = stranger.post(path, page, name="坏人", role="owner", id="1")
            assert answer.url.path == "/login" or answer.status_code in {401, 403}, path
    assert premises.rows("select name from staff where name = '坏人'") == []


def test_no_page_is_shown_in_a_frame(premises: Premises, owner: Visitor) -> None:
    pages = [owner.get(path) for path in ("/", "/staff", "/nothing", "/static/desk.js")]
    with Visitor(premises.desk) as stranger:
        pages.append(stranger.get("/login"))

    for page in pages:
        assert page.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/changes/{}", "/drafts/{}", "/facts?from={}", "/drafts?from={}", "/questions?from={}&days={}"]
)
@pytest.mark.parametrize("number", [HUGE, "-1", "%C2%B2", "1%00", "0x1", "1e9"])
def test_a_number_that_is_none_is_no_fault(owner: Visitor, path: str, number: str) -> None:
    assert owner.get(path.format(number, number)).status_code in {200, 400, 404}


@pytest.mark.parametrize("number", [HUGE, "²", "١", "-1", "", "1 or 1=1"])
def test_a_form_with_a_number_that_is_none_is_no_fault(owner: Visitor, number: str) -> None:
    for path in ("/drafts/decide", "/drafts/publish", "/signings/signing.spring-2024/recall"):
        answer = owner.post(path, None, id=number, number=number, deed="reject")
        assert answer.status_code < 500, path
        assert "出错" not in words(answer)


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/%0d%0aX: y"],
)
def test_the_way_back_leads_nowhere_else(premises: Premises, owner: Visitor, back: str) -> None:
    owner.client.follow_redirects = False
    try:
        answer = owner.post("/drafts/decide", owner.get("/staff"), back=back)
    finally:
        owner.client.follow_redirects = True
    place = answer.headers["location"]

    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))
    assert "x" not in {name.lower() for name in answer.headers}


def test_too_much_is_refused_before_it_is_read(premises: Premises) -> None:
    port = int(premises.desk.rsplit(":", 1)[1])
    for length in ("Content-Length: 10000000000", "Transfer-Encoding: chunked"):
        with socket.create_connection(("127.0.0.1", port)) as sender:
            sender.sendall(f"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\n{length}\r\n\r\n".encode())
            assert sender.recv(100).startswith(b"HTTP/1.1 413")

"""One-time links and the cookies that come of them: used again, at once, late, by others, or guessed."""

import concurrent.futures
import re
from http.cookies import SimpleCookie

import httpx
from sqlmodel import SQLModel

from knowledge.models import LinkPurpose
from knowledge.people import SECRET_BYTES
from tests.bot.desk.visitor import Visitor, words
from tests.databases import execute
from tests.security.conftest import Premises

COOKIE = "investbot_desk"


def run_out(premises: Premises) -> None:
    """Every link has expired."""
    path = premises.home / "var" / "investbot.db"
    execute(path, "update stafflink set expires_at = '2020-01-01 00:00:00' where used_at is null")


def test_an_invitation_is_worth_nothing_afterwards(premises: Premises) -> None:
    thief = premises.acquaintance()
    start = premises.link("孙静", "publisher", LinkPurpose.TELEGRAM)
    run_out(premises)
    assert "过期" in thief.ask(start).text
    start = premises.link("孙静", "publisher", LinkPurpose.TELEGRAM)
    execute(premises.home / "var" / "investbot.db", "update staff set active = false where name = '孙静'")
    assert "欢迎" not in thief.ask(start).text
    assert "不认识这个命令" in thief.ask("/staff").text
    assert "欢迎" in thief.ask(premises.link("孙静", "publisher", LinkPurpose.TELEGRAM)).text


def test_of_many_who_use_an_invitation_at_once_one_comes_in(premises: Premises) -> None:
    people = [premises.acquaintance() for _ in range(6)]
    start = premises.link("钱程", "publisher", LinkPurpose.TELEGRAM)
    entities = [{"type": "bot_command", "offset": 0, "length": 6}]
    updates = [premises.message(person, start, entities=entities) for person in people]
    with concurrent.futures.ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(premises.send, updates))
    told = [person.reply().text for person in people]

    assert sum("欢迎" in text for text in told) == 1


def test_a_link_opens_only_what_it_is_for(premises: Premises) -> None:
    person = premises.acquaintance()
    desk = premises.link("吴越").partition("link=")[2]
    invitation = premises.link("吴越", "owner", LinkPurpose.TELEGRAM).partition("staff_")[2]

    assert "欢迎" not in person.ask(f"/start staff_{desk}").text
    with Visitor(premises.desk) as visitor:
        assert visitor.enter(f"{premises.desk}/login?link={invitation}").status_code == 403
        assert "总览" in words(visitor.enter(f"{premises.desk}/login?link={desk}"))


def test_of_many_who_use_a_link_at_once_one_comes_in(premises: Premises) -> None:
    link = premises.link("赵敏")
    visitors = [Visitor(premises.desk) for _ in range(6)]
    with concurrent.futures.ThreadPoolExecutor(len(visitors)) as pool:
        entered = list(pool.map(lambda visitor: visitor.enter(link).status_code, visitors))
    for visitor in visitors:
        visitor.client.close()

    assert sorted(entered) == [200] + [403] * 5


def test_a_link_that_is_late_opens_nothing(premises: Premises) -> None:
    link = premises.link("郑好")
    run_out(premises)
    with Visitor(premises.desk) as visitor:
        assert visitor.enter(link).status_code == 403
        assert visitor.get("/drafts").url.path == "/login"


def test_a_cookie_that_somebody_else_has_set_is_not_taken_over(premises: Premises) -> None:
    chosen = "A" * 32
    with Visitor(premises.desk) as victim, Visitor(premises.desk) as attacker:
        victim.client.cookies.set(COOKIE, chosen)
        victim.enter(premises.link("冯远"))
        attacker.client.cookies.set(COOKIE, chosen)

        assert victim.get("/drafts").url.path == "/drafts"
        assert attacker.get("/drafts").url.path == "/login"
        assert [one.value for one in victim.client.cookies.jar if one.name == COOKIE and one.value != chosen]


def test_whoever_leaves_or_is_late_has_left(premises: Premises) -> None:
    with Visitor(premises.desk) as visitor, Visitor(premises.desk) as thief:
        visitor.enter(premises.link("褚平"))
        thief.client.cookies.update(visitor.client.cookies)
        assert thief.get("/drafts").url.path == "/drafts"
        visitor.post("/login/out")
        assert thief.get("/drafts").url.path == "/login"
        visitor.enter(premises.link("褚平"))
        execute(
            premises.home / "var" / "investbot.db",
            "update staffsession set expires_at = '2020-01-01 00:00:00' where staff_name = '褚平'",
        )
        assert visitor.get("/drafts").url.path == "/login"


def test_no_link_and_no_cookie_is_kept_as_it_is(premises: Premises) -> None:
    with Visitor(premises.desk) as visitor:
        link = premises.link("卫东")
        visitor.enter(link)
        cookie = visitor.client.cookies[COOKIE]
    secret = link.partition("link=")[2]
    files = [path for path in premises.home.rglob("*") if path.is_file()]
    database = premises.home / "var" / "investbot.db"
    rows = [execute(database, f"select * from {table}") for table in SQLModel.metadata.tables]
    held = b"".join(path.read_bytes() for path in files) + repr(rows).encode()

    assert len(secret) == len(cookie) == SECRET_BYTES * 4 // 3
    assert secret.encode() not in held
    assert cookie.encode() not in held
    assert "卫东".encode() in held


def test_a_link_is_in_no_referrer_and_no_cache(premises: Premises) -> None:
    page = httpx.get(premises.link("蒋南"))

    assert page.headers["referrer-policy"] in {"same-origin", "no-referrer"}
    assert page.headers["cache-control"] == "no-store"


def test_every_cookie_is_out_of_the_reach_of_scripts_and_of_other_sites(premises: Premises) -> None:
    with Visitor(premises.desk) as visitor:
        entered = visitor.enter(premises.link("沈南"))
        answers = [*entered.history, entered]
    sent = [header for answer in answers for header in answer.headers.get_list("set-cookie")]
    held = SimpleCookie()
    held.load(next(header for header in sent if header.startswith(COOKIE)))

    assert sent
    assert all(re.search("samesite=(lax|strict)", header, re.I) for header in sent)
    assert held[COOKIE]["httponly"]
    assert not held[COOKIE]["domain"]

"""A signing announced at the desk, in a real browser; and what others, and two at once, come to."""

import datetime as dt
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from selenium.webdriver.support.ui import Select
from sqlalchemy import Engine
from sqlmodel import select

from knowledge.announcing import pushes
from knowledge.announcing.announcements import announcement_of
from knowledge.announcing.pushes import Outcome
from knowledge.announcing.release import release
from knowledge.announcing.subscriptions import change as prefer
from knowledge.announcing.subscriptions import subscribe
from knowledge.database import session, writing
from knowledge.models import Announcement, AnnouncementState, Pace, PushState
from tests.bot.browser import Browser
from tests.bot.desk.conftest import Running
from tests.bot.desk.visitor import Visitor, words

SIGNING = "signing.spring-2024"
PATH = f"/signings/{SIGNING}"
SEEN = re.compile(r'name="seen" value="(\w+)"')


def subscribers(engine: Engine, count: int = 6) -> None:
    """Three at once in each language, one of them asleep at any hour of the test, the others in digests."""
    now = dt.datetime.now(dt.UTC)
    asleep = f"{(now - dt.timedelta(hours=2)):%H:%M}-{(now + dt.timedelta(hours=4)):%H:%M}"
    with writing(engine) as database:
        for number in range(count):
            chat, tongue = f"telegram:{number}", ("zh-Hans", "zh-Hant", "en")[number % 3]
            subscribe(database, chat, tongue, "UTC", now)
            prefer(
                database,
                chat,
                now,
                quiet=asleep if number == 3 else "",
                pace=Pace.DAILY if number == 4 else Pace.AT_ONCE,
            )
        database.commit()


def send(engine: Engine, *states: PushState) -> None:
    """What the sender does: messages written down, and these settled, a state each."""
    now = dt.datetime.now(dt.UTC)
    with writing(engine) as database:
        while release(database, now):
            pass
        jobs = pushes.take(database, "telegram", now, len(states))
        outcomes = [
            Outcome(job, state, message=f"1{job.push}", reason="Bad Request" if state == "failed" else "")
            for job, state in zip(jobs, states, strict=False)
        ]
        pushes.settle(database, outcomes, now)
        database.commit()


def held(engine: Engine) -> Announcement:
    with session(engine) as database:
        row = announcement_of(database, SIGNING)
    assert row is not None
    return row


def shoot(browser: Browser, name: str) -> None:
    if os.environ.get("SCREENSHOTS"):
        browser.driver.save_screenshot(f"{os.environ['SCREENSHOTS']}/{name}.png")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_signing_is_announced_watched_and_recalled(browser: Browser, own: Running, width: int) -> None:
    subscribers(own.engine)
    browser.size(width, 1400)
    browser.enter(own.link("周岚", "publisher"))
    browser.open(f"{own.address}/signings")
    listed = browser.text()
    shoot(browser, f"signings-{width}")
    browser.press("main .btn-primary")
    preview, button = browser.text(), browser.one("#announce").text
    Select(browser.one("#picture")).select_by_value("signing")
    end = time.monotonic() + 20
    while browser.one(".drawn img").get_property("naturalWidth") != 1280 and time.monotonic() < end:
        time.sleep(0.1)
    drawn = browser.one(".drawn img").get_property("naturalWidth")
    browser.driver.execute_script("document.querySelector('.drawn').scrollIntoView()")
    shoot(browser, f"picture-{width}")
    wide = browser.driver.execute_script("return document.documentElement.scrollWidth")
    browser.press("#announce")
    begun = browser.text()
    send(own.engine, PushState.SENT, PushState.SENT, PushState.FAILED)
    end = time.monotonic() + 10
    while browser.one("[data-count=sent]").text != "2" and time.monotonic() < end:
        time.sleep(0.1)
    watched = browser.text()
    shoot(browser, f"sending-{width}")
    browser.open(f"{own.address}{PATH}")
    browser.press("#again")
    again = browser.text()
    send(own.engine, PushState.SENT, PushState.BLOCKED)
    browser.open(f"{own.address}{PATH}")
    done = browser.text()
    shoot(browser, f"sent-{width}")
    browser.one(".ask-first summary").click()
    browser.press("#recall")
    recalled = browser.text()
    shoot(browser, f"recalled-{width}")

    assert "还没发通知" in listed
    assert wide <= width
    assert drawn == 1280
    assert "新签约：2024年春季签约仪式" in preview
    assert "新簽約" in preview
    assert "New signing: Spring 2024 signing ceremony" in preview
    assert "不再接收" in preview
    assert button == "现在发给4人，另有1人免打扰时段过后收到，1人在汇总里收到"
    assert "正在发送 0 / 6" in begun
    assert "失败\n1" in watched
    assert "Bad Request：1" in watched
    assert "1条失败的会重发" in again
    assert "失败\n0" in again
    assert "送达\n3" in done
    assert "屏蔽\n1" in done
    assert "3条已发出的消息会被删除" in recalled
    assert held(own.engine).state is AnnouncementState.RECALLED
    assert not browser.faults()


def test_a_correction_is_shown_first(browser: Browser, own: Running) -> None:
    subscribers(own.engine)
    browser.size(1280)
    browser.enter(own.link("周岚", "publisher"))
    browser.open(f"{own.address}{PATH}")
    browser.press("#announce")
    send(own.engine, *[PushState.SENT] * 4)
    same = held(own.engine)
    rename(own, "春季签约仪式")
    browser.open(f"{own.address}{PATH}")
    told = browser.text()
    browser.press("#correct")
    old = [one.text for one in browser.all("[lang=zh-Hans] del")]
    new = [one.text for one in browser.all("[lang=zh-Hans] ins")]
    shoot(browser, "correct-1280")
    browser.press("#correct")
    done = browser.text()

    assert same.revision == 1
    assert "与发出的不同" in told
    assert old == ["2024年春季签约仪式"]
    assert new == ["春季签约仪式"]
    assert "4条已发出的消息会就地改过来" in done
    assert held(own.engine).revision == 2


def rename(running: Running, name: str) -> None:
    """Another publisher changes what the signing is called."""
    with Visitor(running.address) as other:
        other.enter(running.link("何敬", "publisher"))
        form = other.get(f"/facts/{SIGNING}")
        base = re.findall(r'name="base" value="(\d+)"', form.text)[0]
        fields = {
            "name": name,
            "name_en": "Spring 2024 signing ceremony",
            "date": "2024-02-18",
            "evidence-0": "yes",
            "base": base,
        }
        assert "已保存" in words(other.post(f"/facts/{SIGNING}", form, **fields))


def publisher(running: Running, visitor: Visitor, name: str = "周岚") -> str:
    """A publisher who looks at the signing; the digest of what they are shown."""
    visitor.enter(running.link(name, "publisher"))
    found = SEEN.search(visitor.get(PATH).text)
    assert found
    return found[1]


def test_two_who_press_at_once_announce_once(own: Running) -> None:
    subscribers(own.engine)
    with Visitor(own.address) as first, Visitor(own.address) as second:
        seen = publisher(own, first)
        assert publisher(own, second, "何敬") == seen
        pages = [(one, one.get(PATH)) for one in (first, second)]

        def press(given: tuple[Visitor, httpx.Response]) -> str:
            return words(given[0].post(f"{PATH}/announce", given[1], seen=seen, when="now"))

        with ThreadPoolExecutor(2) as pool:
            told = list(pool.map(press, pages))

    assert sorted("已发布，进度如下" in one for one in told) == [False, True]
    assert sorted("已经发布过这场签约的通知" in one for one in told) == [False, True]
    with session(own.engine) as database:
        assert len(database.exec(select(Announcement)).all()) == 1


def test_what_changed_since_the_preview_is_shown_again(own: Running) -> None:
    with Visitor(own.address) as visitor:
        seen = publisher(own, visitor)
        rename(own, "春季签约仪式")
        again = visitor.post(f"{PATH}/announce", visitor.get("/"), seen=seen, when="now")
        without = visitor.post(f"{PATH}/announce", again, when="now")
        found = SEEN.search(again.text)
        assert found
        done = visitor.post(f"{PATH}/announce", again, seen=found[1], when="now")

    assert again.status_code == without.status_code == 409
    assert "资料在您查看期间改过" in words(again)
    assert "新签约：春季签约仪式" in words(again)
    assert "已发布" in words(done)


def test_it_is_scheduled_and_cancelled(own: Running) -> None:
    subscribers(own.engine)
    day = dt.datetime.now(dt.UTC) + dt.timedelta(days=3)
    with Visitor(own.address) as visitor:
        seen = publisher(own, visitor)
        page = visitor.get(PATH)
        blank = visitor.post(f"{PATH}/announce", page, seen=seen, when="at", at="")
        past = visitor.post(f"{PATH}/announce", page, seen=seen, when="at", at="2020-01-01T10:00")
        sent = {"seen": seen, "when": "at", "at": f"{day:%Y-%m-%d}T10:30", "picture": "chain"}
        done = visitor.post(f"{PATH}/announce", page, **sent)
        row = held(own.engine)
        listed = words(visitor.get("/signings"))
        known = visitor.get(f"{PATH}/progress").json()
        cancelled = visitor.post(f"{PATH}/cancel", done, number=str(row.id))

    assert blank.status_code == 400
    assert "请填写日期和时间" in words(blank)
    assert "已经过了" in words(past)
    assert "已定时" in words(done)
    assert (row.at.hour, row.at.minute, row.picture) == (2, 30, "chain")
    assert "定于" in listed
    assert "10:30" in listed
    assert (known["active"], known["later"], known["due"]) == (False, 6, 0)
    assert "已停止，还没发出的都不再发送" in words(cancelled)
    assert held(own.engine).state is AnnouncementState.CANCELLED


def test_only_publishers_announce(own: Running) -> None:
    with Visitor(own.address) as visitor:
        visitor.enter(own.link("看客", "editor"))
        page = visitor.get(PATH)
        found = SEEN.search(page.text)
        assert found
        refused = visitor.post(f"{PATH}/announce", page, seen=found[1], when="now")
        missing = visitor.get("/signings/signing.nowhere")

    assert 'id="announce"' not in page.text
    assert "新签约：2024年春季签约仪式" in words(page)
    assert "没有这项权限" in words(refused)
    assert missing.status_code == 404
    with session(own.engine) as database:
        assert announcement_of(database, SIGNING) is None

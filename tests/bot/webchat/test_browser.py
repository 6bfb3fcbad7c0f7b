"""The chat page in a real browser, as people use it."""

import functools
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.selenium import Axe
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.bot.browser import Browser, free_port
from tests.bot.webchat.conftest import Running, chat, until

MISSED = "低空经济的产能多大"

SHIFT = 8
"""The number of this key among those held down, in Chromium's protocol."""

REPLIES = "article.bot:not(.typing)"


@pytest.fixture(scope="module")
def common(bureau_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One chat page for all who change nothing that others see."""
    home = shutil.copytree(bureau_home / "var", tmp_path_factory.mktemp("common"), dirs_exist_ok=True)
    with chat(home) as running:
        yield running


@pytest.fixture
def page(common: Running, browser: Browser) -> Iterator[Browser]:
    """The page as somebody new sees it."""
    visit(browser, chinese(common))
    yield browser
    assert browser.faults() == []


def chinese(running: Running) -> str:
    """The page's address for somebody who reads Chinese, whatever the browser's language."""
    return f"{running.url}?lang=zh-Hans"


def asked(browser: Browser) -> str:
    """The words of the first question, as they are seen."""
    return browser.one("article.you").text.splitlines()[-1]


def visit(browser: Browser, url: str) -> None:
    """Open the page as somebody new."""
    browser.size(1280)
    look(browser)
    browser.driver.get(url)
    # Those of frames too, which the driver's own command leaves.
    browser.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    browser.driver.execute_script("sessionStorage.clear()")
    browser.faults()
    browser.driver.get(url)


def look(browser: Browser, scheme: str = "light", motion: str = "reduce") -> None:
    """What the person's device is set to."""
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": motion},
    ]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def ask(browser: Browser, text: str) -> WebElement:
    """Write a question, as input methods do, and send it by the keyboard; its reply."""
    count = len(browser.all(REPLIES))
    box = browser.one("#text")
    browser.driver.execute_script("arguments[0].focus()", box)
    browser.driver.execute_cdp_cmd("Input.insertText", {"text": text})
    box.send_keys(Keys.ENTER)
    # It comes into sight by and by.
    until(lambda: len(browser.all(REPLIES)) > count and browser.all(REPLIES)[-1].text)
    return browser.all(REPLIES)[-1]


def button(browser: Browser, label: str) -> WebElement:
    """The latest button of this name."""
    return [one for one in browser.all("button") if one.text == label][-1]


def click(browser: Browser, label: str) -> None:
    found = button(browser, label)
    browser.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
    found.click()


def seen(browser: Browser) -> str:
    """What can be read, also while one page follows another."""
    return "".join(one.text for one in browser.all("main"))


def focused(browser: Browser) -> WebElement:
    return browser.driver.switch_to.active_element


def test_a_question_is_answered_with_its_source_below(page: Browser) -> None:
    reply = ask(page, "低空经济的链长是谁")

    lines = reply.text.splitlines()
    quote = next(place for place, line in enumerate(lines) if line.startswith("低空经济产业链由"))
    assert "周岚" in "".join(lines[:quote])
    assert "2024年3月5日" in lines[quote + 1]
    assert asked(page) == "低空经济的链长是谁"
    assert focused(page) == page.one("#text")
    assert page.one("#text").get_attribute("value") == ""
    assert reply.get_attribute("lang") == "zh-Hans"


def test_a_pressed_button_puts_its_reply_in_the_place_of_the_message(page: Browser) -> None:
    click(page, "产业链")
    until(lambda: "共有3个" in page.one(REPLIES).text)

    assert len(page.all(REPLIES)) == 1
    assert focused(page) == page.one(REPLIES)
    click(page, "« 主菜单")
    until(lambda: "您想了解" in page.one(REPLIES).text)


def test_a_map_stands_beside_with_its_words(page: Browser) -> None:
    ask(page, "低空经济")
    count = len(page.all(REPLIES))
    click(page, "产业图谱")
    until(lambda: page.all("figure img"))

    picture = page.one("figure img")
    until(lambda: picture.get_property("naturalWidth"))
    assert len(page.all(REPLIES)) == count + 1
    assert "周岚" in (picture.get_attribute("alt") or "")


def test_the_keyboard_is_enough(page: Browser) -> None:
    page.one("body").send_keys(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB)
    assert focused(page).text == "产业链"
    focused(page).send_keys(Keys.ENTER)
    until(lambda: "共有3个" in focused(page).text)
    focused(page).send_keys(Keys.TAB)
    assert focused(page).text == "低空经济"
    focused(page).send_keys(Keys.SPACE)
    until(lambda: "产业图谱" in page.one(REPLIES).text)
    outline = page.driver.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_what_has_the_focus_is_not_hidden(page: Browser, common: Running) -> None:
    page.size(390, 600)
    page.driver.get(chinese(common))
    for text in ("有哪些产业链", "/help", "低空经济的链长是谁"):
        ask(page, text)
    page.driver.execute_script("document.querySelector('nav a').focus()")
    state = """
        const one = document.activeElement, place = one.getBoundingClientRect();
        const above = document.querySelector("header").getBoundingClientRect().bottom;
        const below = document.getElementById("ask").getBoundingClientRect().top;
        return [one.name || "", place.top < above || place.bottom > below, one.textContent];
    """

    def tab(modifiers: int = 0) -> str:
        """Press the tab key; the name of what has the focus then."""
        key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9, "modifiers": modifiers}
        for kind in ("rawKeyDown", "keyUp"):
            page.driver.execute_cdp_cmd("Input.dispatchKeyEvent", key | {"type": kind})
        name, hidden, text = page.driver.execute_script(state)
        assert not (hidden and name == "press"), text
        return str(name)

    seen = 0
    for _ in range(60):
        name = tab()
        seen += name == "press"
        if name == "text":
            break
    back = 0
    while (name := tab(SHIFT)) == "press":
        back += 1

    assert focused(page).get_attribute("name") not in {"press", "text"}
    assert seen == back
    assert seen > 10


def test_enter_that_chooses_a_character_sends_nothing(page: Browser) -> None:
    page.one("#text").send_keys("产业链")
    sent = page.driver.execute_script(
        "const press = new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, cancelable: true});"
        "return document.getElementById('text').dispatchEvent(press)"
    )
    page.one("#text").send_keys(Keys.SHIFT, Keys.ENTER)

    assert sent  # the browser goes on with it
    assert not page.all("article.you")


def test_the_talk_is_still_there_after_a_reload(page: Browser, common: Running) -> None:
    ask(page, "低空经济的链长是谁")
    page.driver.get(chinese(common))

    assert asked(page) == "低空经济的链长是谁"
    assert "星河航空产业园" in ask(page, "那它有哪些园区").text


def test_without_connection_the_question_stays(page: Browser, common: Running) -> None:
    page.driver.execute_cdp_cmd("Network.enable", {})
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    page.driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    try:
        told = ask(page, "有哪些园区").text
    finally:
        online = offline | {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
        page.driver.execute_cdp_cmd("Network.emulateNetworkConditions", online)

    page.faults()
    assert "没发出去" in told
    assert page.one("#text").get_attribute("value") == "有哪些园区"


def test_forms_are_enough(page: Browser, common: Running) -> None:
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.driver.get(chinese(common))
        page.one("#text").send_keys("低空经济的链长是谁")
        page.one("#ask button").click()
        until(lambda: "周岚" in seen(page))
        page.one("#text").send_keys("那它有哪些园区")
        page.one("#ask button").click()
        until(lambda: "星河航空产业园" in seen(page))
        page.all(".rows button")[0].click()
        until(lambda: "article" in page.driver.page_source and not page.all("article.you"))
        pressed = page.all(REPLIES)
    finally:
        page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    assert len(pressed) == 1


def test_the_reply_of_staff_comes_to_who_looks_and_to_who_comes_back(own: Running, browser: Browser) -> None:
    visit(browser, chinese(own))
    ask(browser, MISSED)
    click(browser, "问工作人员")
    until(lambda: "用这台设备再来看" in browser.text())
    own.answer("年产能2万架。")
    browser.driver.execute_script("document.dispatchEvent(new Event('visibilitychange'))")
    until(lambda: "年产能2万架。" in browser.text())

    ask(browser, "深海装备的产能多大")
    click(browser, "问工作人员")
    until(lambda: browser.text().count("用这台设备再来看") == 2)
    browser.driver.get("about:blank")
    own.answer("还没有统计。")
    browser.driver.get(chinese(own))
    until(lambda: "还没有统计。" in browser.text())
    browser.driver.get(chinese(own))
    assert browser.text().count("还没有统计。") == 1
    assert browser.faults() == []


def test_forgetting_clears_page_and_browser(page: Browser, common: Running) -> None:
    ask(page, "低空经济的链长是谁")
    assert page.driver.get_cookies()
    page.one("#own summary").click()
    click(page, "确定，全部删除")
    until(lambda: "已删除" in page.text())

    assert "周岚" not in page.text()
    assert not page.driver.get_cookies()
    page.driver.get(chinese(common))
    assert "周岚" not in page.text()


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_nothing_is_wider_than_the_screen(page: Browser, common: Running, lang: str) -> None:
    """A small phone's width, a phone's, and a page of 1,280 at 200 %: as it is written, and read again."""
    page.size(320, 500)
    page.driver.get(f"{common.url}?lang={lang}")
    for text in ("低空经济", "Which policies are there?", "x" * 300):
        ask(page, text)
    count = len(page.all(REPLIES))
    for width in (320, 390, 640):
        page.size(width, 500)
        assert too_wide(page, width) == []
        page.driver.get(f"{common.url}?lang={lang}")
        assert len(page.all(REPLIES)) == count
        assert too_wide(page, width) == []


def too_wide(page: Browser, width: int) -> list[str]:
    """What does not fit on a screen of that width, or is too small for a finger."""
    wide = page.driver.execute_script("return document.documentElement.scrollWidth")
    small = """
        return [...document.querySelectorAll(".rows button, #ask button, nav a")].filter((one) => {
            const place = one.getBoundingClientRect();
            return place.height < 24 || place.width < 24;
        }).map((one) => one.textContent || one.getAttribute("aria-label"));
    """
    return [f"{wide} wide"] * (wide > width) + list(page.driver.execute_script(small))


@pytest.fixture(scope="module", params=["#1f5fa8", "#ffd400"])
def coloured(
    request: pytest.FixtureRequest, bureau_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """A chat page in a bureau's colour."""
    home = shutil.copytree(bureau_home / "var", tmp_path_factory.mktemp("coloured"), dirs_exist_ok=True)
    with chat(home, bureau_colour=request.param) as running:
        yield running


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_everybody_can_use_it(coloured: Running, browser: Browser, lang: str) -> None:
    """Checked by axe, as far as a program can, by day and by night: names, roles, contrast."""
    visit(browser, f"{coloured.url}?lang={lang}")
    for scheme in ("light", "dark"):
        look(browser, scheme)
        assert faults(browser) == []
    for text in ("低空经济的链长是谁", "Which industry chains are there?", MISSED, "/export", "/help"):
        ask(browser, text)
    browser.one("#own summary").click()
    for scheme in ("dark", "light"):
        look(browser, scheme)
        assert faults(browser) == []
        shade = browser.one(REPLIES).value_of_css_property("background-color")
        assert ("255, 255, 255" in shade) is (scheme == "light")


def faults(browser: Browser) -> list[Any]:
    found = Axe().run(browser.driver)["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


class _Site(BaseHTTPRequestHandler):
    """A bureau's own site, with a strict policy and one line for the chat."""

    def __init__(self, origin: str, url: str, *rest: Any) -> None:  # noqa: ANN401
        self._origin, self._url = origin, url
        super().__init__(*rest)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        policy = f"default-src 'none'; img-src data:; script-src {self._origin}; frame-src {self._origin}"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        line = f'<script src="{self._url}/widget.js" async></script>'
        head = (
            '<!doctype html><html lang="zh-CN"><meta name="viewport" content="width=device-width">'
            '<title>投资促进局</title><link rel="icon" href="data:,">'
        )
        body = f'<main><h1>投资促进局</h1><p><a href="#x">链接</a></p></main>{line}'
        self.wfile.write((head + body).encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def site(running: Running, port: int = 0) -> Iterator[str]:
    """Another site that holds the line; its address."""
    handler = functools.partial(_Site, running.listening, running.url)
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def foreign(bureau_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Running]]:
    """Another site that shows the chat, and the chat."""
    home = shutil.copytree(bureau_home / "var", tmp_path_factory.mktemp("foreign"), dirs_exist_ok=True)
    port = free_port()
    with chat(home, chat_sites=f"http://127.0.0.1:{port}") as running, site(running, port) as address:
        yield address, running


@pytest.fixture
def framed(foreign: tuple[str, Running], browser: Browser) -> Iterator[Browser]:
    """A browser at the other site, as somebody new."""
    address, running = foreign
    visit(browser, running.url)
    browser.driver.get(address)
    yield browser
    browser.driver.switch_to.default_content()


def widget(browser: Browser, selector: str) -> WebElement:
    """A part of the button on the other site."""
    script = (
        "return [...document.querySelectorAll('div')].map((one) => one.shadowRoot).filter(Boolean)"
        ".map((root) => root.querySelector(arguments[0]))[0]"
    )
    until(lambda: browser.driver.execute_script(script, selector))
    found: WebElement = browser.driver.execute_script(script, selector)
    return found


def enter(browser: Browser) -> WebElement:
    """Open the chat on the other site, and go in."""
    widget(browser, "button").send_keys(Keys.ENTER)
    frame = widget(browser, "iframe")
    browser.driver.switch_to.frame(frame)
    until(lambda: browser.all("#text"))
    return frame


def test_one_line_brings_the_chat_to_another_site(framed: Browser) -> None:
    browser = framed
    opener = widget(browser, "button")
    assert opener.get_attribute("aria-label") == "在线问答"
    enter(browser)
    until(lambda: focused(browser).get_attribute("id") == "text")
    ask(browser, "低空经济的链长是谁")
    # This browser keeps no cookie here, and still the talk goes on.
    assert "星河航空产业园" in ask(browser, "那它有哪些园区").text
    focused(browser).send_keys(Keys.ESCAPE)
    browser.driver.switch_to.default_content()
    until(lambda: not widget(browser, "iframe").is_displayed())
    inside = "return document.activeElement.shadowRoot.activeElement.getAttribute('aria-label')"
    assert browser.driver.execute_script(inside) == "在线问答"
    opener.send_keys(Keys.ENTER)
    browser.driver.switch_to.frame(widget(browser, "iframe"))
    until(lambda: "周岚" in browser.text())
    assert browser.faults() == []


def test_on_a_phone_the_chat_takes_the_screen_and_gives_it_back(framed: Browser) -> None:
    browser = framed
    browser.size(390, 844)
    frame = enter(browser)
    browser.driver.switch_to.default_content()
    assert (frame.rect["x"], frame.rect["y"], frame.size) == (0, 0, {"width": 390, "height": 844})
    browser.driver.switch_to.frame(frame)
    browser.one("#close").click()
    browser.driver.switch_to.default_content()
    until(lambda: not frame.is_displayed())
    assert widget(browser, "button").is_displayed()


def test_a_site_that_is_not_named_cannot_show_it(common: Running, browser: Browser) -> None:
    visit(browser, common.url)
    with site(common) as foreign:
        browser.driver.get(foreign)
        widget(browser, "button").click()
        browser.driver.switch_to.frame(widget(browser, "iframe"))
        until(lambda: browser.all("body"))
        shown = browser.all("#text")
        browser.driver.switch_to.default_content()

    assert not shown
    assert any("frame-ancestors" in one for one in browser.faults())


def test_the_other_site_stays_accessible(framed: Browser) -> None:
    browser = framed
    widget(browser, "button")

    assert faults(browser) == []


def test_with_https_another_site_has_a_cookie_of_its_own(home: Path, browser: Browser) -> None:
    port, listens = free_port(), free_port()
    # Browsers take localhost for as safe as https.
    address = f"https://localhost:{listens}/chat"
    with chat(home, address, web_port=listens, chat_sites=f"http://127.0.0.1:{port}") as running:
        reached = Running(f"http://localhost:{listens}/chat", f"http://localhost:{listens}", running.engine)
        visit(browser, reached.url)
        ask(browser, "低空经济的链长是谁")
        with site(reached, port) as foreign:
            browser.driver.get(foreign)
            enter(browser)
            alone = ask(browser, "那它有哪些园区").text
            ask(browser, "低空经济的链长是谁")
            followed = ask(browser, "那它有哪些园区").text
            held = browser.driver.execute_script("return sessionStorage.getItem('token')")
            seen = browser.driver.execute_script("return document.cookie")
            browser.driver.switch_to.default_content()

    assert "蓝湾装备基地" in alone  # all parks: what was asked elsewhere is not known here
    assert "星河航空产业园" in followed
    assert "蓝湾装备基地" not in followed
    assert held is None  # the browser keeps the cookie, so that the page holds nothing
    assert seen == ""

"""Take the guides' pictures: .venv/bin/python -m scripts.pictures

The desk and the chat page run on a database of their own, built from the shipped documents and deleted at the
end; a browser takes what staff and investors see. Needs what `make test` needs, and fonts-noto-cjk and
fonts-noto-color-emoji.
"""

import base64
import datetime as dt
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from PIL import Image
from selenium.webdriver.support.ui import Select, WebDriverWait

from bot.pictures.card import draw_announced
from bot.pictures.palette import USUAL, Palette
from bot.push.message import compose
from bot.reply import Reply
from bot.settings import Settings
from bot.startup import build_into
from bot.telegram.render import render
from knowledge.announcing.content import Content
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.database import open_engine
from knowledge.models import Announcement, AnnouncementState, PushState
from tests.bot.browser import Browser, browsing
from tests.bot.desk.conftest import Running, desk
from tests.bot.desk.test_signings import send, subscribers
from tests.bot.webchat.conftest import chat
from tests.bureau import FACTS, TEXT, write_bureau

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
LARGEST = 120_000
NOTE = """新区重点产业链工作说明

新经济产业链的链长是刘雯，刘雯也是青岛西海岸新区招商工委书记。
海洋领域有99个重点项目在加快建设，总投资1500亿元。
先进制造业有259个项目在建，其中包括美锦氢能源和金能科技。
2021年先进制造业还要新开工80个项目。
"""
"""Sentences of the shipped briefing, as a document of its own."""
CHAT = """
body { display: flex; gap: 24px; align-items: start; margin: 0; padding: 24px; background: #d5e3cf; }
section { width: 390px; font: 15px/1.45 "Noto Sans CJK SC", sans-serif; }
article { overflow: hidden; border-radius: 14px; background: #fff; }
img { display: block; width: 100%; }
em { display: block; margin: 10px 12px; font-style: normal; white-space: pre-line; }
blockquote { margin: 2px 0 -18px; padding: 4px 10px; border-left: 3px solid #3b82c4; background: #eef4fa; }
div { display: flex; gap: 4px; margin-top: 4px; }
div b { flex: 1; padding: 8px; border-radius: 10px; background: #7d9a78; color: #fff; text-align: center; }
"""
"""How a Telegram client looks, about."""


def keep(browser: Browser, name: str, height: int = 800, width: int = 1280) -> None:
    """Take a picture of what is seen."""
    browser.size(width, height)
    image = Image.open(io.BytesIO(browser.driver.get_screenshot_as_png())).convert("RGB")
    path = PICTURES / f"{name}.png"
    for colours in (128, 64, 32):
        image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            break
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def settle(browser: Browser, script: str) -> None:
    """Wait until something is so on the page."""
    WebDriverWait(browser.driver, 20).until(lambda driver: driver.execute_script(f"return {script}"))


def show_desk(browser: Browser, running: Running, folder: Path) -> None:
    """What staff see."""

    def open_(path: str) -> None:
        browser.open(running.address + path)

    browser.size(1280)
    for question in ("有哪些产业链？", "新经济的链长是谁？", "海洋冷链的链长是谁？", "有什么支持政策？"):
        running.ask_on_telegram(question)
    running.pass_on("海洋冷链的产能多大")
    browser.enter(running.link("招商局"))
    note = folder / "新区重点产业链工作说明.txt"
    note.write_text(NOTE, encoding="utf-8")
    open_("/documents")
    browser.one("#file").send_keys(str(note))
    browser.press("main form button.btn-primary")
    sha256 = browser.driver.current_url.split("?")[0].rsplit("/", 1)[-1]
    open_("/")
    keep(browser, "overview.zh", 860)
    open_(f"/documents/{sha256}")
    keep(browser, "review.zh", 860)
    open_("/facts?kind=chain")
    browser.open(str(browser.all("main a.list-group-item")[-1].get_attribute("href")))
    settle(browser, "!!document.querySelector('#f-name')")
    browser.driver.execute_script("document.querySelector('details.more').open = true")
    keep(browser, "fact.zh", 900)
    browser.one("#f-aliases").send_keys("\n家用电器")
    reason = browser.all("input[name=reason]")
    if reason:
        reason[0].send_keys("补充别名")
    browser.press("main form.mb-3 button.btn-primary")
    open_("/changes")
    browser.press("main a.list-group-item")
    keep(browser, "history.zh", 640)
    open_("/misses")
    keep(browser, "unanswered.zh", 620)
    subscribers(running.engine, 12)
    open_("/signings")
    browser.press("main a.btn-primary")
    for name in ("signing", "chain"):
        options = [option.get_attribute("value") for option in Select(browser.one("#picture")).options]
        if name in options:
            Select(browser.one("#picture")).select_by_value(name)
            break
    settle(browser, "[...document.querySelectorAll('.drawn img')].some(one => one.naturalWidth)")
    browser.size(1280, 1700)
    keep(browser, "announce.zh", 1700)
    browser.press("#announce")
    send(running.engine, *[PushState.SENT] * 6, PushState.BLOCKED)
    browser.driver.refresh()
    keep(browser, "progress.zh", 720)
    browser.driver.execute_script(
        "document.querySelector('form[action$=\"/language\"] button').form.requestSubmit("
        "document.querySelector('form[action$=\"/language\"] button'))"
    )
    settle(browser, "document.documentElement.lang.startsWith('en')")
    for name, path, height in (
        ("overview.en", "/", 860),
        ("review.en", f"/documents/{sha256}", 860),
        ("unanswered.en", "/misses", 620),
    ):
        open_(path)
        keep(browser, name, height)


def a_bubble(reply: Reply, picture: bytes | None = None) -> str:
    """A message as a Telegram client lays it out, from what is sent to it: HTML, picture and buttons."""
    drawn = f'<img src="data:image/png;base64,{base64.b64encode(picture).decode()}">' if picture else ""
    keys = "".join(
        f"<div>{''.join(f'<b>{escape(button.label)}</b>' for button in row)}</div>" for row in reply.rows
    )
    return f"<section><article>{drawn}<em>{''.join(render(reply))}</em></article>{keys}</section>"


def show_pushes(browser: Browser, folder: Path) -> None:
    """What subscribers see, of a bureau that is made up: a signing with its card, and the digest of two."""
    now = dt.datetime.now(dt.UTC)
    rows: list[Announcement] = []
    for year in ("2024", "2025"):
        facts = [
            {key: held.replace("2024", year) if isinstance(held, str) else held for key, held in one.items()}
            for one in FACTS
        ]
        documents = write_bureau(folder / year, TEXT.replace("2024", year), facts)
        engine = open_engine(f"sqlite:///{folder / year}.db")
        build(engine, documents)
        asker = Asker(engine)
        content = Content.of(asker, f"signing.spring-{year}")
        rows.append(
            Announcement(
                id=len(rows) + 1,
                signing_id=f"signing.spring-{year}",
                content=content.encode(),
                state=AnnouncementState.RELEASED,
                at=now,
                made_at=now,
                made_by="",
            )
        )
        card = draw_announced(asker, content, "signing", Language.HANS, Palette.of(USUAL))
        engine.dispose()
    bubbles = (
        a_bubble(compose(rows[1:], Language.HANS, now), card),
        a_bubble(compose(rows, Language.HANS, now)),
    )
    page = folder / "pushes.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><style>{CHAT}</style>{''.join(bubbles)}", "utf-8")
    browser.open(page.as_uri())
    keep(browser, "pushes.zh", 640, 860)


@contextmanager
def a_site(folder: Path, url: str) -> Iterator[str]:
    """A bureau's own site, with the one line that shows the chat."""
    page = (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><title>招商引资</title>'
        "<style>body{font-family:sans-serif;max-width:52rem;margin:3rem auto;color:#333}</style>"
        "<h1>招商引资</h1><p>九大重点产业链 · 园区 · 政策 · 项目</p>"
        f'<script src="{url}/widget.js" async></script>'
    )
    folder.mkdir()
    (folder / "index.html").write_text(page, encoding="utf-8")
    handler = partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def ask(browser: Browser, question: str) -> None:
    """Ask on the chat page, and wait for the reply."""
    before = len(browser.all("article.bot:not(.typing)"))
    browser.one("#text").send_keys(question)
    browser.one("#ask button").click()
    settle(browser, f"document.querySelectorAll('article.bot:not(.typing)').length > {before}")


def show_chat(browser: Browser, home: Path, folder: Path) -> None:
    """What investors see."""
    with chat(home) as running:
        for name, language, question in (
            ("chat.zh", "zh-Hans", "新经济的链长是谁？"),
            ("chat.en", "en", "Who leads the new economy chain?"),
        ):
            browser.size(390, 844)
            browser.open(f"{running.url}?lang={language}")
            browser.driver.delete_all_cookies()
            browser.driver.execute_script("sessionStorage.clear()")
            browser.open(f"{running.url}?lang={language}")
            ask(browser, question)
            keep(browser, name, 844, 390)
    browser.driver.delete_all_cookies()
    browser.driver.execute_script("sessionStorage.clear()")
    with a_site(folder / "site", "CHAT") as site, chat(home, chat_sites=site) as running:
        index = folder / "site" / "index.html"
        index.write_text(index.read_text(encoding="utf-8").replace("CHAT", running.url), encoding="utf-8")
        browser.size(1280, 800)
        browser.open(site)
        settle(browser, "!!document.querySelector('body > div')")
        host = "[...document.querySelectorAll('body > div, html > div')].find(one => one.shadowRoot)"
        settle(browser, f"!!({host})")
        browser.driver.execute_script(f"({host}).shadowRoot.querySelector('button').click()")
        frame = browser.driver.execute_script(f"return ({host}).shadowRoot.querySelector('iframe')")
        browser.driver.switch_to.frame(frame)
        settle(browser, "!!document.querySelector('#text')")
        ask(browser, "有哪些产业链？")
        browser.driver.switch_to.default_content()
        keep(browser, "widget.zh", 800)


def main() -> None:
    """Take them all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, browsing(Path(name) / "profile") as browser:
        folder = Path(name)
        settings = Settings(_env_file=None, database_url=f"sqlite:///{folder / 'investbot.db'}")
        engine = open_engine(settings.database_url)
        build_into(engine, settings, lambda _: None)
        engine.dispose()
        with desk(folder) as running:
            show_desk(browser, running, folder)
        show_chat(browser, folder, folder)
        show_pushes(browser, folder)


if __name__ == "__main__":
    main()

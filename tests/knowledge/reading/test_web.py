"""Web pages: content in its order, without what stands around it."""

import datetime as dt
import re

import pytest

from knowledge.reading.load import Loaded, load_bytes
from tests.knowledge.reading.web_pages import PAGES, WebPage


def blankless(text: str) -> str:
    return re.sub(r"[^\S\t]", "", text)


def read(page: WebPage) -> Loaded:
    declared = re.search(r'charset="?([\w-]+)', page.html)
    return load_bytes("page.html", page.html.encode(declared[1] if declared else "utf-8"))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_content_stands_in_order_and_boilerplate_is_gone(page: WebPage) -> None:
    text = blankless(read(page).text)

    place = 0
    for line in map(blankless, page.lines):
        assert line in text[place:]
        place = text.index(line, place) + len(line)
    assert [words for words in page.boilerplate if blankless(words) in text] == []


def test_what_a_page_says_of_itself() -> None:
    loaded = read(PAGES["a bureau's news page"])

    assert loaded.title == "低空装备试飞基地在云港开工"
    assert loaded.date == dt.date(2024, 3, 19)
    assert loaded.publisher == "云港新区投资促进局"
    assert loaded.address == "https://yungang.example/2024/0319.html"


def test_a_title_without_the_sites_name() -> None:
    assert read(PAGES["an interview in bare divisions"]).title == "对话何敬：怎样把企业留下来"
    assert read(PAGES["a list of projects"]).title == "2024年春季签约项目名单"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gb2312", "gb18030"), ("gb2312", "utf-8"), ("utf-8", "gb18030"), ("", "gb18030"), ("big5", "big5")],
)
def test_a_page_in_another_encoding_than_it_says(declared: str, encoding: str) -> None:
    content = "新區設有三個工業園區。" if encoding == "big5" else "新区设有三个工业园区。"
    html = f'<meta charset="{declared}"><p>{content}</p>' if declared else f"<p>{content}</p>"

    assert load_bytes("a.htm", html.encode(encoding)).text == f"{content}\n"


def test_an_address_that_is_none_is_not_taken() -> None:
    html = '<link rel="canonical" href="javascript:alert(1)"><p>云港新区设立产业基金。</p>'

    assert load_bytes("a.html", html.encode()).address == ""


def test_links_that_are_all_there_is_are_the_content() -> None:
    html = (
        "<ul><li><a href=1>关于申报产业基金的通知</a></li><li><a href=2>关于开放试飞空域的公告</a></li></ul>"
    )

    assert load_bytes("a.html", html.encode()).text == "关于申报产业基金的通知\n关于开放试飞空域的公告\n"


def test_organizers_and_contacts_within_the_content_stay() -> None:
    html = (
        "<p>主办单位:云港新区管委会</p><p>联系我们:0000-1234567</p>"
        "<p>大会将于6月在云港会展中心举行,欢迎参加。</p><p>技术支持:云港信息中心</p>"
    )

    text = load_bytes("a.html", html.encode()).text
    assert "主办单位" in text
    assert "0000-1234567" in text
    assert "技术支持" not in text

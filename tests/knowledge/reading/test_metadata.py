"""What documents say of themselves, in the wordings of offices and papers."""

import datetime as dt

import pytest

from knowledge.reading.formats.extracted import Extracted
from knowledge.reading.metadata import Metadata, find_metadata

BODY = """
云港新区把低空经济作为重点产业链,并于2023年1月1日起安排专项资金,资金来源:市级财政。
活动时间:2022年7月8日。
"""


def found(head: str, tail: str = "", said: Extracted | None = None) -> Metadata:
    return find_metadata(head + BODY + tail, "fallback", said)


@pytest.mark.parametrize(
    "head",
    [
        "云港设立产业基金\n发布时间:2024-05-06 09:30 来源:云港日报",
        "云港设立产业基金\n发布时间:2024年5月6日 信息来源:云港日报 浏览次数:35",
        "云港设立产业基金\n2024-05-06 09:30 来源:云港日报 字号:大 中 小",
        "云港设立产业基金\n2024-05-06 来源:云港日报",
        "云港设立产业基金\n发布日期:二〇二四年五月六日\n发布机构:云港日报",
        "云港设立产业基金\n《云港日报》(2024年5月6日 第02版)",
        "索引号\tYG-0017\t发布机构\t云港日报\n成文日期\t2024年5月6日\n标题\t云港设立产业基金",
        "索引号:YG-0017 发布机构:云港日报 发文日期:2024-05-06 名  称:云港设立产业基金 文  号:无",
        "发布单位:云港日报\n公开日期:2024/5/6\n云港设立产业基金",
    ],
)
def test_a_page_names_itself(head: str) -> None:
    for written in (head, head.replace(":", "\uff1a")):
        metadata = found(written)
        assert metadata.title == "云港设立产业基金"
        assert metadata.publisher == "云港日报"
        assert metadata.date == dt.date(2024, 5, 6)


@pytest.mark.parametrize(
    ("head", "tail", "publisher", "date"),
    [
        ("云港新区管委会关于设立产业基金的通知\n", "", "云港新区管委会", None),
        ("云港市人民政府办公室\n关于设立产业基金的通知\n", "", "云港市人民政府办公室", None),
        ("关于设立产业基金的通知\n", "云港市财政局\n2024年5月6日\n", "云港市财政局", dt.date(2024, 5, 6)),
        (
            "关于设立产业基金的通知\n",
            "云港市财政局\n二〇二四年十二月三十一日\n",
            "云港市财政局",
            dt.date(2024, 12, 31),
        ),
        ("关于设立基金的意见\n(2024年5月6日)\n", "", "", dt.date(2024, 5, 6)),
        ("云港设立产业基金\n新华社云港5月6日电 (记者 陈立)", "", "新华社", None),
        ("云港设立产业基金\n", "云港市财政局办公室2024年5月9日印发", "", dt.date(2024, 5, 9)),
        ("云港设立产业基金\n", "", "", None),
    ],
)
def test_letterheads_signatures_and_nothing(
    head: str, tail: str, publisher: str, date: dt.date | None
) -> None:
    metadata = found(head, tail)

    assert (metadata.publisher, metadata.date) == (publisher, date)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "云港市人民政府办公室\n关于设立产业基金的通知\n" + BODY,
            "云港市人民政府办公室关于设立产业基金的通知",
        ),
        ("https://yungang.example/1.html\n云港设立产业基金\n" + BODY, "云港设立产业基金"),
        ("云港设立产业基金 为支持企业" + "@努力发展生产" * 12 + "。", "云港设立产业基金"),
        (
            "云港设立产业基金 支持低空经济 新区决定" + "@努力发展生产" * 12 + "。",
            "云港设立产业基金 支持低空经济",
        ),
        (
            "云港市财政局 最新文件 关于设立基金的通知 各单位:" + "@努力发展生产" * 12 + "。",
            "关于设立基金的通知",
        ),
        ("云港" + "@努力发展生产" * 12 + "。", "fallback"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert find_metadata(text.replace("@", "\uff0c"), "fallback").title == title


def test_what_the_file_says_fills_gaps_and_no_more() -> None:
    said = Extracted("", "云港基金设立", dt.date(2020, 1, 1), "云港网", "https://yungang.example/1")

    full = found("云港设立产业基金\n2024-05-06 来源:云港日报", said=said)
    assert (full.title, full.publisher, full.date) == ("云港设立产业基金", "云港日报", dt.date(2024, 5, 6))
    assert full.address == "https://yungang.example/1"

    bare = find_metadata("\uff0c".join(["云港新区努力发展生产"] * 9) + "。", "fallback", said)
    assert (bare.title, bare.publisher, bare.date) == ("云港基金设立", "云港网", dt.date(2020, 1, 1))


def test_a_title_of_the_program_is_none() -> None:
    for title in ("untitled", "Microsoft Word - 通知.docx", "通知.docx", "文档1"):
        assert found("云港设立产业基金\n", said=Extracted("", title)).title == "云港设立产业基金"


def test_the_address_in_the_text_is_taken() -> None:
    assert found("云港设立产业基金\n", "原文链接:https://yungang.example/2.html").address == (
        "https://yungang.example/2.html"
    )

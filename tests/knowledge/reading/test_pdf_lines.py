"""Printed lines put together to paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.formats.pdf_lines import Line, join_lines


def line(text: str, left: float = 72, right: float = 500, height: float = 14) -> Line:
    return Line(text, left, right, height)


def test_a_paragraph_goes_on_over_the_page_and_past_its_number() -> None:
    pages = [
        [line("云港新区把深海装备作为重点", 100), line("产业链来建设并由投资促"), line("- 1 -", 280, 310)],
        [line("进局统筹。", right=140), line("一、工作进度", 100, 190), line("- 2 -", 280, 310)],
    ]

    assert join_lines(pages) == ["云港新区把深海装备作为重点产业链来建设并由投资促进局统筹。", "一、工作进度"]


def test_a_full_line_before_an_indented_one_ends_its_paragraph() -> None:
    lines = [
        line("云港新区设立产业基金共十亿元。", 100),
        line("基金由新区财政局管理。", 100, 300),
        line("无", 72, 90),
    ]

    assert join_lines([lines]) == ["云港新区设立产业基金共十亿元。", "基金由新区财政局管理。", "无"]


def test_a_running_head_stands_once() -> None:
    pages = [[line("产业发展报告", 200, 300), line(text, 100, 250)] for text in "甲乙丙丁戊"]

    text = join_lines(pages)

    assert text.count("产业发展报告") == 1
    assert len(text) == 6


def test_numbered_items_are_lines_of_their_own() -> None:
    items = ["1.厂房补贴由新区财政局办理并", "2.人才公寓由新区住建局办理并", "(三)首飞奖励由新区工信局办理"]

    assert join_lines([[line(item) for item in items]]) == items


_words = st.text("云港新区产业基金设立一二三。,123ab", min_size=1, max_size=12).map(str.strip).filter(bool)
_lines = st.builds(
    lambda text, left, width: Line(f"字{text}字", left, left + width, 12.0),
    _words,
    st.floats(50, 200),
    st.floats(10, 400),
)


@given(st.lists(st.lists(_lines, max_size=8), max_size=2))
def test_nothing_is_lost_of_one_or_two_pages(pages: list[list[Line]]) -> None:
    whole = "".join(one.text for page in pages for one in page)

    assert "".join(join_lines(pages)).replace(" ", "") == whole.replace(" ", "")

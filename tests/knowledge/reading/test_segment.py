import itertools

from hypothesis import given

from knowledge.reading.segment import LONGEST, Passage, segment
from tests.knowledge.reading.pages import texts

SENTENCE = "云港新区管委会表示,园区将继续完善配套设施,为落户企业提供从注册到投产的全过程服务。"


def shown(text: str) -> list[tuple[str, str]]:
    return [(passage.heading, text[passage.start : passage.end]) for passage in segment(text)]


def test_paragraphs_stand_under_their_headings() -> None:
    text = f"云港新区招商简报\n{SENTENCE}\n\n## 园区\n{SENTENCE}\n{SENTENCE}\n来源:云港日报\n"

    assert shown(text) == [
        ("云港新区招商简报", "云港新区招商简报"),
        ("云港新区招商简报", SENTENCE),
        ("园区", "## 园区"),
        ("园区", SENTENCE),
        ("园区", f"{SENTENCE}\n来源:云港日报"),
    ]
    assert [passage.is_heading for passage in segment(text)] == [True, False, True, False, False]


def test_a_text_of_one_line_is_cut_at_its_numbering() -> None:
    text = f"各单位： 现印发给你们。 一、支持投资 1.{SENTENCE}（招商局牵头） 2.{SENTENCE} 二、用地 {SENTENCE}"

    assert shown(text) == [
        ("", "各单位： 现印发给你们。"),
        ("一、支持投资", "一、支持投资"),
        ("一、支持投资", f"1.{SENTENCE}（招商局牵头）"),
        ("一、支持投资", f"2.{SENTENCE}"),
        ("二、用地", "二、用地"),
        ("二、用地", SENTENCE),
    ]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    passages = segment(SENTENCE * 12)

    assert len(passages) > 1
    assert all((SENTENCE * 12)[passage.end - 1] == "。" for passage in passages)
    assert all(passage.end - passage.start <= LONGEST for passage in passages)


def test_a_sentence_that_never_ends_is_cut_all_the_same() -> None:
    assert all(passage.end - passage.start <= LONGEST for passage in segment("云" * 5000))


def test_quotations_titles_and_numbers_are_never_torn() -> None:
    quoted = f"“{SENTENCE * 6}”"
    title = f"《{'云港新区招商。' * 40}》"
    number = "1,234,567.89"
    text = f"{SENTENCE}{quoted}林海宁说。{SENTENCE}{title}已经印发。{'云' * 215}{number}元"
    passages = segment(text)

    for whole in (quoted, title, number):
        start = text.index(whole)
        assert any(p.start <= start and start + len(whole) <= p.end for p in passages), whole


def test_a_list_of_short_lines_is_no_row_of_headings() -> None:
    text = "\n".join(["林海宁 局长", "何清 副局长", "周岚 主任", "许言 科长", f"{SENTENCE}"])

    assert sum(passage.is_heading for passage in segment(text)) == 1


@given(texts)
def test_passages_hold_all_of_the_text_in_order(text: str) -> None:
    passages = segment(text)

    for one, next_one in itertools.pairwise(passages):
        assert one.end <= next_one.start
        assert not text[one.end : next_one.start].strip()
    _check_edges(text, passages)


def _check_edges(text: str, passages: list[Passage]) -> None:
    assert all(text[p.start : p.end].strip() == text[p.start : p.end] != "" for p in passages)
    first, last = (passages[0].start, passages[-1].end) if passages else (0, 0)
    assert not text[:first].strip()
    assert not text[last:].strip()

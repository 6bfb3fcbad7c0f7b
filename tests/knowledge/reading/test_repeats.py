"""Documents that say again what another says."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.repeats import Candidate, Repeat, find_repeats
from tests.knowledge.reading.repeated import ARTICLE, rewritten

OTHER = """云港港务集团昨天开通了到南方三个港口的集装箱航线,每周两班,往返需要九天。
集团总经理宋启说,航线开通以后,新区企业的海运费用平均下降一成,冷藏货物可以直接装船。
首航的货轮装载了机电产品和水产品共320个标准箱,目的地是东南沿海的三座城市。
"""


def kept(*documents: Candidate) -> dict[str, str]:
    found = find_repeats(list(documents))
    assert sorted(find_repeats(list(reversed(documents))), key=str) == sorted(found, key=str)
    return {repeat.sha256: repeat.kept for repeat in found}


ORIGINAL = Candidate(
    "original", "机器人产业园一期封顶\n来源:云港日报 2024-05-06\n" + ARTICLE, date=dt.date(2024, 5, 6)
)


@pytest.mark.parametrize(
    "text",
    [
        ORIGINAL.text,
        "转载:机器人产业园主体完工\n发布时间:2024年5月9日 浏览次数:352\n" + ARTICLE + "责任编辑:方圆\n",
        ARTICLE.replace("\n", " "),
        ARTICLE.replace("\n", "\n\n  ").replace(",", "\uff0c"),
        "\n".join(ARTICLE.splitlines()[:6]),
        ARTICLE.replace("登记", "登計"),
    ],
)
def test_a_repost_repeats_the_original(text: str) -> None:
    assert kept(ORIGINAL, Candidate("repost", text, date=dt.date(2024, 5, 9))) == {"repost": "original"}


def test_a_rewritten_copy_repeats_the_honest_one_even_if_it_is_older() -> None:
    copy = Candidate("copy", rewritten(ARTICLE), rewritten=True, date=dt.date(2020, 1, 1))

    assert kept(ORIGINAL, copy) == {"copy": "original"}


def test_a_rewritten_copy_that_the_cleaner_did_not_tell_repeats_the_older() -> None:
    copy = Candidate("copy", rewritten(ARTICLE), date=dt.date(2024, 6, 1))

    assert kept(ORIGINAL, copy) == {"copy": "original"}


def test_a_form_filled_in_for_another_is_no_copy() -> None:
    form = "经研究,同意@承担云港新区深海装备试验任务。@应当按照合同按时交付试验报告。"
    form += "请新区投资促进局协助@办理有关手续。"
    forms = [Candidate(name, form.replace("@", name) * 2) for name in ("海灯科技公司", "绿源氢能公司")]

    assert kept(*forms) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("18亿元", "19亿元"),
        ("2025年3月", "2026年3月"),
        ("沈禾", "林越"),
        ("北岸大道", "南岸大道"),
        ("7家", "8家"),
    ],
)
def test_an_article_with_another_fact_is_another_article(before: str, after: str) -> None:
    assert before in ARTICLE
    assert kept(ORIGINAL, Candidate("later", ARTICLE.replace(before, after))) == {}


def test_articles_on_one_subject_are_two() -> None:
    assert kept(ORIGINAL, Candidate("other", OTHER + ARTICLE.splitlines()[1])) == {}


def test_the_older_then_the_longer_is_kept() -> None:
    older = Candidate("older", ARTICLE, date=dt.date(2024, 1, 1))
    longer = Candidate("longer", ARTICLE + OTHER)

    assert kept(replace(older, sha256="newer", date=dt.date(2024, 2, 1)), older) == {"newer": "older"}
    assert kept(replace(longer, sha256="part", text=ARTICLE), longer) == {"part": "longer"}


def test_many_copies_all_repeat_one() -> None:
    copies = [Candidate(f"{n:03}", ARTICLE, file=f"{n:03}") for n in range(150)]

    assert kept(*copies) == {f"{n:03}": "000" for n in range(1, 150)}


def test_short_texts_are_left_alone() -> None:
    assert kept(Candidate("a", "云港新区招商。"), Candidate("b", "云港新区招商。")) == {}


def test_the_share_is_told() -> None:
    (repeat,) = find_repeats([ORIGINAL, replace(ORIGINAL, sha256="z")])

    assert repeat == Repeat("z", "original", 1.0)


@given(st.lists(st.tuples(st.sampled_from([ARTICLE, OTHER, ARTICLE + OTHER]), st.booleans()), max_size=6))
def test_what_is_kept_is_never_itself_left_out(drawn: list[tuple[str, bool]]) -> None:
    documents = [Candidate(str(n), text, rewritten) for n, (text, rewritten) in enumerate(drawn)]
    found = find_repeats(documents)

    left_out = {repeat.sha256 for repeat in found}
    assert not left_out & {repeat.kept for repeat in found}
    assert all(
        not (not documents[int(r.sha256)].rewritten and documents[int(r.kept)].rewritten) for r in found
    )

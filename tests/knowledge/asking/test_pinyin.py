"""Questions in pinyin: what nobody knows in them is another place, firm or person, no row of particles."""

import pytest

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.dictionary import find_nouns, is_name


@pytest.mark.parametrize(
    "text",
    [
        "hang zhou de xin jing ji lian zhang shi shui",
        "jiao zhou you na xie chan ye lian",
        "daliandehaiyangxiangmutouzi",
        "zheng zhou you duo shao ying shi qi ye",
        "bi ya di tou zi le duo shao",
        "te si la zai xin qu you chang ma",
        "chenwenshishui",
        "liu bin shi shui",
        "xin qu you mei you di kong jing ji",
        "xinquyoumeiyoufeijizhizao",
        "xin qu hai guan dian hua",
        "you mei you ren cai gong yu",
        "qingnengchanyelianshuiqiantou",
        "xie yi duan zhao shang wen an",
    ],
)
def test_what_is_not_ours_is_not_answered(shipped_asker: Asker, text: str) -> None:
    assert shipped_asker.ask(text).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("xin jing ji lian zhang shi shui", "刘雯"),
        ("xinjingjilianzhangshishui", "刘雯"),
        ("you ji ge zhong dian chan ye lian", "9"),
        ("ban dao ti lian hai you na xie zheng ce", "财税"),
        ("hou shi gou cun zai na li", "铁山街道"),
        ("quan qu zong tou zi duo shao", "7100亿"),
    ],
)
def test_what_is_ours_is(shipped_asker: Asker, text: str, held: str) -> None:
    assert held in shipped_asker.ask(text).text


def test_a_name_comes_before_other_nouns_of_its_sound() -> None:
    assert list(find_nouns(["da", "lian", "de"])) == [(0, 2, "大连")]
    assert is_name("比亚迪")
    assert not is_name("公寓")


def test_particles_alone_are_no_noun() -> None:
    assert list(find_nouns(["hai", "yao"])) == []

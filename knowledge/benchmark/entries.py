"""Entries of an invented country's investment portal: as many as asked for, all different, from one seed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

_PLACE = "云江海宁安平临东西南北河山湖泉石金玉清新长永丰和兴富昌乐福林松柏桃溪川源泽洲港岭峰谷原城阳阴"
_BRAND = (
    "华盛瑞恒信达远博联创科智睿德诚泰康宏图腾飞翔宇天地正大通汇聚合力源鑫隆裕嘉禾佳美优品卓越凯旋启航"
    "润泽辰星汉唐雅致朗驰骏晟景昱炜煜晖澜潮帆舟锦绣彩虹麒麟凤凰鹏鹤鸿雁鲲蓝绿紫金银铜铁木火土水"
)
_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红玲建国文辉力波斌鹏飞宇浩然雪梅琳晨曦怡嘉"
_INDUSTRY = (
    "半导体 新材料 生物医药 船舶制造 智能家电 新能源汽车 冷链物流 影视文化 工业互联网 人工智能 大数据 跨境电商 "
    "航空航天 轨道交通 医疗器械 现代农业 食品加工 纺织服装 高端装备 精细化工 氢能 储能 光伏 风电 集成电路 "
    "显示面板 机器人 无人机 海水淡化 海洋牧场 文化旅游 体育休闲 健康养老 金融科技 现代物流 节能环保 "
    "建筑材料 有色金属 造纸印刷 家具制造 五金工具 日用化妆品 电子元件 激光设备 量子通信 卫星导航 动力电池 "
    "碳纤维 稀土永磁 生物育种 宠物用品 预制食品 低空经济 数字内容 网络安全 软件服务 检验检测 工业设计"
).split()
_TOPICS: Mapping[str, Sequence[str]] = {
    "company": (
        "是做什么的 总部在哪里 什么时候成立的 董事长是谁 注册资本有多少 有多少员工 年产值是多少 主要产品有哪些 "
        "投资了哪些项目 属于哪条产业链 联系电话是多少 拿过什么荣誉 客户有哪些 研发中心设在哪里"
    ).split(),
    "park": (
        "在哪里 占地面积多大 入驻了多少家企业 由谁运营 租金怎么算 有什么配套设施 重点发展什么产业 什么时候开园 "
        "怎么申请入驻 有没有标准厂房 离高速路口有多远 招商联系人是谁"
    ).split(),
    "project": (
        "总投资多少 什么时候开工 建设地点在哪 由谁投资 预计什么时候投产 年产能是多少 建设内容有哪些 目前进展怎么样 "
        "分几期建设 可以带动多少就业 是哪一年签约的 负责人是谁"
    ).split(),
    "policy": (
        "有哪些支持措施 什么时候出台的 适用于哪些企业 怎么申报 奖励上限是多少 由哪个部门负责解释 有效期到什么时候 "
        "提出了几大行动 重点支持哪些领域 申报材料有哪些"
    ).split(),
    "chain": (
        "链长是谁 有多少家规上企业 产值目标是多少 重点项目有几个 由哪个部门牵头 有哪些龙头企业 主要布局在哪些园区 "
        "短板在哪里 专班设在哪里 有什么招商重点"
    ).split(),
    "year": "签约了多少个项目 新开工多少个项目 实际使用外资多少 招商引资到位资金多少 出台了哪些新政策".split(),
    "person": "担任什么职务 分管哪些工作 联系方式是什么 是哪条产业链的链长".split(),
}
_HELD = 0.6
"""The share of an entity's topics that have an entry; the others are asked as near-misses."""

_TAILS = {
    "company": ("有限公司", "股份有限公司", "集团", "科技有限公司"),
    "park": ("产业园", "科技园", "创新园", "加速器"),
    "project": ("生产基地项目", "研发中心项目", "总部项目", "产业化项目"),
    "policy": ("若干政策", "实施意见", "行动方案", "扶持办法"),
}
_KINDS = ("company", "company", "company", "park", "project", "project", "policy", "chain", "year", "person")

_FOREIGN_WHO = "我妈 邻居 我女儿 同事 小区门口 楼下 学校 我家猫 隔壁老王 我男朋友 健身房 单位食堂".split()
_FOREIGN_WHAT = (
    "今天想吃什么火锅 为什么总是失眠 怎么治打嗝 的快递到了没有 明天要不要带伞 喜欢看哪部电视剧 高考能考多少分 "
    "感冒了吃什么药 手机充不进电怎么办 想学弹吉他难不难 什么时候能减肥成功 唱歌跑调怎么练 做红烧肉放不放糖 "
    "养的多肉为什么烂根 打麻将老输怎么回事 周末去哪儿爬山 微信密码忘了怎么找回 和婆婆吵架了谁对 世界杯猜谁夺冠 "
    "买的彩票中了没 梦见蛇是什么意思 头发掉得厉害怎么办 想听一首情歌 写作文没思路"
).split()
_FOREIGN_HOW = "急！ 在线等， 求助： 闲聊一下， 话说 哎， 讲真 随便问问，".split()


@dataclass(frozen=True)
class Entry:
    """One entry: the slots it is made of, in the order they are written, and what is asked."""

    slots: tuple[tuple[str, str], ...]
    topic: str

    @property
    def entity(self) -> str:
        """What it is about."""
        return "".join(value for _, value in self.slots)

    @property
    def text(self) -> str:
        """As written."""
        return self.entity + self.topic

    @property
    def turned(self) -> str:
        """As somebody who begins with the question would write it."""
        return f"{self.topic}，{self.entity}"


class Portal:
    """Entries, near-misses of them, and questions of another world."""

    def __init__(self, size: int, seed: int = 1) -> None:
        """Args: how many entries; where chance begins."""
        self._chance = Random(seed)
        self._places = sorted({a + b + tail for a in _PLACE for b in _PLACE if a != b for tail in "市县区"})
        self._chance.shuffle(self._places)
        self._places = self._places[:400]
        self.entries: list[Entry] = []
        self._texts: set[str] = set()
        self._fill(size)

    def near_misses(self, count: int, chance: Random) -> Iterator[tuple[str, str]]:
        """Questions like an entry's but for one slot, that no entry has: the slot and the question."""
        while count:
            entry = chance.choice(self.entries)
            made = self._miss(entry, chance)
            if made and made[1] not in self._texts:
                yield made
                count -= 1

    def foreign(self, count: int, chance: Random) -> Iterator[str]:
        """Questions that no investment portal is asked."""
        for _ in range(count):
            yield chance.choice(_FOREIGN_HOW) + chance.choice(_FOREIGN_WHO) + chance.choice(_FOREIGN_WHAT)

    def _fill(self, size: int) -> None:
        while len(self.entries) < size:
            kind = self._chance.choice(_KINDS)
            slots = self._slots(kind)
            for topic in _TOPICS[kind]:
                entry = Entry(slots, topic)
                if self._chance.random() < _HELD and entry.text not in self._texts and len(self.entries) < size:
                    self._texts.add(entry.text)
                    self.entries.append(entry)

    def _slots(self, kind: str) -> tuple[tuple[str, str], ...]:
        chance = self._chance
        place, industry = ("place", chance.choice(self._places)), ("industry", chance.choice(_INDUSTRY))
        brand = ("brand", "".join(chance.sample(_BRAND, chance.choice((2, 2, 3)))))
        if kind == "company":
            return (place, brand, industry, ("tail", chance.choice(_TAILS[kind])))
        if kind == "park":
            return (place, brand, industry, ("tail", chance.choice(_TAILS[kind])))
        if kind == "project":
            return (brand, industry, ("tail", chance.choice(_TAILS[kind])))
        year = ("year", f"{chance.randrange(1998, 2027)}年")
        if kind == "policy":
            return (place, year, ("tail", "促进"), industry, ("tail", "发展" + chance.choice(_TAILS[kind])))
        if kind == "chain":
            return (place, industry, ("tail", "产业链"))
        if kind == "year":
            return (place, year, industry, ("tail", "领域"))
        person = chance.choice(_FAMILY) + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2))))
        return (place, industry, ("tail", "专班的"), ("person", person))

    def _miss(self, entry: Entry, chance: Random) -> tuple[str, str] | None:
        kinds = [kind for kind, _ in entry.slots if kind != "tail"] + ["topic"]
        kind = chance.choice(kinds)
        if kind == "topic":
            choices = next(topics for topics in _TOPICS.values() if entry.topic in topics)
            return kind, Entry(entry.slots, chance.choice(choices)).text
        other = dict(chance.choice(self.entries).slots).get(kind)
        if other is None:
            return None
        slots = tuple((name, other if name == kind else value) for name, value in entry.slots)
        return kind, Entry(slots, entry.topic).text

"""An invented bureau, 云港新区, with one document of its own and reviewed facts: what the tests ask about."""

import hashlib
from pathlib import Path
from typing import Any

DOCUMENT = "notice.txt"

TEXT = """云港新区产业发展情况通报
来源:《云港日报》2024年3月5日第2版  记者:陈立

产业链
云港新区确定了三条重点产业链:低空经济、深海装备和绿色氢能。
低空经济产业链由新区管委会副主任周岚担任链长。
绿色氢能产业链包括制氢、储氢和加氢三个环节。

园区
星河航空产业园位于云港新区北岸大道,占地500亩,重点发展无人机制造,属于低空经济产业链。
蓝湾装备基地一期已经建成,二期计划2025年投产。

项目和签约
海灯科技有限公司投资8亿元建设无人机整机项目,年产能2万架。
2024年2月18日,云港新区举行春季签约仪式,12个项目签约,总投资超过90亿元。
海灯科技有限公司在签约仪式上签约。

政策
《云港新区低空经济扶持办法》明确了3项措施:厂房补贴、人才公寓、首飞奖励。

联系
产业链工作由云港新区投资促进局统筹,局长是何敬。
"""


def fact(kind: str, slug: str, quote: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"kind": kind, "id": f"{kind}.{slug}", "quote": quote, **fields}


FACTS: list[dict[str, Any]] = [
    fact(
        "zone",
        "yungang",
        "云港新区确定了三条重点产业链",
        name="云港新区",
        name_en="Yungang New Area",
        home=True,
    ),
    fact(
        "chain",
        "low-altitude",
        "低空经济、深海装备和绿色氢能",
        name="低空经济",
        name_en="Low-altitude Economy",
        aliases=["低空", "低空经济产业链"],
        position=1,
    ),
    fact(
        "chain",
        "deep-sea",
        "低空经济、深海装备和绿色氢能",
        name="深海装备",
        name_en="Deep-sea Equipment",
        position=2,
    ),
    fact(
        "chain",
        "hydrogen",
        "低空经济、深海装备和绿色氢能",
        name="绿色氢能",
        name_en="Green Hydrogen",
        aliases=["氢能"],
        position=3,
    ),
    fact(
        "park",
        "xinghe",
        "星河航空产业园位于云港新区北岸大道",
        name="星河航空产业园",
        name_en="Xinghe Aviation Park",
        aliases=["星河园"],
        form="park",
    ),
    fact(
        "park",
        "lanwan",
        "蓝湾装备基地一期已经建成",
        name="蓝湾装备基地",
        name_en="Lanwan Equipment Base",
        form="base",
    ),
    fact(
        "company",
        "haideng",
        "海灯科技有限公司投资8亿元",
        name="海灯科技有限公司",
        name_en="Haideng Technology",
        aliases=["海灯科技", "海灯"],
    ),
    fact("person", "zhou-lan", "新区管委会副主任周岚", name="周岚", name_en="Zhou Lan"),
    fact("person", "he-jing", "局长是何敬", name="何敬", name_en="He Jing"),
    fact(
        "organization",
        "bureau",
        "产业链工作由云港新区投资促进局统筹",
        name="云港新区投资促进局",
        name_en="Yungang Investment Promotion Bureau",
        aliases=["投促局"],
        form="bureau",
    ),
    fact(
        "policy",
        "low-altitude-support",
        "《云港新区低空经济扶持办法》",
        name="云港新区低空经济扶持办法",
        name_en="Measures Supporting the Low-altitude Economy",
        aliases=["低空经济扶持办法", "扶持办法"],
        issued_here=True,
    ),
    fact(
        "project",
        "drones",
        "建设无人机整机项目",
        name="无人机整机项目",
        name_en="Drone Assembly Project",
        aliases=["无人机项目"],
        status="building",
    ),
    fact(
        "signing",
        "spring-2024",
        "2024年2月18日,云港新区举行春季签约仪式",
        name="2024年春季签约仪式",
        name_en="Spring 2024 signing ceremony",
        aliases=["春季签约", "春季签约仪式"],
        date="2024-02-18",
    ),
    fact(
        "post",
        "zhou-lan-leader",
        "低空经济产业链由新区管委会副主任周岚担任链长",
        person="person.zhou-lan",
        chain="chain.low-altitude",
        title="低空经济产业链链长、新区管委会副主任",
        title_en="Leader of the Low-altitude Economy chain, Deputy Director of the Administrative Committee",
        role="chain_leader",
    ),
    fact(
        "post",
        "he-jing-bureau",
        "产业链工作由云港新区投资促进局统筹,局长是何敬",
        person="person.he-jing",
        organization="organization.bureau",
        title="局长",
        title_en="Director",
        role="post",
    ),
    fact(
        "link",
        "xinghe-chain",
        "星河航空产业园位于云港新区北岸大道,占地500亩,重点发展无人机制造,属于低空经济产业链",
        subject="park.xinghe",
        relation="in_chain",
        object="chain.low-altitude",
        note="重点发展无人机制造",
        note_en="drone making",
    ),
    fact(
        "link",
        "drones-chain",
        "海灯科技有限公司投资8亿元建设无人机整机项目",
        subject="project.drones",
        relation="in_chain",
        object="chain.low-altitude",
    ),
    fact(
        "link",
        "drones-investor",
        "海灯科技有限公司投资8亿元建设无人机整机项目",
        subject="project.drones",
        relation="invested_by",
        object="company.haideng",
    ),
    fact(
        "link",
        "haideng-signed",
        "海灯科技有限公司在签约仪式上签约",
        subject="company.haideng",
        relation="signed_at",
        object="signing.spring-2024",
    ),
    fact(
        "link",
        "bureau-zone",
        "产业链工作由云港新区投资促进局统筹",
        subject="organization.bureau",
        relation="responsible_for",
        object="zone.yungang",
    ),
    fact(
        "figure",
        "xinghe-area",
        "占地500亩",
        subject="park.xinghe",
        topic="area",
        label="占地面积",
        label_en="land area",
        value=500,
        unit="亩",
        unit_en="mu",
        qualifier="exact",
        nature="actual",
    ),
    fact(
        "figure",
        "drones-investment",
        "海灯科技有限公司投资8亿元",
        subject="project.drones",
        topic="investment",
        label="投资额",
        label_en="investment",
        value=800_000_000,
        unit="元",
        unit_en="CNY",
        qualifier="exact",
        nature="planned",
    ),
    fact(
        "figure",
        "drones-capacity",
        "年产能2万架",
        subject="project.drones",
        topic="capacity",
        label="年产能",
        label_en="annual capacity",
        value=20_000,
        unit="架",
        unit_en="drones",
        qualifier="exact",
        nature="planned",
    ),
    fact(
        "figure",
        "signing-investment",
        "12个项目签约,总投资超过90亿元",
        subject="signing.spring-2024",
        topic="investment",
        label="总投资",
        label_en="total investment",
        value=9_000_000_000,
        unit="元",
        unit_en="CNY",
        qualifier="over",
        nature="planned",
        period="2024-02-18",
    ),
    fact(
        "figure",
        "signing-projects",
        "12个项目签约",
        subject="signing.spring-2024",
        topic="projects",
        label="签约项目",
        label_en="projects signed",
        value=12,
        unit="个",
        unit_en="projects",
        qualifier="exact",
        nature="actual",
        period="2024-02-18",
    ),
    fact(
        "statement",
        "zone-overview",
        "云港新区确定了三条重点产业链:低空经济、深海装备和绿色氢能",
        subject="zone.yungang",
        topic="overview",
        text="云港新区有低空经济、深海装备、绿色氢能三条重点产业链。",
        text_en="Yungang New Area has three key industry chains.",
    ),
    fact(
        "statement",
        "hydrogen-covers",
        "绿色氢能产业链包括制氢、储氢和加氢三个环节",
        subject="chain.hydrogen",
        topic="covers",
        text="绿色氢能产业链分为制氢、储氢、加氢三个环节。",
        text_en="The green hydrogen chain covers production, storage and refuelling.",
    ),
    fact(
        "statement",
        "xinghe-location",
        "星河航空产业园位于云港新区北岸大道",
        subject="park.xinghe",
        topic="location",
        text="星河航空产业园在北岸大道。",
        text_en="Xinghe Aviation Park stands on Bei'an Avenue.",
    ),
    fact(
        "statement",
        "lanwan-phases",
        "蓝湾装备基地一期已经建成,二期计划2025年投产",
        subject="park.lanwan",
        topic="phases",
        text="蓝湾装备基地一期已建成,二期计划2025年投产。",
        text_en="Phase I is complete; phase II is to start production in 2025.",
    ),
    fact(
        "statement",
        "support-actions",
        "明确了3项措施:厂房补贴、人才公寓、首飞奖励",
        subject="policy.low-altitude-support",
        topic="actions",
        text="3项措施:厂房补贴、人才公寓、首飞奖励。",
        text_en="Three measures: plant subsidies, flats for talent and a first-flight award.",
    ),
]


def write_bureau(folder: Path, text: str = TEXT, facts: list[dict[str, Any]] = FACTS) -> Path:
    """Write the bureau's document and facts into a folder of documents; offsets follow from the quotes."""
    (folder / "facts").mkdir(parents=True, exist_ok=True)
    (folder / DOCUMENT).write_text(text, encoding="utf-8")
    digest = hashlib.sha256((folder / DOCUMENT).read_bytes()).hexdigest()
    (folder / "facts" / "documents.toml").write_text(f'[notice]\nsha256 = "{digest}"\n', encoding="utf-8")
    lines: list[str] = []
    for fact in facts:
        quote = fact["quote"]
        start = text.index(quote)
        lines.append(f"[[{fact['kind']}]]")
        lines += [f"{key} = {_toml(value)}" for key, value in fact.items() if key not in {"kind", "quote"}]
        place = f'document = "notice", start = {start}, end = {start + len(quote)}, quote = "{quote}"'
        lines += [f"evidence = [{{ {place} }}]", ""]
    (folder / "facts" / "facts.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value) if isinstance(value, int | float) else f'"{value}"'

"""A bureau of which nothing is known but its pages: drafts accepted, and its lists answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from knowledge.asking.answer import Language, Outcome
from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.database import open_engine, session, writing
from knowledge.entries import parse
from knowledge.home import foremost
from knowledge.models import StaffRole
from knowledge.people import Person
from knowledge.review import Reviewer, waiting_drafts
from tests.databases import database_url

PAGES = {
    "chains.html": """<html><head><title>临江新区确定三大产业链</title></head><body>
<h1>临江新区确定三大产业链</h1><p>来源：临江日报 发布时间：2025-03-12</p>
<p>会议明确，临江新区重点培育新型储能、生物制药、高端机床等三大产业链。</p>
<p>新型储能产业链链长由新区党工委书记陆明川担任，高端机床产业链链长为新区管委会副主任韩伯远。</p>
</body></html>""",
    "parks.txt": """临江新区园区概况
来源：临江新区投资促进局　2025年2月20日

临江新区现有两个产业园区：白鹭洲储能产业园和青禾生物医药产业园。
白鹭洲储能产业园占地1200亩。青禾生物医药产业园位于临江新区青禾街道。
""",
    "signing.txt": """临江新区举行春季签约仪式
来源：临江新区投资促进局　2025年4月2日

4月1日，临江新区举行2025年春季重点项目集中签约仪式，18个项目集中签约，总投资126亿元。
澄川储能科技有限公司投资30亿元建设固态电池生产基地项目。
《临江新区促进新型储能产业发展若干措施》同日发布。
""",
}


def waiting_homes(engine: Engine) -> list[str]:
    with session(engine) as database:
        entries = [parse(draft.entry) or {} for draft in waiting_drafts(database)]
    return [entry["name"] for entry in entries if entry.get("home")]


def write(folder: Path, pages: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def accept_all(database: Session) -> None:
    ids = [draft.id for draft in waiting_drafts(database) if draft.id is not None]
    Reviewer(database, Person("周", StaffRole.PUBLISHER)).accept(ids)


@pytest.fixture(scope="module")
def linjiang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("linjiang")
    engine = open_engine(database_url(home / "investbot.db"))
    build(engine, write(home / "pages", PAGES))
    assert waiting_homes(engine) == ["临江新区"]
    with writing(engine) as database:
        accept_all(database)
        database.commit()
    yield Asker(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "must"),
    [
        ("有哪些产业链", ("新型储能", "生物制药", "高端机床")),
        ("新区有哪些产业链", ("新型储能", "生物制药", "高端机床")),
        ("有哪些园区", ("白鹭洲储能产业园", "青禾生物医药产业园")),
        ("新型储能产业链链长是谁", ("陆明川",)),
        ("高端机床的链长是谁", ("韩伯远",)),
        ("有哪些项目", ("固态电池生产基地项目",)),
        ("有哪些政策", ("临江新区促进新型储能产业发展若干措施",)),
        ("最近签约", ("2025年春季重点项目集中签约仪式",)),
        ("What industry chains are there?", ("新型储能", "生物制药", "高端机床")),
        ("Which parks do you have?", ("白鹭洲储能产业园",)),
        ("What projects are there?", ("固态电池生产基地项目",)),
        ("Latest signings", ("2025年春季重点项目集中签约仪式",)),
    ],
)
def test_accepted_drafts_answer_the_bureaus_lists(
    linjiang: Asker, question: str, must: tuple[str, ...]
) -> None:
    language = Language.EN if question.isascii() else Language.HANS
    answer = linjiang.ask(question, language=language)

    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert all(word in answer.text for word in must), answer.text
    assert "青岛" not in answer.text
    assert "Qingdao" not in answer.text


def test_a_zone_is_proposed_as_the_bureaus_own_once(engine: Engine, tmp_path: Path) -> None:
    pages = dict(PAGES)
    folder = write(tmp_path / "pages", pages)
    build(engine, folder)
    # The other zone is named far more often, but the first waits already.
    later = "\n".join(f"海陵新区举行第{number}次招商会。" for number in range(20))
    write(
        folder,
        {"other.txt": f"海陵新区招商\n2025年5月1日\n\n{later}\n", "again.txt": "临江新区再传捷报。\n" * 4},
    )
    build(engine, folder)

    assert waiting_homes(engine) == ["临江新区"]
    with session(engine) as database:
        zones = [draft.fact_id for draft in waiting_drafts(database) if draft.fact_id.startswith("zone.")]
    assert len(zones) == len(set(zones))


def test_of_two_zones_named_alike_often_none_is_the_bureaus_own(engine: Engine, tmp_path: Path) -> None:
    first = "临江新区招商\n2025年5月1日\n\n临江新区举行招商会，临江新区推介园区。临江新区欢迎您。\n"
    build(engine, write(tmp_path, {"a.txt": first, "b.txt": first.replace("临江新区", "海陵新区")}))

    assert waiting_homes(engine) == []


@given(st.integers(0, 9), st.integers(0, 9))
def test_the_foremost_name_is_far_ahead(ours: int, theirs: int) -> None:
    text = "临江新区很好。" * ours + "临江很好。" * theirs

    found = foremost({"临江", "临江新区"}, [text])

    far = max(ours, theirs) >= max(3, 2 * min(ours, theirs))
    assert found == (("临江新区" if ours > theirs else "临江") if far else "")

"""Whatever the core refuses is said in the desk's language."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette_admin.i18n import set_locale

from bot.desk.errors import explain
from bot.desk.wording import LOCALES, texts
from knowledge.database import KnowledgeError, writing
from knowledge.entries import Entry
from knowledge.history import latest
from knowledge.models import StaffRole
from knowledge.people import SHELL, Person, add_staff, find_staff, remove_staff
from knowledge.reading.load import DocumentError, load
from knowledge.review import Reviewer

ENGLISH = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,}")


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    set_locale("zh")
    yield
    set_locale("en")


def refused(engine: Engine, case: str) -> str:
    """What is said about something that cannot be done."""
    viewer, alone = Person("看客", StaffRole.VIEWER), Person("周岚", StaffRole.PUBLISHER)
    with writing(engine) as database:
        reviewer = Reviewer(database, SHELL)
        facts = {id: held.entry or {} for id, held in latest(database).items()}
        area: Entry = facts["figure.xinghe-area"]
        two = Reviewer(database, alone, two_persons=True)

        def undo_early() -> None:
            reviewer.edit({**area, "label": "用地"}, 1)
            reviewer.undo(1)

        def twice() -> None:
            draft = two.propose({**area, "label": "用地"}, base=1)
            two.accept([draft.id or 0])

        def decided() -> None:
            draft = reviewer.propose({**area, "label": "用地"}, base=1)
            reviewer.reject([draft.id or 0])
            reviewer.reject([draft.id or 0])

        def last_owner() -> None:
            add_staff(database, "周岚", StaffRole.OWNER, SHELL)
            remove_staff(database, "周岚", SHELL)

        link = {**facts["link.xinghe-chain"], "subject_id": "park.nowhere"}
        cases: dict[str, Callable[[], object]] = {
            "conflict": lambda: reviewer.edit({**area, "label": "用地"}, 7),
            "number": lambda: reviewer.edit({**area, "value": 600}, 1),
            "name": lambda: reviewer.edit({**facts["park.xinghe"], "name": "别的园区", "aliases": []}, 1),
            "evidence": lambda: reviewer.edit({**area, "evidence": []}, 1),
            "field": lambda: reviewer.edit({**area, "value": "很大"}, 1),
            "missing": lambda: reviewer.edit({key: area[key] for key in area if key != "label"}, 1),
            "period": lambda: reviewer.edit({**area, "period": "去年"}, 1),
            "choice": lambda: reviewer.edit({**area, "nature": "可能"}, 1),
            "rests": lambda: reviewer.retire(["park.xinghe"]),
            "needs": lambda: reviewer.edit(link, 1),
            "undo": undo_early,
            "change": lambda: reviewer.undo(99),
            "draft": lambda: reviewer.reject([99]),
            "decided": decided,
            "twice": twice,
            "fact": lambda: reviewer.confirm("park.nowhere", None),  # type: ignore[arg-type]
            "role": lambda: Reviewer(database, viewer).reject([1]),
            "owner": last_owner,
            "nobody": lambda: find_staff(database, "没有的人"),
            "blank": lambda: add_staff(database, " ", StaffRole.OWNER, SHELL),
        }
        with pytest.raises(KnowledgeError) as error:
            cases[case]()
    return explain(error.value)


@pytest.mark.parametrize(
    ("case", "must"),
    [
        ("conflict", "没有覆盖任何内容"),
        ("number", "引文里没有数字 600"),
        ("name", "引文里没有「别的园区」"),
        ("evidence", "至少要有一条依据"),
        ("field", "数值：要填数字"),
        ("missing", "叫法：必须填写"),
        ("period", "时期：格式不对"),
        ("choice", "性质：请从列表里选"),
        ("rests", "还要用到 park.xinghe"),
        ("needs", "要用到 park.nowhere，而它还没有发布"),
        ("undo", "请先撤销后面那次变更"),
        ("change", "没有第99号变更"),
        ("draft", "没有第99号草稿"),
        ("decided", "已经处理过了"),
        ("twice", "由第二个人复核"),
        ("fact", "没有已发布的事实 park.nowhere"),
        ("role", "没有这项权限"),
        ("owner", "唯一的负责人"),
        ("nobody", "没有叫「没有的人」的员工"),
        ("blank", "请填写姓名"),
    ],
)
def test_what_is_refused_is_said_in_chinese(own_bureau: Engine, case: str, must: str) -> None:
    told = refused(own_bureau, case)

    assert must in told
    assert not ENGLISH.search(told), told


@pytest.mark.parametrize(
    ("name", "content", "must"),
    [
        ("空.txt", b"", "是空的"),
        ("空白.txt", b" \n ", "是空的"),
        ("图.txt", b"\x89PNG\r\n", "扩展名与内容不符"),
        ("坏.txt", b"\x00\x01\x02 abc", "不是文本文件"),
        ("页.xyz", b"abc", "读不了"),
        ("旧.doc", b"abc", "另存为 .docx"),
        ("旧.et", b"abc", "另存为 .xlsx"),
        ("坏.pdf", b"abc", "不是 PDF"),
        ("坏.docx", b"PK abc", "另存为 .docx"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, must: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError) as error:
        load(path)
    told = explain(error.value)

    assert must in told
    assert name in told
    assert not ENGLISH.search(told), told


def test_english_is_said_as_it_is(own_bureau: Engine) -> None:
    set_locale("en")

    assert "There is no change 99" in refused(own_bureau, "change")


def test_both_languages_have_the_same_texts() -> None:
    first, *others = (texts(name) for name in LOCALES)

    assert all(set(first) == set(other) for other in others)
    for key, text in first.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", others[0][key])), key


def test_every_text_that_a_page_says_is_there() -> None:
    folder = Path(__file__).parents[3] / "bot" / "desk"
    said = {
        key
        for path in (*folder.rglob("*.html"), *folder.rglob("*.py"))
        for key in re.findall(r"""say\(["']([a-z_]+\.[a-z_0-9]+)["']""", path.read_text("utf-8"))
    }

    assert len(said) > 100
    assert said - texts("zh").keys() == set()
    assert tomllib.loads((folder.parent / "faults.toml").read_text("utf-8"))["fault"]

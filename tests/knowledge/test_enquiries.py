"""What was not answered, grouped; what staff answer, found again; what is owed to chats, sent once."""

import datetime as dt

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.database import writing
from knowledge.enquiries import Asked, note, open_enquiries, wait
from knowledge.expiring import expiring, expiring_by_owner
from knowledge.models import EnquiryKind, Fact, Outgoing, OutgoingState, Passage, StaffRole
from knowledge.notes import note_document
from knowledge.outbox import put, settle, take
from knowledge.people import SHELL, Person, add_staff
from knowledge.replying import answer
from knowledge.review import Reviewer
from tests.bureau import FACTS

NOW = dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC)


def asked(text: str, entity: str = "", topic: str = "", strange: tuple[str, ...] = ()) -> Asked:
    return Asked(text, "zh-Hans", entity, topic, strange)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (asked("租金多少", "park.a", "rent"), asked("房租怎么算", "park.a", "rent"), True),
        (asked("租金多少", "park.a", "rent"), asked("租金多少", "park.b", "rent"), False),
        (
            asked("有班车吗", "park.a", "transport", ("班车",)),
            asked("停车位", "park.a", "transport", ("车位",)),
            False,
        ),
        (asked("企业落户需要什么材料"), asked("企业落户需要什么材料？"), True),
        (asked("企业落户需要什么材料"), asked("企業落戶需要什麼材料"), True),
        (asked("企业落户需要什么材料"), asked("人才公寓怎么申请"), False),
        (asked("2019年签约了几个项目"), asked("2021年签约了几个项目"), False),
    ],
)
def test_the_like_is_grouped(own_bureau: Engine, one: Asked, other: Asked, same: bool) -> None:
    with writing(own_bureau) as database:
        first = note(database, one, EnquiryKind.MISS, NOW)
        second = note(database, other, EnquiryKind.MISS, NOW)

        assert (first.id == second.id) == same
        assert first.times == (2 if same else 1)
        assert note(database, one, EnquiryKind.COMPLAINT, NOW).id != first.id


@pytest.mark.every_database
def test_who_waits_comes_first_then_what_is_asked_most(own_bureau: Engine) -> None:
    with writing(own_bureau) as database:
        rare = note(database, asked("甲乙丙丁"), EnquiryKind.MISS, NOW)
        for _ in range(3):
            common = note(database, asked("子丑寅卯"), EnquiryKind.MISS, NOW)
        wanted = note(database, asked("东西南北"), EnquiryKind.MISS, NOW)
        wait(database, wanted, asked("东西南北"), "telegram:1", (), NOW, NOW)

        assert [row.id for row in open_enquiries(database)] == [wanted.id, common.id, rare.id]


def test_an_enquiry_has_an_owner_whom_the_reply_named_else_who_has_least(own_bureau: Engine) -> None:
    with writing(own_bureau) as database:
        for name in ("何敬", "林晓"):
            add_staff(database, name, StaffRole.EDITOR, SHELL)
        add_staff(database, "只看", StaffRole.VIEWER, SHELL)
        owners = []
        for number, desk in enumerate(("", "", "何敬（云港新区投资促进局局长）")):
            row = note(database, asked(f"{number}"), EnquiryKind.MISS, NOW)
            row.desk = desk
            wait(database, row, asked("?"), "telegram:1", (), NOW, NOW)
            owners.append(row.owner)

    assert owners == ["何敬", "林晓", "何敬"]


ANSWERS = [
    ("企业落户需要什么材料", "企业落户需要营业执照和项目计划书。", "落户要哪些材料"),
    ("星河园有班车吗", "星河航空产业园每天有4班班车到地铁站。", "星河航空产业园有没有班车"),
    ("蓝湾装备基地停车位有多少", "蓝湾装备基地有300个停车位。", "蓝湾装备基地有多少停车位"),
    ("有没有外国人工作许可服务", "新区政务大厅可以办理外国人工作许可。", "外国人工作许可在哪办"),
    ("可以注册外资公司吗", "外资企业可以在政务大厅登记。", "外资公司能注册吗"),
    ("低空经济产业基金规模多大", "低空经济产业基金规模20亿元。", "低空经济有产业基金吗"),
    ("Is there a shuttle bus to Xinghe park?", "A shuttle runs four times a day.", "shuttle bus Xinghe park"),
]


@pytest.mark.every_database
def test_what_staff_answer_is_found_once_published_and_changes_nothing_else(own_bureau: Engine) -> None:
    asker = Asker(own_bureau)
    usual = [
        "云港新区是什么",
        "新区有哪些园区",
        "有哪些企业",
        "新区有什么政策",
        "低空经济的链长是谁",
        "投促局局长是谁",
    ]
    before = {text: asker.ask(text).text for text in usual}
    drafts = []
    for text, words, _ in ANSWERS:
        found = asker.ask(text)
        assert found.missed, text
        with writing(own_bureau) as database:
            question = Asked(text, "zh-Hans", found.entity, found.topic, found.strange)
            row = note(database, question, EnquiryKind.MISS, NOW)
            keywords = asker.words(text)
            _, draft = answer(database, row.id or 0, words, SHELL, NOW, home=asker.home(), keywords=keywords)
            assert draft is not None
            drafts.append(draft.id or 0)
            database.commit()
    for text, words, _ in ANSWERS:
        assert words not in asker.ask(text).text
    with writing(own_bureau) as database:
        Reviewer(database, SHELL).accept(drafts)
        database.commit()

    for text, words, other in ANSWERS:
        for asking in (text, other):
            told = asker.ask(asking)
            assert told.outcome is Outcome.ANSWERED, asking
            assert words in told.lines, asking
            assert any(source.document == "工作人员答复" for source in told.sources)
    assert {text: asker.ask(text).text for text in usual} == before
    elsewhere = asker.ask("蓝湾装备基地有班车吗")
    assert elsewhere.missed
    assert "4班班车" not in elsewhere.text
    assert "20亿" not in asker.ask("绿色氢能产业基金规模多大").text


def test_a_note_is_not_quoted_before_it_is_published(own_bureau: Engine) -> None:
    text = "蓝湾装备基地三期用地已经预留,面积200亩。"
    with writing(own_bureau) as database:
        row = note_document(database, text, "林晓", NOW.date())
        database.commit()
        passages = database.exec(select(Passage).where(Passage.document_sha256 == row.sha256)).all()

    assert (row.original, row.date, row.publisher, row.added_by) == (
        text,
        NOW.date(),
        "云港新区投资促进局",
        "林晓",
    )
    assert passages == []


@pytest.mark.every_database
@pytest.mark.parametrize("ago", [1, -24 * 365])
def test_an_outgoing_message_is_taken_once(own_bureau: Engine, ago: int) -> None:
    """It was begun long ago; or in a year to come, by a clock that has been set back since."""
    with writing(own_bureau) as database:
        assert put(database, "a", "telegram:1", "en", "hello")
        assert not put(database, "a", "telegram:1", "en", "hello again")
        database.commit()
    with writing(own_bureau) as database:
        first = take(database, "telegram")
        assert first is not None
        assert take(database, "telegram") is None
        assert take(database, "web") is None
        first.begun_at = dt.datetime.now(dt.UTC) - dt.timedelta(hours=ago)
        database.add(first)
        assert take(database, "telegram") is None
        assert database.exec(select(Outgoing.state)).all() == [OutgoingState.UNCERTAIN]
        settle(database, first.id or 0, OutgoingState.SENT)
        assert (first.chat, first.text) == ("", "")


@pytest.mark.every_database
def test_facts_past_their_date_or_too_old_are_found(own_bureau: Engine) -> None:
    today = dt.date(2024, 6, 1)
    with writing(own_bureau) as database:
        ended = database.get(Fact, "statement.lanwan-phases")
        confirmed = database.get(Fact, "figure.xinghe-area")
        assert ended is not None
        assert confirmed is not None
        ended.valid_to = dt.date(2024, 5, 31)
        confirmed.confirmed_on = dt.date(2024, 5, 1)
        database.add_all([ended, confirmed])
        database.flush()

        assert [one.fact.id for one in expiring(database, today)] == ["statement.lanwan-phases"]
        old = [one.fact.id for one in expiring(database, today, 60)]
        assert sum(expiring_by_owner(database, today, 60).values()) == len(old)
        assert old[0] == "statement.lanwan-phases"
        assert len(old) == len(FACTS) - 1
        assert "figure.xinghe-area" not in old
        Reviewer(database, Person("林晓", StaffRole.EDITOR)).confirm("statement.lanwan-phases", today)
        assert expiring(database, today) == []

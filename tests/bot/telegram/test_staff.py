"""Staff at work in Telegram: joining, drafts, documents, facts past their date; and what others see of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.telegram.conftest import Bot, serving, wait_until
from tests.bot.telegram.test_enquiries import hire, rows, shell
from tests.databases import execute
from tests.telegram_server.client import Person, stand_in


@pytest.fixture(scope="module")
def office(bureau_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot with a bureau of its own."""
    folder = shutil.copytree(bureau_home, tmp_path_factory.mktemp("office"), dirs_exist_ok=True)
    with stand_in(threaded=True) as own, serving(own, folder) as running:
        yield running


@pytest.fixture(scope="module")
def publisher(office: Bot) -> Person:
    return hire(office, "林晓")


def propose(bot: Bot, question: str, answer: str) -> str:
    """A draft as it comes about: a question that was not answered, and the answer of staff; its number."""
    bot.someone().ask(question)
    listed = shell(bot, "misses").splitlines()
    number = next(line.split()[0].removeprefix("#") for line in listed if question in line)
    said = shell(bot, "answer", number, answer)
    return said.partition("draft #")[2].partition(";")[0]


def menus(bot: Bot, person: Person) -> list[str]:
    found = bot.server.order("state")["menus"].get(f"chat:{person.number}/zh", [])
    return [command["command"] for command in found]


def test_an_invitation_is_used_once(office: Bot) -> None:
    shell(office, "staff", "add", "周敏", "--role", "viewer")
    link = shell(office, "staff", "invite", "周敏").strip()
    assert link.startswith("https://t.me/bureau_test_bot?start=staff_")
    start = "/start " + link.partition("start=")[2]
    member, thief = office.someone(), office.someone()

    assert "欢迎" in member.ask(start).text
    assert "用过" in thief.ask(start).text
    assert "不认识这个命令" in thief.ask("/staff").text
    assert "等您处理" in member.ask("/staff").text
    assert "用过" in thief.ask("/start staff_nonsense").text


def test_commands_of_staff_are_invisible_to_others(office: Bot, publisher: Person) -> None:
    wait_until(lambda: "staff" in menus(office, publisher))

    everybody = office.server.order("state")["menus"]
    assert all(command["command"] != "staff" for key in ("", "zh") for command in everybody[key])
    investor = office.someone()
    assert investor.ask("/staff").text == investor.ask("/nonsense").text
    assert "/staff" not in investor.ask("/help").text
    group = office.server.group(-1009)
    assert "不认识这个命令" in publisher.within(group).ask("/staff@bureau_test_bot").text


def test_removing_takes_effect_at_once(office: Bot) -> None:
    leaving = hire(office, "吴昊", "editor")
    wait_until(lambda: "staff" in menus(office, leaving))
    draft = propose(office, "星河航空产业园租金多少", "星河航空产业园租金面议。")
    leaving.ask("/staff")
    seen = leaving.tap(next(label for label in leaving.messages()[-1].labels if "草稿" in label))
    shell(office, "staff", "remove", "吴昊")

    leaving.press(seen.labels[2])
    assert "失效" in leaving.reply().text
    assert "不认识这个命令" in leaving.ask("/staff").text
    wait_until(lambda: menus(office, leaving) == [])
    assert f"#{draft} " in shell(office, "drafts")
    shell(office, "publish", draft)


def test_a_draft_is_edited_and_accepted(office: Bot, publisher: Person) -> None:
    draft = propose(office, "绿色氢能有多少家企业", "绿色氢能产业链有30家企业。")
    publisher.ask("/staff")
    shown = publisher.tap(next(label for label in publisher.messages()[-1].labels if "草稿" in label))
    while f"#{draft} " not in shown.text:
        shown = publisher.tap("下一条 »")
    assert "30家企业" in shown.text
    assert "还没有发布" in shown.text
    how = publisher.tap("✎ 修改")
    assert how.text.startswith(f"修改草稿 #{draft}")
    publisher.say("颜色: 红", reply_to=how.message_id)
    wrong = publisher.reply()
    assert "颜色" in wrong.text
    assert "什么都没有" in wrong.text
    publisher.say(
        "内容：绿色氢能产业链现有30家企业。\n英文内容: The chain has 30 companies.\n"
        "关键词: 氢企、制氢企业；绿氢那边,一共几家?；≠ 绿氢那边,亏损的几家?",
        reply_to=how.message_id,
    )
    changed = publisher.reply()
    assert "现有30家企业" in changed.text
    assert "氢企；制氢企业；绿氢那边,一共几家?；≠ 绿氢那边,亏损的几家?" in publisher.tap("✎ 修改").text

    assert "已发布" in publisher.tap("✓ 采用").text
    assert "现有30家企业" in office.someone().ask("绿色氢能有多少家企业").text
    english = office.someone("en").ask("How many companies are in green hydrogen?").text
    assert "The chain has 30 companies" in english
    assert "reply of its staff" in english
    assert "已撤回" in publisher.tap("↩ 撤回").text
    assert "30家" not in office.someone().ask("绿色氢能有多少家企业").text


def test_what_does_not_stand_in_the_quote_is_not_published(office: Bot, publisher: Person) -> None:
    draft = propose(office, "深海装备有多少家企业", "深海装备产业链有12家企业。")
    publisher.ask("/staff")
    shown = publisher.tap(next(label for label in publisher.messages()[-1].labels if "草稿" in label))
    while f"#{draft} " not in shown.text:
        shown = publisher.tap("下一条 »")
    how = publisher.tap("✎ 修改")
    publisher.say("内容：深海装备产业链有120家企业。", reply_to=how.message_id)
    publisher.reply()
    refused = publisher.tap("✓ 采用")

    assert "什么都没有改" in refused.text
    assert "120" in refused.text
    assert "120" not in office.someone().ask("深海装备有多少家企业").text
    assert "不用了" in publisher.tap("✗ 不用").text


def test_a_draft_that_changed_meanwhile_is_shown_again(office: Bot, publisher: Person) -> None:
    draft = propose(office, "低空经济有多少家企业", "低空经济产业链有7家企业。")
    publisher.ask("/staff")
    shown = publisher.tap(next(label for label in publisher.messages()[-1].labels if "草稿" in label))
    while f"#{draft} " not in shown.text:
        shown = publisher.tap("下一条 »")
    said = "update draft set entry = replace(entry, '有7家', '共有7家') where id = :draft"
    execute(office.home / "var" / "investbot.db", said, draft=int(draft))

    again = publisher.tap("✓ 采用")

    assert "被改过" in again.text
    assert "共有7家" in again.text
    assert "已发布" in publisher.tap("✓ 采用").text


def test_an_editor_proposes_and_does_not_publish(office: Bot) -> None:
    editor = hire(office, "孙宁", "editor")
    draft = propose(office, "星河航空产业园绿化率多少", "星河航空产业园绿化率30%。")
    editor.ask("/staff")
    shown = editor.tap(next(label for label in editor.messages()[-1].labels if "草稿" in label))
    while f"#{draft} " not in shown.text:
        shown = editor.tap("下一条 »")

    assert "身份不能" in editor.tap("✓ 采用").text
    assert f"#{draft} " in shell(office, "drafts")


@pytest.mark.parametrize(
    "data",
    [
        "staff|accept|1",
        "staff|drafts|0",
        "staff|retire|park.xinghe",
        "staff|undo|1",
        "staff|close|1",
        "staff|x|y",
        "staff|",
    ],
)
def test_forged_buttons_of_staff_do_nothing_for_others(office: Bot, publisher: Person, data: str) -> None:
    investor = office.someone()
    investor.ask("/chains")
    before = rows(office, "select count(*) from change")
    investor.press("低空经济", forged=data)

    assert "失效" in investor.reply().text
    assert rows(office, "select count(*) from change") == before


@pytest.mark.parametrize(
    "data",
    ["staff|accept|99999", "staff|confirm|no.such", "staff|retire|x", "staff|undo|99999", "staff|close|0"],
)
def test_forged_buttons_of_staff_change_nothing(office: Bot, publisher: Person, data: str) -> None:
    publisher.ask("/chains")
    before = rows(office, "select count(*) from change")
    publisher.press("低空经济", forged=data)

    assert "什么都没有改" in publisher.reply().text
    assert rows(office, "select count(*) from change") == before


def test_a_document_is_taken_in_and_quoted_at_once(office: Bot, publisher: Person) -> None:
    text = "北岸码头扩建公告\n\n北岸码头三号泊位今年开始扩建,完工后可以停靠十万吨级货轮。\n"
    publisher.send("document", name="北岸码头.txt", text=text)
    said = publisher.reply().text
    assert "北岸码头扩建公告" in said
    assert "段可以马上引用" in said
    assert "没找到它的发布日期、发布单位、原网址；工作台" in said
    assert "十万吨级" in office.someone().ask("北岸码头三号泊位扩建后能停靠多大的货轮").text

    publisher.send("document", caption="这是什么", name="再来.txt", text=text)
    assert "已经在资料库里" in publisher.reply().text
    publisher.send("document", name="plan.pdf", text="%PDF-")
    assert "收不了：plan.pdf: 损坏了，或者不是 PDF。" in publisher.reply().text


def test_a_document_of_others_gets_a_kind_word(office: Bot) -> None:
    investor = office.someone()
    before = rows(office, "select count(*) from document")
    investor.send("document", name="notes.txt", text="某某公司的资料,请收下。")

    assert "文件收到了" in investor.reply().text
    assert rows(office, "select count(*) from document") == before


def test_a_fact_past_its_date_is_confirmed(office: Bot, publisher: Person) -> None:
    ended = "update fact set valid_to = '2024-12-31' where id = 'statement.lanwan-phases'"
    execute(office.home / "var" / "investbot.db", ended)
    publisher.ask("/staff")
    shown = publisher.tap("要确认的资料 1")

    assert "2024年12月31日" in shown.text
    assert "二期计划2025年投产" in shown.text
    assert "确认仍然有效" in publisher.tap("✓ 仍然有效").text
    assert "confirm" in shell(office, "history", "statement.lanwan-phases")


def test_two_persons_have_to_agree(home: Path) -> None:
    with stand_in(threaded=True) as server, serving(server, home, REVIEW_TWO_PERSONS="true") as bot:
        one, two = hire(bot, "甲"), hire(bot, "乙")
        bot.someone().ask("星河园有多少员工")
        one.ask("/staff")
        asked = one.tap("没答上的问题 1")
        one.say("星河航空产业园有800名员工。", reply_to=asked.message_id)
        thanks = one.reply()
        one.tap(thanks.labels[0])
        assert "第二个人" in one.tap("✓ 采用").text
        assert "800" not in bot.someone().ask("星河园有多少员工").text
        two.ask("/staff")
        two.tap("草稿 1")
        assert "已发布" in two.tap("✓ 采用").text
        assert "800名员工" in bot.someone().ask("星河园有多少员工").text

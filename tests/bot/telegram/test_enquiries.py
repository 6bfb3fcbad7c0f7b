"""From a question without an answer to the answer that everybody gets: investors and staff on Telegram."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.process import environ, finish
from tests.bot.telegram.conftest import Bot, serving, wait_until
from tests.databases import execute
from tests.telegram_server.client import TOKEN, Person, stand_in

QUESTION = "蓝湾装备基地租金多少"
ANSWER = "蓝湾装备基地标准厂房租金每平方米每月18元。"


def shell(bot: Bot, *arguments: str, code: int = 0) -> str:
    """Run a command on the bot's database."""
    settings = {
        "DOCUMENTS": str(bot.home / "documents"),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": bot.server.base_url,
    }
    done = finish(*arguments, cwd=bot.home, env=environ(bot.home, **settings))
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def rows(bot: Bot, query: str) -> list[tuple[object, ...]]:
    return execute(bot.home / "var" / "investbot.db", query)


def hire(bot: Bot, name: str, role: str = "publisher") -> Person:
    """Somebody who has joined the staff on Telegram."""
    shell(bot, "staff", "add", name, "--role", role)
    link = shell(bot, "staff", "invite", name).strip()
    member = bot.someone()
    welcome = member.ask(f"/start {link.partition('start=')[2]}")
    assert name in welcome.text
    return member


@pytest.fixture(scope="module")
def office(bureau_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot with a bureau of its own, for tests that change what is known."""
    folder = shutil.copytree(bureau_home, tmp_path_factory.mktemp("office"), dirs_exist_ok=True)
    with stand_in(threaded=True) as own, serving(own, folder) as running:
        yield running


@pytest.mark.every_database
def test_a_question_becomes_an_answer(home: Path) -> None:
    """The whole way, with a restart in the middle."""
    with stand_in(threaded=True) as server:
        with serving(server, home) as bot:
            staff = hire(bot, "陈立")
            investor = bot.someone()
            investor.ask("蓝湾装备基地二期什么时候投产")
            missed = investor.ask(QUESTION)
            assert "没有提到蓝湾装备基地的租金" in missed.text
            assert len(missed.labels) <= 3
            passed = investor.tap("问工作人员")
            assert "转给工作人员" in passed.text
            assert "何敬" in passed.text
            assert passed.message_id != missed.message_id
            asked = staff.reply()
            assert QUESTION in asked.text
            assert "二期什么时候投产" in asked.text
            assert "负责：陈立" in asked.text
        # The bot is away; nothing is lost.
        staff.say(ANSWER, reply_to=asked.message_id)
        with serving(server, home) as bot:
            thanks = staff.reply()
            assert "1位" in thanks.text
            told = investor.reply()
            assert told.text.startswith(f"您今天问的「{QUESTION}」")
            assert ANSWER in told.text
            assert investor.stays_silent()
            draft = staff.tap(thanks.labels[0])
            assert ANSWER in draft.text
            assert "没有提到" in bot.someone().ask(QUESTION).text
            assert "已发布" in staff.tap("✓ 采用").text
            answer = bot.someone().ask(QUESTION)
            assert ANSWER in answer.text
            assert "工作人员答复" in answer.text
            assert "云港新区投资促进局" in answer.text
            assert "没有在等" in investor.ask("/enquiries").text
            assert rows(bot, "select chat from waiting") == []
            assert rows(bot, "select chat, text from outgoing where state = 'sent' and chat != ''") == []
        with serving(server, home):
            assert investor.stays_silent()


def test_where_it_stands_is_shown(office: Bot) -> None:
    investor, other = office.someone(), office.someone()
    investor.ask("星河园有班车吗")
    assert "转给工作人员" in investor.tap("问工作人员").text
    assert "已经转给" in investor.tap("问工作人员").text

    standing = investor.ask("/enquiries").text

    assert "星河园有班车吗" in standing
    assert "周岚" in standing
    assert re.search(r"最晚.+\d\d:\d\d", standing)
    assert "没有在等" in other.ask("/enquiries").text


def test_the_like_is_grouped_and_everybody_gets_the_reply(office: Bot) -> None:
    people = [office.someone() for _ in range(3)]
    for person, words in zip(
        people, ("深海装备补贴多少", "深海装备的补贴有多少", "深海裝備補貼多少"), strict=True
    ):
        person.ask(words)
    for person in people[1:]:
        person.press(person.messages()[-1].labels[-1])
        person.reply()
    listed = shell(office, "misses")
    line = next(line for line in listed.splitlines() if "深海装备补贴多少" in line)
    assert "asked 3×" in line
    assert "2 waiting" in line

    number = line.split()[0].removeprefix("#")
    said = shell(office, "answer", number, "深海装备项目最高补贴500万元。")

    assert "2 who wait" in said
    assert "500万元" in people[1].reply().text
    assert "500萬元" in people[2].reply().text
    assert people[0].stays_silent()
    assert "was answered by shell already" in shell(office, "answer", number, "再答一次", code=1)


def test_another_name_is_learned(office: Bot) -> None:
    investor = office.someone()
    investor.ask("航空小镇占地多少")
    investor.tap("问工作人员")
    number = next(
        line.split()[0].removeprefix("#")
        for line in shell(office, "misses").splitlines()
        if "航空小镇" in line
    )
    said = shell(office, "answer", number, "=星河航空产业园")

    assert "航空小镇" in said
    assert "500亩" in investor.reply().text
    draft = re.search(r"#(\d+)", said)
    assert draft is not None
    shell(office, "publish", draft[1])
    assert "500亩" in office.someone().ask("航空小镇占地多少").text


def test_a_thumb_down_goes_the_same_way(office: Bot) -> None:
    investor = office.someone()
    answer = investor.ask("蓝湾装备基地二期什么时候投产")
    assert len(answer.labels) <= 5
    thanks = investor.tap("👎 没答到")

    assert thanks.labels == ["问工作人员"]
    assert "转给工作人员" in investor.tap("问工作人员").text
    listed = shell(office, "misses")
    assert "said to be no answer: statement.lanwan-phases" in listed


def test_what_was_helpful_is_kept_with_the_question_and_nothing_waits(office: Bot) -> None:
    investor = office.someone()
    investor.ask("海灯科技投资多少")

    assert investor.tap("👍 有用").text == "谢谢，记下了。"
    kept = rows(office, "select helpful, enquiry_id from question where text = '海灯科技投资多少'")
    assert kept == [(1, None)]


def test_english_investors_are_answered_around_in_english(office: Bot) -> None:
    investor = office.someone("en")
    investor.ask("What is the rent at Xinghe Aviation Park?")
    assert "passed your question on" in investor.tap("Ask a person").text
    number = next(
        line.split()[0].removeprefix("#") for line in shell(office, "misses").splitlines() if "Xinghe" in line
    )
    shell(office, "answer", number, "CNY 20 per square metre and month.")

    told = investor.reply().text
    assert told.startswith("You asked today: “What is the rent at Xinghe Aviation Park?”")
    assert "CNY 20" in told


def test_buttons_of_others_are_refused(office: Bot) -> None:
    one, other = office.someone(), office.someone()
    one.ask("海灯科技招多少人")
    theirs = next(data for row in one.messages()[-1].rows for label, data in row if label == "问工作人员")
    other.ask("/chains")
    before = shell(office, "misses")
    other.press("低空经济", forged=theirs)

    assert "失效" in other.reply().text
    assert shell(office, "misses") == before


def test_forget_withdraws_what_was_passed_on(office: Bot) -> None:
    investor = office.someone()
    investor.ask("绿色氢能有多少专利")
    investor.tap("问工作人员")
    investor.ask("/forget")

    assert "没有在等" in investor.ask("/enquiries").text
    assert rows(office, f"select * from waiting where chat = 'telegram:{investor.number}'") == []


def test_a_deadline_is_reminded_of_once(home: Path) -> None:
    with stand_in(threaded=True) as server:
        with serving(server, home) as bot:
            staff = hire(bot, "陈立", "editor")
            investor = bot.someone()
            investor.ask(QUESTION)
            investor.tap("问工作人员")
            staff.reply()
            execute(home / "var" / "investbot.db", "update enquiry set due_at = '2024-01-02 03:04:05'")
        with serving(server, home):
            reminder = staff.reply()
            assert "还没有答复" in reminder.text
            assert QUESTION in reminder.text
            late = investor.ask("/enquiries")
            assert "晚了" in late.text
        with serving(server, home):
            assert staff.stays_silent(2)


def test_what_may_have_arrived_is_not_sent_twice(home: Path) -> None:
    with stand_in(threaded=True) as server, serving(server, home) as bot:
        investor = bot.someone()
        investor.ask(QUESTION)
        investor.tap("问工作人员")
        server.fault("sendMessage", "lost")
        shell(bot, "answer", "1", ANSWER)
        assert ANSWER in investor.reply().text
        wait_until(lambda: rows(bot, "select state from outgoing") == [("uncertain",)])
        assert investor.stays_silent(2)
        assert ANSWER in investor.ask("/enquiries").text
        assert "没有在等" in investor.ask("/enquiries").text


def test_who_blocks_the_bot_is_not_waited_for(home: Path) -> None:
    with stand_in(threaded=True) as server, serving(server, home) as bot:
        investor = bot.someone()
        investor.ask(QUESTION)
        investor.tap("问工作人员")
        investor.block()
        shell(bot, "answer", "1", ANSWER)
        wait_until(lambda: rows(bot, "select state from outgoing") == [("refused",)])
        assert rows(bot, "select * from waiting") == []


def test_what_telegram_refuses_for_a_while_is_sent_later(home: Path) -> None:
    with stand_in(threaded=True) as server, serving(server, home) as bot:
        investor = bot.someone()
        investor.ask(QUESTION)
        investor.tap("问工作人员")
        server.fault("sendMessage", "502")
        shell(bot, "answer", "1", ANSWER)
        assert ANSWER in investor.reply().text
        assert len([one for one in investor.messages() if ANSWER in one.text]) == 1


def test_a_bot_that_is_killed_delivers_after_it_starts_again(home: Path) -> None:
    with stand_in(threaded=True) as server:
        with serving(server, home) as bot:
            investor = bot.someone()
            investor.ask(QUESTION)
            investor.tap("问工作人员")
            # A tap that was answered and not settled would be answered again.
            wait_until(lambda: rows(bot, "select * from incoming where state != 'handled'") == [])
            bot.process.kill()
            bot.process.wait(20)
            shell(bot, "answer", "1", ANSWER)
        with serving(server, home):
            assert ANSWER in investor.reply().text
            assert investor.stays_silent(1)

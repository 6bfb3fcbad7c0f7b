"""What docs/contributing.md promises: where a kind, a topic, a language and a face are added."""

import ast
import datetime as dt
import io
import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import select
from starlette_admin.i18n import set_locale

import bot.texts
import knowledge.asking.texts
from bot.conversation import Conversation
from bot.desk import show
from bot.desk.wording import LOCALES, label
from bot.languages import LANGUAGES, find_tag
from bot.pictures.card import draw_chain
from bot.pictures.palette import USUAL, Palette
from bot.settings import Settings
from bot.staff.answering import take_answer
from bot.staff.words import choice_name, field_name
from bot.startup import open_conversation
from knowledge import topics
from knowledge.asking import asker as asker_module
from knowledge.asking import lexicon
from knowledge.asking.answer import Intent, Language
from knowledge.asking.asker import Asker
from knowledge.asking.lexicon import lexicon_stamp, read_lexicon
from knowledge.asking.library import LIST_TOPICS
from knowledge.database import session, writing
from knowledge.exchange import export_workbook
from knowledge.exchange.columns import columns_of
from knowledge.forms import FORMS
from knowledge.history import latest
from knowledge.labels import one_label
from knowledge.models import ENTITY_TABLES, Action, Enquiry, Kind, OutgoingState
from knowledge.models.entity import EntityBase
from knowledge.outbox import settle, take
from knowledge.people import SHELL
from knowledge.publishing import Edit, apply
from knowledge.sameness import SUBJECTS

ENTITIES = [kind for kind, (form, _) in FORMS.items() if issubclass(form, EntityBase)]

ROOT = Path(__file__).parent.parent

FACES = ("bot/telegram/", "bot/webchat/", "bot/desk/", "bot/terminal", "bot/lines")

PREVIEW = {("bot/desk/announcing", "bot/telegram/render"), ("bot/lines", "bot/terminal")}
"""What one face has of another: the desk shows a message as Telegram will; lines are a terminal's."""

PARK = "park.xinghe"

UNSHOWN = frozenset({"id", "version", "staff_note"})
"""Columns of the workbook alone."""


# The guide, and the layers it draws.


def test_every_file_that_the_guide_names_is_there() -> None:
    guide = (ROOT / "docs" / "contributing.md").read_text("utf-8")
    named = set(re.findall(r"`((?:bot|knowledge|tests|scripts|docs)/[\w/.]*?)`", guide))
    named |= set(re.findall(r"(?:tests|scripts)/[\w/]+\.(?:py|sh|jsonl)", guide))

    assert len(named) > 40
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_imports_go_down() -> None:
    wrong = []
    for file in (*ROOT.glob("bot/**/*.py"), *ROOT.glob("knowledge/**/*.py")):
        here = file.relative_to(ROOT).with_suffix("").as_posix()
        for name in _imported(file):
            up = here.startswith("knowledge/") and name.startswith("bot/")
            out = here.startswith("knowledge/models/") and not name.startswith("knowledge/models")
            across = any(here.startswith(one) for one in FACES) and any(
                name.startswith(other) and not here.startswith(other) for other in FACES
            )
            if (up or out or across) and (here, name) not in PREVIEW:
                wrong.append((here, name))

    assert wrong == []


def _imported(file: Path) -> set[str]:
    """What of ours a module imports, as paths."""
    found = {
        node.module or ""
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
    return {name.replace(".", "/") for name in found if name.split(".")[0] in {"bot", "knowledge"}}


# A kind of fact.


def test_a_kind_has_a_form_a_table_and_what_makes_two_of_it_the_same() -> None:
    assert list(FORMS) == list(Kind)
    assert [FORMS[kind][1] for kind in ENTITIES] == list(ENTITY_TABLES)
    assert set(SUBJECTS) == set(FORMS) - set(ENTITIES)


def test_a_kind_of_entity_is_listed_under_the_topic_that_the_lexicon_has_for_it() -> None:
    assert {kind.value: topic for kind, topic in LIST_TOPICS.items()} == read_lexicon().kinds
    # Of zones a bureau has its own.
    assert set(ENTITIES) - set(LIST_TOPICS) == {Kind.ZONE}


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_its_fields_and_choices_are_called_something_wherever_staff_read_them(kind: Kind) -> None:
    columns = [column for column in columns_of(kind) if column.field not in UNSHOWN]
    for locale, language in LOCALES.items():
        set_locale(locale)
        assert label("kind", kind.value) == one_label(kind.value, locale)
        named = [label("fields", column.field) for column in columns]
        assert len(set(named)) == len(named)
        for column in columns:
            choices = [choice.value for choice in column.choices or ()]
            called = [label(column.field, choice) for choice in choices]
            told = [choice_name(column.field, choice, language) for choice in choices]
            assert len(set(called)) == len(set(told)) == len(choices)
            if locale == "zh":
                # A word of data is no word for people.
                assert not {column.field, *choices} & {label("fields", column.field), *called, *told}


@pytest.mark.parametrize("language", Language)
def test_no_two_fields_of_a_kind_are_called_the_same_in_a_message_of_staff(language: Language) -> None:
    for kind in Kind:
        fields = [column.field for column in columns_of(kind) if column.field in FORMS[kind][0].model_fields]
        named = {field_name(field, language) for field in fields}
        assert len(named) == len(fields), kind


# A topic.

TIDES = {
    "zh": '\n[topics.tides]\nlabel = "潮汐"\nwordings = ["潮汐", "潮水"]\n',
    "en": '\n[topics.tides]\nlabel = "Tides"\nwordings = ["tides", "tide"]\n',
}


@pytest.fixture
def tidal(own_bureau: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A bureau that says something of a park on a topic that only the lexicon was told of."""
    folder = tmp_path / "lexicon"
    shutil.copytree(lexicon.FOLDER, folder)
    for language, words in TIDES.items():
        with (folder / f"{language}.toml").open("a", encoding="utf-8") as file:
            file.write(words)
    for module in (asker_module, topics):
        monkeypatch.setattr(module, "read_lexicon", lambda: read_lexicon(folder))
        monkeypatch.setattr(module, "lexicon_stamp", lambda: lexicon_stamp(folder))
    with writing(own_bureau) as database:
        held = latest(database, [PARK])[PARK].entry or {}
        fact = {
            "kind": "statement",
            "id": "statement.xinghe-tides",
            "published": True,
            "subject_id": PARK,
            "topic": "tides",
            "text": "园区每天涨潮两次。",
            "text_en": "The park sees two tides a day.",
            "aliases": [],
            "evidence": held["evidence"],
        }
        apply(database, [Edit(fact["id"], fact, base=0)], actor="", action=Action.EDIT)
        database.commit()
    return own_bureau


@pytest.mark.parametrize(
    ("question", "must"),
    [
        ("星河航空产业园潮汐怎么样", "涨潮两次"),
        ("What about the tides of Xinghe Aviation Park?", "two tides"),
        ("蓝湾装备基地的潮水", "没有提到蓝湾装备基地的潮水"),
    ],
)
def test_a_topic_of_the_lexicon_is_understood_and_composed(tidal: Engine, question: str, must: str) -> None:
    assert must in Asker(tidal).ask(question).text


def test_a_topic_of_the_lexicon_is_reached_by_buttons_alone(tidal: Engine) -> None:
    asker = Asker(tidal)
    waiting, seen = [Intent(PARK, "overview")], dict[Intent, str]()
    while waiting:
        answer = asker.open(waiting.pop())
        for offered in answer.suggestions:
            if offered.intent.entity == PARK and offered.intent not in seen:
                seen[offered.intent] = offered.label
                waiting.append(offered.intent)

    assert seen[Intent(PARK, "tides")] == "潮汐"
    assert "涨潮两次" in asker.open(Intent(PARK, "tides")).text


def test_a_topic_of_the_lexicon_stands_in_words_at_the_desk_and_in_the_workbook(tidal: Engine) -> None:
    set_locale("zh")
    assert show.topics()["tides"] == "潮汐"
    with session(tidal) as database:
        book = load_workbook(io.BytesIO(export_workbook(database, "zh")))

    cells = {cell.value for row in book["说法"].iter_rows() for cell in row}
    assert "潮汐" in cells
    assert "tides" not in cells


def test_every_topic_is_called_something_of_its_own_in_each_language() -> None:
    held = read_lexicon().topics
    for words in {language.words for language in Language}:
        named = {topic.labels.get(words) for topic in held.values()}
        assert None not in named, [name for name, topic in held.items() if words not in topic.labels]
        assert len(named) == len(held)


# A language.


@pytest.mark.parametrize("language", Language)
def test_a_language_is_found_by_its_tag_and_by_what_is_typed(language: Language) -> None:
    assert find_tag(language.value) is language
    assert language.value.lower() in LANGUAGES[language].typed
    assert LANGUAGES[language].name.lower() in {word.lower() for word in LANGUAGES[language].typed}


@pytest.mark.parametrize("folder", [bot.texts, knowledge.asking.texts], ids=["face", "core"])
def test_every_language_has_every_text_with_the_same_blanks(folder: object) -> None:
    place = Path(str(folder.__file__)).parent  # type: ignore[attr-defined]
    first, *others = (_texts(place / f"{language.words}.toml") for language in Language)

    for other in others:
        assert other.keys() == first.keys()
        for key, text in other.items():
            assert _blanks(text) == _blanks(first[key]), key


def test_a_language_draws_its_pictures(asker: Asker) -> None:
    drawn = [draw_chain(asker, "chain.low-altitude", one, Palette.of(USUAL)) for one in Language]

    assert all(drawn)


def _texts(file: Path) -> dict[str, str]:
    held = tomllib.loads(file.read_text("utf-8"))
    return {
        f"{section}.{key}": " ".join([text] if isinstance(text, str) else text)
        for section, found in held.items()
        for key, text in found.items()
    }


def _blanks(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))


# A face.


class JsonFace:
    """All that a face needs: a conversation, a name, and somebody who takes what is owed to its chats."""

    name = "json"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._talk: Conversation = open_conversation(engine, Asker(engine), Settings(), self.name)

    def post(self, user: str, body: str) -> str:
        """What a person sends, a text or a button, as JSON; the reply as JSON."""
        given = json.loads(body)
        chat = f"{self.name}:{user}"
        if "press" in given:
            reply = self._talk.press(chat, given["press"])
        else:
            reply = self._talk.typed(chat, given["text"])
        buttons = {button.label: button.data for button in reply.buttons}
        return json.dumps({"text": reply.answer.text, "buttons": buttons})

    def owed(self) -> list[tuple[str, str]]:
        """What the bot owes: chat and text, each once."""
        found: list[tuple[str, str]] = []
        with writing(self._engine) as database:
            while (row := take(database, self.name)) is not None:
                found.append((row.chat, row.text))
                settle(database, row.id or 0, OutgoingState.SENT)
            database.commit()
        return found


def test_a_face_answers_shows_buttons_and_keeps_what_is_talked_about(own_bureau: Engine) -> None:
    face = JsonFace(own_bureau)
    first = json.loads(face.post("1", '{"text": "低空经济的链长是谁"}'))
    assert "周岚" in first["text"]

    card = json.loads(face.post("1", '{"text": "星河航空产业园"}'))
    pressed = json.loads(face.post("1", json.dumps({"press": card["buttons"]["面积"]})))
    assert "500亩" in pressed["text"]
    assert "北岸大道" in json.loads(face.post("1", '{"text": "它在哪"}'))["text"]
    assert "北岸大道" not in json.loads(face.post("2", '{"text": "它在哪"}'))["text"]


def test_a_face_brings_the_reply_of_staff_once(own_bureau: Engine) -> None:
    face = JsonFace(own_bureau)
    missed = json.loads(face.post("1", '{"text": "星河航空产业园有班车吗"}'))
    face.post("1", json.dumps({"press": missed["buttons"]["问工作人员"]}))
    with session(own_bureau) as database:
        enquiry = database.exec(select(Enquiry.id)).one()
    now = dt.datetime.now(dt.UTC)

    take_answer(own_bureau, Asker(own_bureau), enquiry or 0, "园区每天有4班班车。", SHELL, now)

    [(chat, text)] = face.owed()
    assert chat == "json:1"
    assert "4班班车" in text
    assert face.owed() == []


def test_a_face_deletes_what_is_kept_of_a_chat(own_bureau: Engine) -> None:
    face = JsonFace(own_bureau)
    face.post("1", '{"text": "星河航空产业园"}')

    assert "已删除" in json.loads(face.post("1", '{"text": "/forget"}'))["text"]
    assert "北岸大道" not in json.loads(face.post("1", '{"text": "它在哪"}'))["text"]

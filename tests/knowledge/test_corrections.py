"""What staff say of a document holds, whatever is read in it later."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.correcting import CorrectionError
from knowledge.corrections import FIELDS, corrections_of, missing, value_of
from knowledge.database import session, writing
from knowledge.entries import parse
from knowledge.history import changes, differences, latest, versions
from knowledge.models import Action, Document, Origin, StaffRole
from knowledge.people import SHELL, NotAllowedError, Person
from knowledge.publishing import ConflictError
from knowledge.review import Reviewer
from tests.bureau import DOCUMENT

NOW = dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC)
EDITOR = Person("何敬", StaffRole.EDITOR)


@pytest.fixture
def kept(own_bureau: Engine) -> Engine:
    return own_bureau


def notice(database: Session) -> Document:
    return database.exec(select(Document).where(Document.file == DOCUMENT)).one()


def say(engine: Engine, person: Person = EDITOR, **given: str) -> tuple[str, ...]:
    """Correct the bureau's document; what is not given stays."""
    with writing(engine) as database:
        row = notice(database)
        seen = {field: value_of(row, field) for field in FIELDS}
        Reviewer(database, person).correct(row.sha256, {**seen, **given}, seen)
        changed = tuple(field for field in FIELDS if value_of(row, field) != seen[field])
        database.commit()
    return changed


def held(engine: Engine) -> tuple[str, ...]:
    with session(engine) as database:
        return tuple(value_of(notice(database), field) for field in FIELDS)


def test_a_correction_stands_in_the_history_and_is_taken_back(kept: Engine) -> None:
    with writing(kept) as database:
        row = notice(database)
        row.publisher_en = "Yungang Daily"
        database.add(row)
        database.commit()
    before = held(kept)
    say(kept, publisher="云港时报", date="2024-03-06")
    with writing(kept) as database:
        change, (version,) = changes(database)[0]
        fields = {one.field for one in differences(parse(version.before), parse(version.after))}
        Reviewer(database, SHELL).undo(change.id or 0, "看错了")
        database.commit()
        back = notice(database)
        said = corrections_of(database, back.sha256)

    assert (change.actor, change.action) == (EDITOR.name, Action.CORRECT)
    assert fields == {"publisher", "publisher_en", "date", "said"}
    assert held(kept) == before
    assert back.publisher_en == "Yungang Daily"
    # It is read in the document again, and nobody's word.
    assert said == {}
    with session(kept) as database:
        assert [one.action for one, _ in changes(database)[:2]] == [Action.UNDO, Action.CORRECT]
        assert versions(database, change.id or 0) == [version]
        assert all(not id.startswith("document.") for id in latest(database))


def test_of_two_corrections_the_later_is_taken_back_first(kept: Engine) -> None:
    say(kept, title="甲")
    say(kept, title="乙", address="https://yungang.example/1")
    with writing(kept) as database:
        reviewer = Reviewer(database, SHELL)
        with pytest.raises(ConflictError, match="changed again"):
            reviewer.undo(2)
        reviewer.undo(3)
        database.commit()
        assert corrections_of(database, notice(database).sha256).keys() == {"title", "address"}
    # What was asked for and left empty by the first stays said.
    assert held(kept)[0] == "甲"
    assert held(kept)[3] == ""


def test_who_is_late_is_told(kept: Engine) -> None:
    with writing(kept) as database:
        row = notice(database)
        seen = {field: value_of(row, field) for field in FIELDS}
        Reviewer(database, EDITOR).correct(row.sha256, {**seen, "title": "甲"}, seen)
        with pytest.raises(ConflictError, match="in the meantime"):
            Reviewer(database, EDITOR).correct(row.sha256, {**seen, "title": "乙"}, seen)


def test_answers_say_at_once_what_staff_say(kept: Engine) -> None:
    asker = Asker(kept)
    before = asker.ask("低空经济的链长是谁").text
    changed = say(kept, publisher="云港时报", date="2024-03-06")

    after = asker.ask("低空经济的链长是谁").text
    assert changed == ("date", "publisher")
    assert "《云港日报》2024年3月5日" in before.replace(" ", "")
    assert "《云港时报》2024年3月6日" in after.replace(" ", "")


def test_a_later_reading_does_not_lose_it(kept: Engine, tmp_path: Path) -> None:
    say(kept, title="云港产业通报", date="", address="https://yungang.example/1")
    wanted = ("云港产业通报", "", "云港日报", "https://yungang.example/1")
    with writing(kept) as database:
        row = notice(database)
        digest = row.sha256
        row.reader = "older rules"
        database.add(row)
        database.commit()
    folder = tmp_path / "documents"
    notes = folder / "facts" / "documents.toml"
    notes.write_text(notes.read_text("utf-8") + 'title = "别的标题"\npublisher_en = "Daily"\n', "utf-8")
    read = build(kept, folder)
    (folder / "facts" / "documents.toml").write_text(
        f'[notice]\nsha256 = "{digest}"\ntitle = "又一个"\n', "utf-8"
    )
    again = build(kept, folder)

    assert read.read == [DOCUMENT]
    # A title that staff gave is no reason to read a document again.
    assert again.read == []
    assert held(kept) == wanted


def test_it_holds_again_when_a_document_comes_back(kept: Engine, tmp_path: Path) -> None:
    say(kept, title="云港产业通报")
    folder = tmp_path / "documents"
    text = (folder / DOCUMENT).read_bytes()
    (folder / DOCUMENT).unlink()
    (folder / "other.txt").write_text("另一份文件。\n这里什么也没有说。\n", "utf-8")
    build(kept, folder)
    (folder / DOCUMENT).write_bytes(text)
    build(kept, folder)

    assert held(kept)[0] == "云港产业通报"


def test_what_is_left_empty_is_not_asked_for_again(kept: Engine) -> None:
    with session(kept) as database:
        row = notice(database)
        assert missing(row, {}) == ("address",)
    assert say(kept) == ()
    with session(kept) as database:
        row = notice(database)
        assert missing(row, corrections_of(database, row.sha256)) == ()


def test_a_publisher_takes_its_english_name_along(kept: Engine) -> None:
    with writing(kept) as database:
        row = notice(database)
        row.publisher_en = "Yungang Daily"
        database.add(row)
        database.commit()
    say(kept, publisher="云港时报")

    with session(kept) as database:
        assert notice(database).publisher_en == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "  "),
        ("title", "长" * 501),
        ("date", "2024-13-05"),
        ("date", "去年"),
        ("address", "javascript:alert(1)"),
        ("address", "http://"),
        ("address", "https://[bad"),
    ],
)
def test_what_cannot_be_changes_nothing(kept: Engine, field: str, value: str) -> None:
    before = held(kept)
    with pytest.raises(CorrectionError) as error:
        say(kept, EDITOR, **{"publisher": "云港时报", field: value})

    assert error.value.field == field
    assert held(kept) == before


def test_a_viewer_only_looks(kept: Engine) -> None:
    with pytest.raises(NotAllowedError):
        say(kept, Person("看客", StaffRole.VIEWER), title="别的")


def test_a_file_name_is_no_title() -> None:
    row = Document(
        sha256="0" * 64,
        file="in/通稿.txt",
        title="通稿",
        original="一",
        cleaned="一",
        origin=Origin.STAFF,
        read_at=NOW,
        reader="",
    )
    assert "title" in missing(row, {})
    row.cleaned = "通稿\n一"
    assert "title" not in missing(row, {})

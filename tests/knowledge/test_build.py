"""Building: what is published, what is refused, and that a failed build changes nothing."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlmodel import select

from knowledge.build import BuildError, build
from knowledge.database import HEAD, DatabaseUnusableError, KnowledgeError, migration, open_engine, session
from knowledge.models import Document, Evidence, Fact, Passage
from knowledge.publishing import EvidenceError
from knowledge.reviewed import ReviewedError
from tests.bureau import FACTS, TEXT, write_bureau
from tests.databases import execute


def published(engine: Engine) -> set[str]:
    with session(engine) as database:
        return set(database.exec(select(Fact.id)).all())


def changed(id: str, /, **fields: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any field
    facts = deepcopy(FACTS)
    for fact in facts:
        if fact["id"] == id:
            fact.update(fields)
    return facts


@pytest.mark.every_database
def test_publishes_every_fact_whose_document_is_here(bare: Engine, tmp_path: Path) -> None:
    report = build(bare, write_bureau(tmp_path / "documents"))

    assert published(bare) == {fact["id"] for fact in FACTS}
    assert report.published == len(FACTS)
    assert migration(bare) == HEAD


def test_every_evidence_stands_at_its_place(bureau: Engine) -> None:
    with session(bureau) as database:
        rows = database.exec(select(Evidence)).all()
        assert len(rows) == len(FACTS)
        assert all(TEXT[row.start : row.end] == row.quote for row in rows)


def test_reads_the_documents_own_words_about_itself(bureau: Engine) -> None:
    with session(bureau) as database:
        row = database.exec(select(Document)).one()
    assert (row.title, row.publisher, str(row.date)) == ("云港新区产业发展情况通报", "云港日报", "2024-03-05")
    assert (row.page, row.reporter) == ("第2版", "陈立")


def test_a_second_build_changes_nothing(own_bureau: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "documents"

    assert build(own_bureau, folder).unchanged


def test_writes_only_the_fact_that_changed(own_bureau: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    write_bureau(folder, facts=changed("company.haideng", aliases=["海灯"]))

    report = build(own_bureau, folder)

    assert (report.changed, report.read) == (1, [])


@pytest.mark.every_database
def test_a_fact_that_is_gone_is_withdrawn_with_what_rests_on_it(own_bureau: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    gone = {"project.drones", "link.drones-chain", "link.drones-investor"}
    gone |= {"figure.drones-investment", "figure.drones-capacity"}
    write_bureau(folder, facts=[fact for fact in FACTS if fact["id"] not in gone])

    build(own_bureau, folder)

    assert published(own_bureau) == {fact["id"] for fact in FACTS} - gone


def test_another_bureaus_folder_holds_nothing_of_the_shipped_facts(engine: Engine, tmp_path: Path) -> None:
    build(engine, write_bureau(tmp_path / "documents"))

    with session(engine) as database:
        texts = [row.text for row in database.exec(select(Passage)).all()]
    assert published(engine) == {fact["id"] for fact in FACTS}
    assert all(text in TEXT for text in texts)


@pytest.mark.parametrize(
    ("id", "fields", "named"),
    [
        ("figure.xinghe-area", {"value": 501}, "501"),
        ("person.he-jing", {"name": "何静"}, "何静"),
        ("statement.support-actions", {"text": "4项措施。"}, "4"),
        ("post.he-jing-bureau", {"quote": "产业链工作由云港新区投资促进局统筹"}, "何敬"),
    ],
)
def test_a_fact_its_quote_does_not_bear_fails_the_build(
    own_bureau: Engine, tmp_path: Path, id: str, fields: dict[str, Any], named: str
) -> None:
    folder = tmp_path / "documents"
    before = published(own_bureau)
    write_bureau(folder, facts=changed(id, **fields))

    with pytest.raises(EvidenceError) as raised:
        build(own_bureau, folder)

    assert id in str(raised.value)
    assert named in str(raised.value)
    assert published(own_bureau) == before


@pytest.mark.parametrize(
    ("id", "fields", "named"),
    [
        ("figure.xinghe-area", {"qualifier": "perhaps"}, "qualifier"),
        ("figure.xinghe-area", {"colour": "red"}, "colour"),
        ("link.bureau-zone", {"object": "zone.nowhere"}, "zone.nowhere"),
        ("chain.hydrogen", {"id": "chain.low-altitude"}, "twice"),
        ("park.xinghe", {"id": "garden.xinghe"}, "park."),
    ],
)
def test_a_malformed_fact_is_named(
    engine: Engine, tmp_path: Path, id: str, fields: dict[str, Any], named: str
) -> None:
    with pytest.raises(ReviewedError, match=named):
        build(engine, write_bureau(tmp_path / "documents", facts=changed(id, **fields)))


def test_a_folder_that_is_not_there(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="is not there"):
        build(engine, tmp_path / "nowhere")


def test_a_folder_without_documents(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")

    with pytest.raises(BuildError, match=r"picture\.png"):
        build(engine, tmp_path)


def test_a_document_that_cannot_be_read_is_refused_and_the_rest_goes_on(
    engine: Engine, tmp_path: Path
) -> None:
    folder = write_bureau(tmp_path / "documents")
    (folder / "empty.txt").write_bytes(b"")

    report = build(engine, folder)

    assert len(report.refused) == 1
    assert "empty.txt" in report.refused[0]
    assert report.published == len(FACTS)


def test_a_document_taken_away_takes_its_facts_along(own_bureau: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    (folder / "notice.txt").unlink()
    (folder / "other.txt").write_text("海边小镇今天举行了一场赛龙舟,吸引了许多人前来观看。", encoding="utf-8")

    report = build(own_bureau, folder)

    assert report.removed == ["notice.txt"]
    assert published(own_bureau) == set()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "investbot.db").write_text("this is a letter, not a database, and a long one at that" * 40)

    with pytest.raises(DatabaseUnusableError, match="not a database"):
        open_engine(f"sqlite:///{tmp_path / 'investbot.db'}")


def test_an_address_that_is_none() -> None:
    with pytest.raises(DatabaseUnusableError, match="DATABASE_URL"):
        open_engine("somewhere")


def test_a_database_of_a_newer_version(engine: Engine, tmp_path: Path) -> None:
    build(engine, write_bureau(tmp_path / "documents"))
    execute(tmp_path / "investbot.db", "update alembic_version set version_num = '9999'")

    with pytest.raises(KnowledgeError, match="newer version"):
        build(engine, tmp_path / "documents")


def test_the_known_head_is_alembics(tmp_path: Path) -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    import knowledge.migrations

    config = Config()
    config.set_main_option("script_location", str(Path(knowledge.migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


@pytest.mark.every_database
def test_the_migrations_make_what_the_models_say(bare: Engine, tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext
    from sqlmodel import SQLModel

    build(bare, write_bureau(tmp_path / "documents"))
    second = create_engine(bare.url)
    with second.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    second.dispose()
    assert differences == []


def test_a_document_that_is_read_again_keeps_the_evidence_of_its_facts(
    own_bureau: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "documents"
    with session(own_bureau) as database:
        before = sorted((row.fact_id, row.start, row.quote) for row in database.exec(select(Evidence)).all())

    monkeypatch.setattr("knowledge.intake.reading_rules", lambda: "other rules")
    monkeypatch.setattr("knowledge.build.reading_rules", lambda: "other rules")
    report = build(own_bureau, folder)

    assert report.read
    with session(own_bureau) as database:
        after = sorted((row.fact_id, row.start, row.quote) for row in database.exec(select(Evidence)).all())
    assert before
    assert after == before

"""Reviewed facts as a bureau's own people write them: by the names of files and quotes, and with mistakes."""

import dataclasses
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.forms import fields_of
from knowledge.models import Kind
from knowledge.models.entity import OrganizationForm, ParkForm, ProjectStatus
from knowledge.models.figure import Nature, Qualifier
from knowledge.models.link import Relation
from knowledge.models.post import Role
from knowledge.publishing import EvidenceError
from knowledge.reviewed import DocumentNote, ReviewedError

TEXT = """云港新区产业发展情况通报
来源:《云港日报》2024年3月5日第2版

云港新区的星河航空产业园占地500亩。
园区还在扩建,园区欢迎来访。
"""
DOCUMENTS = '[notice]\nfile = "notice.txt"\ntitle = "通报"\ndate = "2024-03-05"\n'
ZONE = """
[[zone]]
id = "zone.yungang"
name = "云港新区"
home = true
evidence = [{ document = "notice", quote = "云港新区的星河航空产业园" }]
"""
PARK = """
[[park]]
id = "park.xinghe"
name = "星河航空产业园"
form = "park"
evidence = [{ document = "notice", quote = "星河航空产业园占地500亩" }]

[[figure]]
id = "figure.xinghe-area"
subject = "park.xinghe"
topic = "area"
label = "占地"
value = 500
unit = "亩"
qualifier = "exact"
nature = "actual"
evidence = [{ document = "notice", quote = "星河航空产业园占地500亩" }]
"""


def write(folder: Path, facts: str = ZONE + PARK, documents: str = DOCUMENTS, text: str = TEXT) -> Path:
    (folder / "facts").mkdir(parents=True, exist_ok=True)
    (folder / "notice.txt").write_text(text, encoding="utf-8")
    (folder / "facts" / "documents.toml").write_text(documents, encoding="utf-8")
    (folder / "facts" / "facts.toml").write_text(facts, encoding="utf-8")
    return folder


def test_a_file_by_its_name_and_a_place_by_its_words(engine: Engine, tmp_path: Path) -> None:
    folder = write(tmp_path / "documents")
    assert build(engine, folder).published == 3

    source = Asker(engine).ask("星河航空产业园占地多少").sources[0]
    assert TEXT[source.start : source.end] == source.quote == "星河航空产业园占地500亩"

    # The same facts stand where the document was edited, and its places moved.
    assert build(engine, write(folder, text=TEXT.replace("来源", "前言一行。\n来源"))).published == 3


def test_facts_whose_document_was_edited_are_not_lost_in_silence(engine: Engine, tmp_path: Path) -> None:
    report = build(engine, write(tmp_path / "documents", documents=f'[notice]\nsha256 = "{"0" * 64}"\n'))

    assert report.baseless == ["figure.xinghe-area", "park.xinghe", "zone.yungang"]
    assert "Not published: 3 facts whose documents are not here" in report.describe()


@pytest.mark.parametrize(
    ("facts", "documents", "named"),
    [
        (ZONE.replace('"notice"', '"notcie"'), DOCUMENTS, r"facts.toml: zone.yungang.*'notcie'.*notice"),
        (ZONE.replace("[[zone]]", "[zone]"), DOCUMENTS, r"write \[\[zone\]\] with two brackets"),
        (ZONE, DOCUMENTS + 'author = "陈立"\n', r"\[notice\] has no 'author'; allowed"),
        (ZONE, DOCUMENTS.replace("notice.txt", "notes.txt"), r"'notes.txt'.*There is: notice.txt"),
        (ZONE, DOCUMENTS.replace("2024-03-05", "5.3.2024"), r"'5.3.2024' is not written as 2024-03-05"),
        (ZONE, '[notice]\ntitle = "通报"\n', r"names no document; add file"),
        (ZONE, 'notice = "notice.txt"\n', r"is no section"),
        (ZONE.replace("云港新区的星河", "云港新区和星河"), DOCUMENTS, r"星河航空产业园» is not in"),
        (ZONE.replace("云港新区的星河航空产业园", "园区"), DOCUMENTS, r"stands 2 times .* add start and end"),
        (ZONE + PARK.replace('nature = "actual"', 'nature = "actual"\nperiod = "March"'), DOCUMENTS,
         r"figure.xinghe-area: period: 'March' is not written as 2024, 2024-Q1"),
        (ZONE.replace('{ document = "notice", quote = "云港新区的星河航空产业园" }', '"notice"'), DOCUMENTS,
         r"an evidence needs a document"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file_and_what_to_do(
    engine: Engine, tmp_path: Path, facts: str, documents: str, named: str
) -> None:
    with pytest.raises(ReviewedError, match=named):
        build(engine, write(tmp_path / "documents", facts, documents))


def test_a_name_that_the_document_does_not_have_may_be_an_alias(engine: Engine, tmp_path: Path) -> None:
    facts = ZONE + PARK.replace('name = "星河航空产业园"', 'name = "星河园"')

    with pytest.raises(
        EvidenceError, match=r"in notice.txt does not hold the name 星河园, nor any of its aliases"
    ):
        build(engine, write(tmp_path / "documents", facts))


def test_the_guide_names_every_kind_field_and_choice() -> None:
    guide = Path("docs/facts.md").read_text(encoding="utf-8")
    choices = (Relation, ParkForm, OrganizationForm, ProjectStatus, Nature, Qualifier, Role)
    fields = {name.removesuffix("_id") for kind in Kind for name in fields_of(kind)}

    assert [kind for kind in Kind if f"`{kind}`" not in guide] == []
    assert sorted(field for field in fields if f"`{field}" not in guide) == []
    assert [one for choice in choices for one in choice if one.value not in guide] == []
    for name in (field.name for field in dataclasses.fields(DocumentNote)):
        assert f"{name} = " in guide

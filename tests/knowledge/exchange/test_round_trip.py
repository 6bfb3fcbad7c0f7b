"""Whatever a fact holds, it comes back from a workbook as it was, and an edit changes what was edited."""

import datetime as dt
import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from knowledge.database import open_engine, writing
from knowledge.entries import Entry
from knowledge.exchange import RowState
from knowledge.exchange.cells import CUT
from knowledge.history import latest
from knowledge.intake import take_in
from knowledge.models import Action
from knowledge.models.entity import OrganizationForm, ParkForm
from knowledge.models.figure import Nature, Qualifier
from knowledge.models.link import Relation
from knowledge.people import SHELL
from knowledge.publishing import Edit, apply
from knowledge.reading.load import Loaded
from knowledge.review import Reviewer
from knowledge.unseen import visible
from tests.databases import database_url
from tests.knowledge.exchange.books import change_cells, export, plan, problems, tables, take

# Anything that a database takes: also what a workbook cannot hold as it is.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
odd = st.sampled_from(["=1+1", "+1", "@x", "_x000D_", "a\r\nb", " x ", "1", "2024-01-02", "是", "TRUE"])
free = texts | odd
said = free.map(visible).filter(lambda text: bool(text.strip()))
days = st.dates(dt.date(1900, 3, 1), dt.date(2999, 12, 31)).map(dt.date.isoformat)
# The third has seventeen digits, one more than a workbook keeps of a number.
values = st.floats(1, 1e15, allow_nan=False) | st.integers(0, 10**12).map(float) | st.just(1330159230928.3845)

common = {
    "as_of": st.none() | days,
    "valid_from": st.none() | days,
    "valid_to": st.none() | days,
    "keywords": free,
    "owner": free,
    "confirmed_on": st.none() | days,
}


def facts(kind: str, number: int, **own: Any) -> st.SearchStrategy[Entry]:  # noqa: ANN401 - strategies
    fields = {**own, **common, "aliases": st.lists(said.map(str.strip), max_size=3, unique=True)}
    if kind in {"figure", "link", "statement"}:
        fields.pop("aliases")
    return st.fixed_dictionaries(fields).map(
        lambda drawn: {"kind": kind, "id": f"{kind}.n{number}", "published": True, **drawn}
    )


names = said.map(str.strip)
bureau_facts = st.tuples(
    facts("park", 0, name=names, name_en=free, form=st.sampled_from(ParkForm)),
    facts("organization", 1, name=names, form=st.sampled_from(OrganizationForm)),
    facts("signing", 2, name=names, date=days),
    facts("policy", 3, name=names, issued_here=st.booleans()),
    facts("chain", 4, name=names, position=st.integers(0, 99)),
    facts(
        "figure",
        5,
        subject_id=st.just("park.n0"),
        of_id=st.none() | st.just("chain.n4"),
        topic=said,
        label=said,
        value=values,
        unit=free,
        qualifier=st.sampled_from(Qualifier),
        nature=st.sampled_from(Nature),
        period=st.sampled_from(["", "2021", "2021-Q1", "2021-01", "2021-01-28.."]),
    ),
    facts(
        "link",
        6,
        subject_id=st.just("park.n0"),
        relation=st.sampled_from(Relation),
        object_id=st.just("organization.n1"),
        note=free,
    ),
    facts(
        "statement",
        7,
        subject_id=st.just("signing.n2"),
        topic=said,
        text=said,
        about=st.sampled_from(["", "park.n0", "park.n0\npolicy.n3"]),
    ),
)


def publish(engine: Engine, drawn: tuple[Entry, ...]) -> None:
    """Facts that rest on one document; retired, so that it need not bear them."""
    text = "云港新区的一份通报,\n讲的是各种各样的事。\n" * 3
    loaded = Loaded(text, name="notes 1-2.txt", sha256=hashlib.sha256(text.encode()).hexdigest())
    with writing(engine) as database:
        take_in(database, "notes 1-2.txt", loaded)
        evidence = [
            {"document": loaded.sha256, "start": 3, "end": 16},
            {"document": loaded.sha256, "start": 0, "end": 4},
        ]
        edits = [Edit(fact["id"], {**fact, "evidence": evidence, "published": False}) for fact in drawn]
        apply(database, edits, actor="test", action=Action.PUBLISH)
        database.commit()


# A simpler example is not worth minutes: what failed is printed.
QUICKLY = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(
    max_examples=12, phases=QUICKLY, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(drawn=bureau_facts, language=st.sampled_from(["zh", "en"]))
def test_what_comes_back_is_what_went_out(
    empty_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    drawn: tuple[Entry, ...],
    language: str,
) -> None:
    path = shutil.copytree(empty_home, tmp_path_factory.mktemp("trip"), dirs_exist_ok=True)
    engine = open_engine(database_url(path / "investbot.db"))
    try:
        publish(engine, drawn)
        before = tables(engine)
        content = export(engine, language)

        assert plan(engine, content).counts[RowState.UNCHANGED] == len(drawn)
        assert take(engine, content) is None
        assert tables(engine) == before
    finally:
        engine.dispose()


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(name=st.text("abcé云港 =+@1", min_size=1, max_size=12).filter(lambda text: bool(text.strip(" =+@"))))
def test_an_edit_changes_what_was_edited_and_undoing_brings_it_back(here: Engine, name: str) -> None:
    with writing(here) as database:
        before = latest(database)
    wanted = "x" + name
    content = change_cells(export(here), "企业", "company.haideng", 英文名称=wanted)

    change = take(here, content)

    with writing(here) as database:
        after = latest(database)
        assert {id for id in after if after[id].entry != before[id].entry} == {"company.haideng"}
        assert (after["company.haideng"].entry or {})["name_en"] == wanted.strip()
        assert change is not None
        Reviewer(database, SHELL).undo(change.id or 0)
        database.commit()
        undone = latest(database)
    assert {id: held.entry for id, held in undone.items()} == {id: held.entry for id, held in before.items()}


@pytest.mark.every_database
def test_what_is_too_long_for_a_cell_comes_back_and_cannot_be_edited_there(here: Engine) -> None:
    aliases = ["长" * 300 + str(number) for number in range(200)]
    with writing(here) as database:
        entry = latest(database, ["company.haideng"])["company.haideng"].entry or {}
        Reviewer(database, SHELL).edit({**entry, "keywords": "词" * 40_000, "aliases": aliases}, 1)
        database.commit()
    before = tables(here)
    content = export(here)

    assert take(here, content) is None
    assert tables(here) == before
    ((_, _, field, _, key),) = problems(
        plan(here, change_cells(content, "企业", "company.haideng", 关键词="x" + CUT))
    )
    assert (field, key) == ("keywords", "too_long")

"""With two persons, nothing that investors are told changes by one alone."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from knowledge.corrections import FIELDS, value_of
from knowledge.database import session, writing
from knowledge.entries import Entry
from knowledge.exchange import apply_plan, export_workbook, plan_import
from knowledge.history import changes, latest
from knowledge.models import Action, Document, Draft, DraftState, StaffRole
from knowledge.people import SHELL, Person
from knowledge.review import Decided, Reviewer, ReviewError, waiting_drafts
from tests.knowledge.exchange.books import change_cells

ONE, TWO = Person("甲", StaffRole.PUBLISHER), Person("乙", StaffRole.PUBLISHER)
ID = "statement.xinghe-location"
WORDS = "星河航空产业园位于北岸大道。"
TODAY = dt.date(2026, 3, 3)

Deed = Callable[[Session, Reviewer], Decided]


def entry(database: Session, id: str = ID) -> Entry:
    return latest(database, [id])[id].entry or {}


def edit(database: Session, reviewer: Reviewer) -> Decided:
    return reviewer.edit({**entry(database), "text": WORDS}, 1, "更准")


def retire(database: Session, reviewer: Reviewer) -> Decided:
    return reviewer.retire(["park.lanwan"], "更准", with_dependents=True)


def take(database: Session, reviewer: Reviewer) -> Decided:
    content = change_cells(export_workbook(database, "zh"), "园区载体", "park.xinghe", 类型="基地")
    content = change_cells(content, "园区载体", "park.lanwan", 类型="平台")
    return apply_plan(database, plan_import(database, content), reviewer, reason="更准")


def correct(database: Session, reviewer: Reviewer) -> Decided:
    row = database.exec(select(Document)).one()
    seen = {field: value_of(row, field) for field in FIELDS}
    return reviewer.correct(row.sha256, {**seen, "publisher": "云港时报"}, seen, "更准")


def undo(database: Session, reviewer: Reviewer) -> Decided:
    other = Reviewer(database, SHELL).edit({**entry(database), "text": WORDS}, 1)
    assert other.change is not None
    return reviewer.undo(other.change.id or 0, "更准")


def told(database: Session) -> tuple[dict[str, Entry | None], list[str]]:
    """All that investors are told: facts, and what is said of documents."""
    documents = database.exec(select(Document)).all()
    said = [value_of(row, field) for row in documents for field in FIELDS]
    return {id: held.entry for id, held in latest(database).items()}, said


@pytest.mark.parametrize(
    ("deed", "action"),
    [
        (edit, Action.EDIT),
        (retire, Action.RETIRE),
        (take, Action.IMPORT),
        (correct, Action.CORRECT),
        (undo, Action.UNDO),
    ],
)
def test_one_proposes_and_another_accepts(own_bureau: Engine, deed: Deed, action: Action) -> None:
    with writing(own_bureau) as database:
        one, two = (Reviewer(database, person, two_persons=True) for person in (ONE, TWO))
        before = None if deed is undo else told(database)
        decided = deed(database, one)
        between = told(database)
        drafts = [draft.id or 0 for draft in decided.second]
        with pytest.raises(ReviewError, match="second person"):
            one.accept(drafts[:1])
        made = two.accept(drafts[:1]).change

        assert decided.change is None
        assert drafts
        assert before in (None, between)
        assert told(database) != between
        assert made is not None
        assert (made.actor, made.action, made.reason) == (TWO.name, action, "更准")
        # All that was proposed together is one change.
        assert waiting_drafts(database) == []
        assert len(changes(database)[0][1]) == len(drafts)
        if deed is undo:
            assert made.undoes == changes(database)[1][0].id
            assert WORDS not in str(entry(database))


def test_what_was_proposed_together_is_rejected_together(own_bureau: Engine) -> None:
    with writing(own_bureau) as database:
        one, two = (Reviewer(database, person, two_persons=True) for person in (ONE, TWO))
        drafts = [draft.id or 0 for draft in retire(database, one).second]
        two.reject(drafts[-1:])

        assert len(drafts) > 1
        states = {database.get_one(Draft, id).state for id in drafts}
        assert states == {DraftState.REJECTED}


def test_who_confirms_or_takes_back_their_own_needs_nobody(own_bureau: Engine) -> None:
    with writing(own_bureau) as database:
        one, two = (Reviewer(database, person, two_persons=True) for person in (ONE, TWO))
        confirmed = one.confirm(ID, TODAY)
        accepted = two.accept([draft.id or 0 for draft in retire(database, one).second]).change
        assert accepted is not None
        with_another = one.undo(accepted.id or 0)
        alone = two.undo(accepted.id or 0)

        assert confirmed.change is not None
        assert with_another.second
        assert alone.change is not None
        assert entry(database, "park.lanwan")["published"]


def test_an_editor_corrects_at_once_where_one_is_enough(own_bureau: Engine) -> None:
    with writing(own_bureau) as database:
        editor = Reviewer(database, Person("丙", StaffRole.EDITOR))
        assert correct(database, editor).change is not None
        assert edit(database, editor).second


def test_nothing_is_proposed_that_could_not_be(own_bureau: Engine) -> None:
    with session(own_bureau) as database:
        one = Reviewer(database, ONE, two_persons=True)
        same = one.edit(entry(database), 1)
        assert (same.change, same.second) == (None, [])

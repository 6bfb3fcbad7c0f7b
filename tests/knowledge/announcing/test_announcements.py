"""Announcements and their messages on a real database: who is told, once, and what becomes of it."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from knowledge.announcing import announcements, pushes, release
from knowledge.announcing.announcements import PICTURES, announce, cancel, correct, dismiss, recall
from knowledge.announcing.content import Content, Told
from knowledge.announcing.errors import AnnouncementError
from knowledge.announcing.pushes import Job, Outcome
from knowledge.announcing.reports import progress_by, report, total
from knowledge.announcing.subscriptions import change, set_interest, subscribe
from knowledge.asking.answer import Language, Source
from knowledge.asking.signings import Particulars
from knowledge.database import session, snapshot, writing
from knowledge.models import Announcement, AnnouncementState, Mention, Pace, Push, PushState, StaffRole
from knowledge.people import NotAllowedError, Person

NOW = dt.datetime(2026, 11, 26, 4, 0, tzinfo=dt.UTC)
MORNING = NOW + dt.timedelta(days=1)
ANNA = Person("Anna", StaffRole.PUBLISHER)
Found = TypeVar("Found")

ONE, TWO = "signing.one", "signing.two"


def content(title: str = "仪式", *entities: str, investment: float = 0) -> Content:
    source = Source("简报", "a.txt", "云港日报", "", dt.date(2026, 11, 25), "2", "举行仪式", 0, 4)
    particulars = Particulars(title, "", "2026年11月25日", (), (), 0, ())
    told = {one: Told(title, ("12个项目",), source, "来源：《云港日报》", particulars) for one in Language}
    return Content(told, entities, investment)


def people(engine: Engine, count: int, pace: Pace = Pace.AT_ONCE, quiet: str = "") -> None:
    """So many subscribers, `telegram:00`, `telegram:01`, …; in UTC."""
    with writing(engine) as database:
        for number in range(count):
            subscribe(database, f"telegram:{number:02}", "zh-Hans", "UTC", NOW)
            change(database, f"telegram:{number:02}", NOW, pace=pace, quiet=quiet)
        database.commit()


def do(engine: Engine, deed: Callable[[Session], Found]) -> Found:
    with writing(engine) as database:
        found = deed(database)
        database.commit()
    return found


def tell(engine: Engine, signing: str = ONE, said: Content | None = None, now: dt.datetime = NOW) -> int:
    """Announce a signing; its announcement's number."""
    return do(engine, lambda database: announce(database, signing, said or content(), ANNA, now).id or 0)


def plan(engine: Engine, now: dt.datetime = NOW) -> None:
    while do(engine, lambda database: release.release(database, now)):
        pass


def take(engine: Engine, now: dt.datetime = NOW, limit: int = 100) -> list[Job]:
    return do(engine, lambda database: pushes.take(database, "telegram", now, limit))


def settle(
    engine: Engine,
    jobs: list[Job],
    state: PushState = PushState.SENT,
    now: dt.datetime = NOW,
    reason: str = "",
) -> None:
    """Write down what became of messages; who has one knows it by its chat."""
    outcomes = [Outcome(job, state, message=f"m{job.chat}", reason=reason) for job in jobs]
    do(engine, lambda database: pushes.settle(database, outcomes, now))


def held(engine: Engine, id: int) -> Announcement:
    with session(engine) as database:
        return announcements.find_announcement(database, id)


def counted(engine: Engine, id: int, now: dt.datetime = NOW) -> tuple[int, int, int]:
    """Sent, due, later."""
    with session(engine) as database:
        found = report(database, announcements.find_announcement(database, id), now)
    return found.progress.sent, found.due, found.later


def test_announced_twice_is_sent_once(engine: Engine) -> None:
    people(engine, 3)
    first = tell(engine)
    with pytest.raises(AnnouncementError, match=r"already .* by Anna"):
        tell(engine)
    plan(engine)
    with pytest.raises(AnnouncementError, match="already"):
        tell(engine)
    plan(engine)

    jobs = take(engine)
    assert sorted(job.chat for job in jobs) == ["telegram:00", "telegram:01", "telegram:02"]
    assert {one.id for job in jobs for one in job.mentions} == {first}
    assert take(engine) == []


def test_two_who_announce_at_once_make_one_announcement(engine: Engine) -> None:
    people(engine, 2)

    def press(_: int) -> bool:
        try:
            tell(engine)
        except AnnouncementError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(8))) == 1
    plan(engine)
    assert len(take(engine)) == 2


def test_only_a_publisher_may(engine: Engine) -> None:
    editor = Person("Ed", StaffRole.EDITOR)
    id = tell(engine)
    deeds: list[Callable[[Session], object]] = [
        lambda database: announce(database, TWO, content(), editor, NOW),
        lambda database: dismiss(database, TWO, content(), editor, NOW),
        lambda database: cancel(database, id, editor, NOW),
        lambda database: correct(database, id, content("x"), editor, NOW),
        lambda database: recall(database, id, editor, NOW),
        lambda database: announcements.send_again(database, id, editor, NOW),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowedError):
            do(engine, deed)
    with session(engine) as database:
        assert [(row.id, row.revision, row.state) for row in database.exec(select(Announcement)).all()] == [
            (id, 1, AnnouncementState.SCHEDULED)
        ]


def test_scheduled_it_waits_and_can_be_cancelled_until_then(engine: Engine) -> None:
    people(engine, 2)
    with pytest.raises(AnnouncementError, match="past"):
        do(engine, lambda database: announce(database, ONE, content(), ANNA, NOW, at=NOW))
    row = do(engine, lambda database: announce(database, ONE, content(), ANNA, NOW, at=MORNING))
    plan(engine)
    assert take(engine) == []
    assert counted(engine, row.id or 0) == (0, 0, 2)

    assert do(engine, lambda database: cancel(database, row.id or 0, ANNA, NOW)) == 0
    plan(engine, MORNING)
    assert take(engine, MORNING) == []
    with pytest.raises(AnnouncementError, match="cancelled already"):
        do(engine, lambda database: cancel(database, row.id or 0, ANNA, NOW))


def test_cancelled_halfway_and_announced_again_nobody_is_told_twice(engine: Engine) -> None:
    people(engine, 6)
    id = tell(engine)
    plan(engine)
    begun = take(engine, limit=4)
    settle(engine, begun[:2])
    settle(engine, begun[3:], PushState.FAILED, reason="Bad Request")
    cancelled = do(engine, lambda database: cancel(database, id, ANNA, NOW))
    settle(engine, begun[2:3])

    with session(engine) as database:
        beside = announcements.heard_by(database, ONE)
        anew = release.audience(database, content(), NOW, beside=beside)
    again = tell(engine)
    plan(engine)
    second = take(engine)

    assert cancelled == 2
    assert beside == again == id
    # Who has it, who was being sent it, and for whom it failed, which is sent again by itself alone.
    assert anew.all == 2
    assert {job.chat for job in begun}.isdisjoint(job.chat for job in second)
    assert len(second) == 2
    settle(engine, second)
    assert counted(engine, id) == (5, 0, 0)
    assert do(engine, lambda database: announcements.send_again(database, id, ANNA, NOW)) == 1
    assert [job.chat for job in take(engine)] == [begun[3].chat]


def test_what_everybody_has_cannot_be_cancelled(engine: Engine) -> None:
    people(engine, 1)
    id = tell(engine)
    plan(engine)
    settle(engine, take(engine))

    with pytest.raises(AnnouncementError, match="can be recalled"):
        do(engine, lambda database: cancel(database, id, ANNA, NOW))


def test_cancelled_in_a_digest_the_other_stays(engine: Engine) -> None:
    people(engine, 2, Pace.DAILY)
    first, second = tell(engine), tell(engine, TWO)
    plan(engine)
    do(engine, lambda database: cancel(database, first, ANNA, NOW))

    jobs = take(engine, MORNING)
    assert [[one.id for one in job.mentions] for job in jobs] == [[second], [second]]
    settle(engine, jobs)
    assert tell(engine) == first
    plan(engine)
    again = take(engine, MORNING + dt.timedelta(days=1))
    assert [[one.id for one in job.mentions] for job in again] == [[first], [first]]


def test_a_correction_reaches_what_was_on_its_way(engine: Engine) -> None:
    people(engine, 3)
    id = tell(engine)
    plan(engine)
    sent, flying = take(engine, limit=1), take(engine, limit=1)
    settle(engine, sent)
    with pytest.raises(AnnouncementError, match="what the facts say now"):
        do(engine, lambda database: correct(database, id, content(), ANNA, NOW))
    changed = do(engine, lambda database: correct(database, id, content("新名称"), ANNA, NOW))
    settle(engine, flying)

    jobs = {job.chat: job for job in take(engine)}
    assert changed == 1
    assert [jobs[one.chat].message for one in (*sent, *flying)] == ["mtelegram:00", "mtelegram:01"]
    assert jobs["telegram:02"].message == ""
    assert all("新名称" in one.content for job in jobs.values() for one in job.mentions)
    settle(engine, list(jobs.values()))
    assert take(engine) == []


def test_a_recall_takes_back_what_was_sent_and_stops_the_rest(engine: Engine) -> None:
    people(engine, 3)
    id = tell(engine)
    plan(engine)
    settle(engine, take(engine, limit=2))

    assert do(engine, lambda database: recall(database, id, ANNA, NOW)) == 2
    jobs = take(engine)
    assert [(job.message, job.standing) for job in jobs] == [("mtelegram:00", False), ("mtelegram:01", False)]
    settle(engine, jobs)
    assert take(engine) == []
    with pytest.raises(AnnouncementError, match="recalled already"):
        do(engine, lambda database: recall(database, id, ANNA, NOW))
    with pytest.raises(AnnouncementError, match="recalled already"):
        do(engine, lambda database: cancel(database, id, ANNA, NOW))


def test_recalled_out_of_a_digest_the_other_stands(engine: Engine) -> None:
    people(engine, 1, Pace.DAILY)
    first, second = tell(engine), tell(engine, TWO)
    plan(engine)
    settle(engine, take(engine, MORNING), now=MORNING)
    do(engine, lambda database: recall(database, first, ANNA, MORNING))

    (job,) = take(engine, MORNING)
    states = {one.id: one.state for one in job.mentions}
    assert states == {first: AnnouncementState.RECALLED, second: AnnouncementState.RELEASED}
    assert job.standing
    assert job.message == "mtelegram:00"


def test_recalled_a_signing_can_be_announced_anew(engine: Engine) -> None:
    people(engine, 1)
    first = tell(engine)
    plan(engine)
    settle(engine, take(engine))
    do(engine, lambda database: recall(database, first, ANNA, NOW))
    settle(engine, take(engine))
    second = tell(engine)
    plan(engine)

    assert second != first
    (job,) = take(engine)
    assert (job.message, [one.id for one in job.mentions]) == ("", [second])


def test_a_release_goes_on_after_a_crash_between_portions(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "PORTION", 2)
    people(engine, 5)
    id = tell(engine)
    assert do(engine, lambda database: release.release(database, NOW))
    with writing(engine) as database:
        assert release.release(database, NOW)
        # It ends here: what was not committed is not there.
    assert held(engine, id).planned == "telegram:01"
    assert counted(engine, id) == (0, 5, 0)
    with writing(engine) as database:
        # Whoever subscribes before its place is not looked at again; after it, they are.
        for chat in ("telegram:000", "telegram:99"):
            subscribe(database, chat, "en", "UTC", NOW)
            change(database, chat, NOW, quiet="")
        database.commit()
    plan(engine)

    chats = [job.chat for job in take(engine)]
    assert sorted(chats) == [f"telegram:{number:02}" for number in (0, 1, 2, 3, 4, 99)]
    assert held(engine, id).state is AnnouncementState.RELEASED


def test_the_audience_is_who_is_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "PORTION", 2)
    people(engine, 7)
    said = content("仪式", "chain.a", investment=5e8)

    def choose(database: Session) -> None:
        change(database, "telegram:00", NOW, pace=Pace.DAILY, language="en")
        change(database, "telegram:01", NOW, quiet="03:00-05:00")
        change(database, "telegram:02", NOW, least=1e9)
        set_interest(database, "telegram:03", "chain.b", True)
        set_interest(database, "telegram:04", "chain.a", False)
        set_interest(database, "telegram:05", "chain.a", True)

    do(engine, choose)
    with session(engine) as database:
        found = release.audience(database, said, NOW)
    id = tell(engine, said=said)
    plan(engine)

    assert (found.now, found.later, found.digest) == (2, 1, 1)
    assert found.languages == {"zh-Hans": 3, "en": 1}
    assert counted(engine, id) == (0, 2, 2)
    with session(engine) as database:
        mentioned = database.exec(select(Mention.chat).order_by(col(Mention.chat))).all()
    assert mentioned == ["telegram:00", "telegram:01", "telegram:05", "telegram:06"]


def test_progress_is_told_before_everybody_is_written_down_and_after(engine: Engine) -> None:
    people(engine, 5)
    id = tell(engine)
    assert counted(engine, id) == (0, 5, 0)
    with session(engine) as database:
        assert total(database, NOW).waiting == 5
    plan(engine)
    jobs = take(engine)
    settle(engine, jobs[:2])
    settle(engine, jobs[2:3], PushState.BLOCKED)
    settle(engine, jobs[3:4], PushState.FAILED, reason="Bad Request")

    with session(engine) as database:
        found = report(database, held(engine, id), NOW)
        assert found.failures == {"Bad Request": 1}
        assert (found.progress.sent, found.progress.blocked, found.progress.failed) == (2, 1, 1)
        assert found.progress == total(database, NOW) == progress_by(database, [id])[id]
        assert found.progress.waiting == found.due == 1


def test_nobody_is_counted_twice_who_is_written_down_meanwhile(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(engine, 3)
    id = tell(engine)

    def meanwhile(database: Session, announcement: int | None = None) -> pushes.Progress:
        plan(engine)
        return pushes.progress(database, announcement)

    monkeypatch.setattr("knowledge.announcing.reports.progress", meanwhile)
    with snapshot(engine) as database:
        found = report(database, announcements.find_announcement(database, id), NOW)

    assert found.progress.waiting == found.due == 3


def test_failed_are_sent_again_alone(engine: Engine) -> None:
    people(engine, 3)
    id = tell(engine)
    plan(engine)
    jobs = take(engine)
    settle(engine, jobs[:1])
    settle(engine, jobs[1:2], PushState.BLOCKED)
    settle(engine, jobs[2:], PushState.FAILED)
    do(engine, lambda database: database.add(replaced(database, id, reported=1)))

    assert do(engine, lambda database: announcements.send_again(database, id, ANNA, NOW)) == 1
    assert [job.chat for job in take(engine)] == [jobs[2].chat]
    assert held(engine, id).reported == 0
    with pytest.raises(AnnouncementError, match="has failed"):
        do(engine, lambda database: announcements.send_again(database, id, ANNA, NOW))


def replaced(database: Session, id: int, **values: int) -> Announcement:
    return announcements.find_announcement(database, id).sqlmodel_update(values)


def test_dismissed_it_is_not_waiting_and_can_still_be_announced(engine: Engine) -> None:
    people(engine, 1)
    do(engine, lambda database: dismiss(database, ONE, content(), ANNA, NOW))
    plan(engine)
    assert take(engine) == []
    with pytest.raises(AnnouncementError, match="decided on"):
        do(engine, lambda database: dismiss(database, ONE, content(), ANNA, NOW))
    tell(engine)
    plan(engine)
    assert len(take(engine)) == 1


def test_an_announcement_is_found_by_number_and_by_signing(engine: Engine) -> None:
    id = tell(engine)
    with session(engine) as database:
        assert announcements.look_up(database, str(id)).id == announcements.look_up(database, ONE).id == id
        for name in ("99", TWO, "9" * 30, ""):
            with pytest.raises(AnnouncementError):
                announcements.look_up(database, name)


def test_a_digest_of_what_is_said_differs_where_it_does() -> None:
    said = content("仪式", "chain.a", investment=1)
    others = [content("仪式", "chain.a", investment=2), content("典礼", "chain.a", investment=1)]

    assert Content.decode(said.encode()) == said
    assert len({one.digest for one in (said, *others)}) == 3
    assert Content.decode(said.encode()).digest == said.digest
    assert replace(said).digest == said.digest


def test_a_picture_is_kept(engine: Engine) -> None:
    row = do(engine, lambda database: announce(database, ONE, content(), ANNA, NOW, picture=PICTURES[1]))
    assert held(engine, row.id or 0).picture == "signing"


def test_pushes_of_a_cancelled_announcement_are_not_counted(engine: Engine) -> None:
    people(engine, 2)
    id = tell(engine)
    plan(engine)
    do(engine, lambda database: cancel(database, id, ANNA, NOW))

    assert counted(engine, id) == (0, 0, 0)
    with session(engine) as database:
        assert {row.state for row in database.exec(select(Push)).all()} == {PushState.CANCELLED}

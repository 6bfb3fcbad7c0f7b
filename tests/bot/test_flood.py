"""Flood control: what one person is answered in a time, and what waited is no flood."""

from bot.flood import FloodControl, Verdict, Written

MESSAGES, SECONDS = 3, 60


def flood(now: list[float]) -> FloodControl:
    return FloodControl(MESSAGES, SECONDS, clock=lambda: now[0])


def test_so_many_are_answered_then_one_notice_then_silence() -> None:
    now = [0.0]
    control = flood(now)

    verdicts = [control.judge(1) for _ in range(MESSAGES + 2)]
    now[0] += SECONDS

    assert verdicts == [Verdict.ANSWER] * MESSAGES + [Verdict.NOTICE, Verdict.SILENCE]
    assert control.judge(1) is Verdict.ANSWER


def test_messages_that_waited_through_an_outage_are_all_answered() -> None:
    control = flood([0.0])

    # Written two minutes apart, and read all at once.
    verdicts = {control.judge(1, Written(number, 1_000.0 + 120 * number)) for number in range(30)}

    assert verdicts == {Verdict.ANSWER}


def test_messages_written_in_a_flood_are_one_however_late_they_are_read() -> None:
    now = [0.0]
    control = flood(now)

    verdicts = []
    for number in range(MESSAGES + 2):
        verdicts.append(control.judge(1, Written(number, 1_000.0 + number)))
        now[0] += 10 * SECONDS

    assert verdicts == [Verdict.ANSWER] * MESSAGES + [Verdict.NOTICE, Verdict.SILENCE]


def test_a_message_that_comes_again_counts_once_and_an_edited_one_anew() -> None:
    control = flood([0.0])

    again = [control.judge(1, Written(7, 1_000.0)) for _ in range(10)]
    edited = [control.judge(1, Written(7, 1_001.0 + number)) for number in range(MESSAGES)]

    assert set(again) == {Verdict.ANSWER}
    assert edited == [Verdict.ANSWER] * (MESSAGES - 1) + [Verdict.NOTICE]


def test_presses_and_messages_count_together() -> None:
    control = flood([0.0])

    for number in range(MESSAGES):
        assert control.judge(1, Written(number, 1_000.0)) is Verdict.ANSWER

    assert control.judge(1) is Verdict.NOTICE

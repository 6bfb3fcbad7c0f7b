"""Whether two clocks go alike."""

from bot.doctor.finding import Finding, bad, good, warning

NOTABLE, TOO_FAR = 5.0, 60.0
"""Seconds between two clocks from which somebody should know, and from which things go wrong."""

SET = "Let the machine keep its time by NTP (timedatectl set-ntp true)."


def judge(ahead: float, whose: str) -> Finding:
    """Say how far apart two clocks are.

    Args:
        ahead: seconds by which this machine's is ahead.
        whose: the other is, e.g. Telegram's.
    """
    apart = abs(ahead)
    if apart <= NOTABLE:
        return good(f"goes with {whose}")
    said = f"is {apart:.0f} s {'ahead of' if ahead > 0 else 'behind'} {whose}"
    return bad(said, SET) if apart > TOO_FAR else warning(said, SET)

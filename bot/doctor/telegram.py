"""Whether Telegram knows the bot, reaches it, and has the same time."""

import datetime as dt
import time
from email.utils import parsedate_to_datetime

import httpx

from bot.doctor.clocks import judge
from bot.doctor.finding import Finding, bad, good, warning
from bot.doctor.patient import Patient, Told

WAITING = 100
"""From so many updates on that wait, somebody should know."""

RECENT = 3600
"""Seconds for which a fault of the webhook is news."""

CHECK_ADDRESS = "Check TELEGRAM_BASE_URL, the network, its proxy and the firewall."


def token(patient: Patient) -> Finding:
    """Whether Telegram knows the token."""
    settings = patient.settings
    if not _has_token(patient):
        if settings.chat_url or settings.desk_wanted:
            return good("none is set, so Telegram is not served")
        return warning(
            "none is set, so Telegram is not served",
            "Set TELEGRAM_BOT_TOKEN to the token that @BotFather gives.",
        )
    told = _ask(patient, "getMe")
    if isinstance(told, Finding):
        return told
    if told.status in {401, 404} and told.reason:
        return bad(
            f"Telegram refuses it ({told.reason})",
            "Set TELEGRAM_BOT_TOKEN to the token that @BotFather shows (send it /mybots).",
        )
    if told.result is None:
        return _odd(told)
    return good(f"is that of @{told.result.get('username', '?')}")


def webhook(patient: Patient) -> Finding:
    """Whether Telegram sends updates where they are expected."""
    if not _has_token(patient):
        return good("none is needed")
    told = _ask(patient, "getWebhookInfo")
    if isinstance(told, Finding):
        return told
    if told.result is None:
        return warning("not looked at, for Telegram does not say") if told.reason else _odd(told)
    wanted, found = patient.settings.webhook_url, str(told.result.get("url", ""))
    if found != wanted:
        return _elsewhere(wanted, found)
    waiting = int(told.result.get("pending_update_count", 0))
    said = f"{found or 'none, as is set'}; {waiting} updates wait"
    age = time.time() - int(told.result.get("last_error_date", 0))
    if found and age < RECENT:
        fault = " ".join(str(told.result.get("last_error_message", "")).split())
        return warning(
            f"{said}; {age / 60:.0f} minutes ago Telegram did not reach it ({fault})",
            "Check that investbot serve runs, and the proxy and its certificate.",
        )
    if waiting >= WAITING:
        return warning(said, "Check that investbot serve runs and keeps up.")
    return good(said)


def clock(patient: Patient) -> Finding:
    """Whether this machine's time is Telegram's."""
    if not _has_token(patient):
        return warning("not compared, for no token is set")
    told = _ask(patient, "getMe")
    if isinstance(told, Finding):
        return warning("not compared, for Telegram cannot be reached")
    try:
        theirs = parsedate_to_datetime(told.date)
    except ValueError:
        return warning("not compared, for the Bot API does not say what time it is")
    # The header has no fractions, so that it is half a second behind on the average.
    middle = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=told.seconds / 2 + 0.5)
    return judge((middle - theirs.astimezone(dt.UTC)).total_seconds(), "Telegram's")


def _has_token(patient: Patient) -> bool:
    return bool(patient.settings.telegram_bot_token.get_secret_value())


def _ask(patient: Patient, method: str) -> Told | Finding:
    base = patient.settings.telegram_base_url
    try:
        return patient.ask(method)
    except httpx.TimeoutException:
        return bad(f"{base} does not answer in time", CHECK_ADDRESS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return bad(f"{base} cannot be reached ({type(error).__name__})", CHECK_ADDRESS)


def _odd(told: Told) -> Finding:
    said = f"status {told.status}" + (f", {told.reason}" if told.reason else "")
    return bad(
        f"what answers does not answer as the Bot API does ({said})",
        "Check TELEGRAM_BASE_URL; if it is right, try again in some minutes.",
    )


def _elsewhere(wanted: str, found: str) -> Finding:
    if not found:
        return warning(
            f"Telegram does not know {wanted} yet", "It is told when the bot starts: investbot serve."
        )
    if wanted:
        return bad(
            f"Telegram sends updates to {found}, not to {wanted}",
            "Start investbot serve anew; if it changes back, another program uses the same token.",
        )
    return bad(
        f"Telegram sends updates to {found}, and WEBHOOK_URL is empty",
        "Set WEBHOOK_URL to it, or start investbot serve, which takes it back; if it comes again, another "
        "program uses the same token.",
    )

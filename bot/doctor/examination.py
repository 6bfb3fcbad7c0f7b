"""All checks, beside each other: none hangs on another, none is waited for too long."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import replace
from threading import Thread

from bot.doctor import database, knowledge, machine, telegram
from bot.doctor.finding import Finding, bad, good, warning
from bot.doctor.patient import NothingThereError, Patient
from bot.pictures.font import held
from bot.settings import ConfigurationError, Settings, read_settings, usable_settings
from knowledge.database import KnowledgeError

LONGEST = 9.0
"""Seconds until what has not been found out is said not to be."""

CHECKS: dict[str, Callable[[Patient], Finding]] = {
    "token": telegram.token,
    "webhook": telegram.webhook,
    "database": database.reachable,
    "tables": database.migrated,
    "writing": database.writable,
    "knowledge": knowledge.built,
    "index": knowledge.indexed,
    "typeface": knowledge.typeface,
    "space": machine.space,
    "clock": telegram.clock,
    "database clock": database.clock,
    "time zone": machine.time_zone,
    "holidays": machine.holidays,
    "ports": machine.ports,
}
"""By what they look at, in the order in which they are told."""


def examine(**overrides: str | None) -> Iterator[Finding]:
    """Look at everything.

    Args:
        overrides: settings from the command line; None for those not given.

    Yields:
        what was found, as soon as all before it is.
    """
    settings, finding = _settings(overrides)
    yield replace(finding, check="settings")
    patient = Patient(settings)
    # It asks nobody, and takes as long as this machine has other things to do: that is no finding. Where the
    # typeface cannot be read, its check says so.
    with suppress(Exception):
        held()
    end = time.monotonic() + LONGEST
    try:
        for name, found in [(name, _begin(check, patient)) for name, check in CHECKS.items()]:
            wait({found}, timeout=max(0.0, end - time.monotonic()))
            late = bad(f"nothing was found out within {LONGEST:.0f} s", "Look at what it has to do with.")
            yield replace(found.result() if found.done() else late, check=name)
    finally:
        patient.leave()


def _settings(overrides: dict[str, str | None]) -> tuple[Settings, Finding]:
    """The settings; where some cannot be used, the others with the usual values in their place."""
    try:
        return read_settings(**overrides), good("can be read")
    except ConfigurationError as error:
        advice = "Correct it in the environment or in .env; what follows is with its usual value."
        return usable_settings(**overrides), bad(" ".join(str(error).split()), advice)


def _begin(check: Callable[[Patient], Finding], patient: Patient) -> Future[Finding]:
    """Run a check in a thread that nobody waits for when the program ends."""
    found: Future[Finding] = Future()
    Thread(target=lambda: found.set_result(_attempt(check, patient)), daemon=True).start()
    return found


def _attempt(check: Callable[[Patient], Finding], patient: Patient) -> Finding:
    """A check, whose faults are findings too."""
    try:
        return check(patient)
    except NothingThereError:
        return warning("not looked at, for there is no database yet")
    except KnowledgeError:
        return warning("not looked at, for the database cannot be used")
    except Exception as error:
        what = f"{type(error).__name__}: {' '.join(str(error).split())}"
        for secret in patient.settings.secrets:
            what = what.replace(secret, "<secret>") if secret else what
        return bad(what, "This was not expected; report it.")

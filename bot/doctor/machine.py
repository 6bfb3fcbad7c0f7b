"""Whether the machine has what is needed: room, time zones, holidays, ports."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from bot.desk.address import desk_listener
from bot.doctor.finding import Finding, State, bad, good, warning
from bot.doctor.patient import Patient
from bot.doctor.sizes import readable
from bot.web.listening import Listener, open_socket
from bot.web.site import site_listener
from knowledge.asking.kept import index_folder

LITTLE, TOO_LITTLE = 1_000_000_000, 100_000_000
"""Bytes of free room from which down somebody should know, and below which things go wrong."""


def space(patient: Patient) -> Finding:
    """Whether there is room where things are written."""
    findings = [_room(name, folder) for name, folder in _folders(patient)]
    return _worst(findings)


def time_zone(patient: Patient) -> Finding:
    """Whether time zones are known."""
    zones = len(available_timezones())
    try:
        ZoneInfo(patient.settings.time_zone)
    except (OSError, ValueError, LookupError):
        return bad(f"{patient.settings.time_zone} is not known", "Install tzdata (pip install tzdata).")
    return good(f"{patient.settings.time_zone} is known, with {zones - 1} others")


def holidays(_patient: Patient) -> Finding:
    """Whether the public holidays of this year are known; deadlines rest on them."""
    from chinese_calendar import get_holiday_detail

    year = dt.datetime.now(dt.UTC).year
    try:
        get_holiday_detail(dt.date(year, 12, 31))
    except NotImplementedError:
        return warning(
            f"those of {year} are not known",
            "Update chinesecalendar, or set HOLIDAYS.",
        )
    return good(f"those of {year} are known")


def ports(patient: Patient) -> Finding:
    """Whether what is to be served can be."""
    wanted = list(_listeners(patient))
    if not wanted:
        return good("none is needed")
    return _worst([_listen(listener) for listener in wanted])


def _folders(patient: Patient) -> Iterator[tuple[str, Path]]:
    try:
        if patient.file:
            yield "database", patient.file.parent
        index = index_folder(patient.address)
        if index:
            yield "index", index.parent
    except ValueError:
        pass  # What is no address has no folder; another check says so.
    yield "temporary files", Path(tempfile.gettempdir())


def _room(name: str, folder: Path) -> Finding:
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir())
    try:
        free = shutil.disk_usage(there).free
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"x")
    except OSError as error:
        return bad(
            f"{name}: {there} cannot be written ({error.strerror})",
            f"Make {there} writable for this user, and see that it is not full.",
        )
    said = f"{name}: {readable(free)} free in {there}"
    if free >= LITTLE:
        return good(said)
    advice = "Make room there, or put it onto a larger disk."
    return bad(said, advice) if free < TOO_LITTLE else warning(said, advice)


def _listeners(patient: Patient) -> Iterator[Listener]:
    settings = patient.settings
    if settings.desk_wanted:
        yield desk_listener(settings)
    if settings.site_wanted:
        yield site_listener(settings)


def _listen(listener: Listener) -> Finding:
    at = f"{listener.name} at {listener.host}:{listener.port}"
    try:
        open_socket(listener, shared=False).close()
    except OSError:
        try:
            # The workers of a bureau share it; nobody else can.
            open_socket(listener).close()
        except OSError as error:
            host, port = listener.settings
            return bad(
                f"{at} cannot listen ({error.strerror or error})",
                f"Stop the other program, or change {host} and {port}.",
            )
        return good(f"{at} is served already")
    return good(f"{at} can listen")


def _worst(findings: list[Finding]) -> Finding:
    """All that was found, as bad as the worst of it."""
    order = list(State)
    worst = max(findings, key=lambda one: order.index(one.state))
    return Finding(worst.state, "; ".join(dict.fromkeys(one.found for one in findings)), worst.advice)

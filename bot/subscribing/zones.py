"""Time zones as people type them."""

from zoneinfo import available_timezones

from bot.texts import keys, say
from knowledge.asking.answer import Language


def find_zone(typed: str) -> str:
    """A time zone by its name in the IANA database, by a city that is offered, or by its own city.

    Args:
        typed: Europe/Rome, 巴黎, new york; the letters' case does not matter.

    Returns:
        its name; empty where there is none.
    """
    wanted = typed.strip().casefold()
    plain = wanted.replace(" ", "_")
    names = sorted(available_timezones())
    found = [
        *(name for name in names if name.casefold() == plain),
        *(zone for zone in keys("zones") if wanted in _cities(zone)),
        *(name for name in names if "/" in name and name.rpartition("/")[2].casefold() == plain),
    ]
    return found[0] if found else ""


def _cities(zone: str) -> set[str]:
    """The names by which a zone is offered, in every language."""
    told = (say(language, "zones", zone) for language in Language)
    return {city.strip().casefold() for names in told for city in names.replace("、", ",").split(",")}

"""The gate: a draft whose quote does not hold its names and figures is not proposed.

What a fact claims of its quote is `knowledge.verification.faults`, as in the build; here a draft is put into
the form of its table first, so that a value a table would refuse is no draft either.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from sqlmodel import SQLModel

from knowledge.forms import FORMS
from knowledge.models.entity import OrganizationForm, ParkForm, ProjectStatus
from knowledge.models.fact import Kind
from knowledge.models.figure import FigureBase, Nature, Qualifier
from knowledge.models.post import Role
from knowledge.verification import faults

_REFERENCES = {
    Kind.FIGURE: ("subject",),
    Kind.POST: ("person", "organization", "chain"),
    Kind.LINK: ("subject", "object"),
}
_NUMBERS = ("projects", "investment")
_NAMES = ("issuer", "investor", "location")
_DEFAULTS: dict[Kind, dict[str, Any]] = {
    Kind.PARK: {"form": ParkForm.PARK},
    Kind.ORGANIZATION: {"form": OrganizationForm.OFFICE},
    Kind.POLICY: {"issued_here": False},
    Kind.PROJECT: {"status": ProjectStatus.PLANNED},
    Kind.SIGNING: {"date": "1970-01-01"},
    Kind.FIGURE: {"qualifier": Qualifier.EXACT, "nature": Nature.ACTUAL},
    Kind.POST: {"role": Role.POST},
}


def refused(kind: Kind, fields: Mapping[str, Any], quote: str) -> list[str]:
    """What keeps a draft from being proposed on a quote.

    Args:
        kind: the fact's kind.
        fields: as a proposal has them, entities by name.
        quote: the words on which it would rest.

    Returns:
        a phrase a fault; empty for a draft that may be proposed.
    """
    try:
        row, names = _row(kind, fields)
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        return [f"no {kind}: {error}"]
    found = faults(row, quote, names)
    for phrase in _claimed(kind, fields):
        if _plain(phrase) not in _plain(quote):
            found.append(f"the name {phrase}")
    for number in (fields[name] for name in _NUMBERS if kind is Kind.SIGNING and name in fields):
        figure = FigureBase(
            id="figure.draft", subject_id="signing.draft", topic="count", label="count", value=number,
            qualifier=Qualifier.EXACT, nature=Nature.ACTUAL,
        )  # fmt: skip
        found += faults(figure, quote, {})
    return found


def allowed(kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a draft of a kind may have; any others left out."""
    form, _ = FORMS[kind]
    known = {*form.model_fields, *_REFERENCES.get(kind, ()), *_NAMES, *_NUMBERS, "signatories"} - {"id"}
    return {key: value for key, value in fields.items() if key in known and value not in (None, "", [])}


def _row(kind: Kind, fields: Mapping[str, Any]) -> tuple[SQLModel, dict[str, list[str]]]:
    form, _ = FORMS[kind]
    given: dict[str, Any] = {"id": f"{kind}.draft", **_DEFAULTS.get(kind, {})}
    names: dict[str, list[str]] = {f"{kind}.draft": [str(fields.get("name", ""))]}
    references = _REFERENCES.get(kind, ())
    for key, value in fields.items():
        if key in references:
            given[f"{key}_id"] = f"{key}.draft"
            names[f"{key}.draft"] = [str(value)]
        elif key in form.model_fields:
            given[key] = value
    return form.model_validate(given), names


def _claimed(kind: Kind, fields: Mapping[str, Any]) -> Iterator[str]:
    """Every name that a draft states, each of which its quote must hold."""
    for key in _REFERENCES.get(kind, ()):
        if fields.get(key):
            yield str(fields[key])
    for key in _NAMES:
        for name in re.split("、", str(fields.get(key, ""))):
            if name:
                yield name
    yield from fields.get("signatories", ())


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()

"""The Bot API's schema: every request and every update is held against it, field by field."""

import json
import types
import typing

from pydantic import ValidationError

from tests.telegram_server.models import METHODS, Update, built
from tests.telegram_server.refusals import Json, Refused, bad

SPELLING = {name.lower(): name for name in METHODS}
"""Telegram does not mind how a method is capitalised."""

_EMPTY = {"chat_id": "chat_id is empty", "text": "message text is empty"}
"""Telegram's words where a field is missing."""


def read_request(name: str, fields: Json) -> Json:
    """A request's fields as plain JSON values.

    Args:
        name: the method, e.g. `sendMessage`.
        fields: as sent; in forms nested values are JSON and numbers are text.

    Raises:
        Refused: there is no such method, or a field is unknown, missing or ill-typed.
    """
    if name not in METHODS:
        raise Refused(404, "Not Found")
    method = built(METHODS[name])
    known = method.model_fields
    plain = {
        key: _plain(key, value, known[key].annotation if key in known else None)
        for key, value in fields.items()
        if value is not None
    }
    for key, description in _EMPTY.items():
        if key in known and known[key].is_required() and plain.get(key) in (None, ""):
            raise bad(description)
    try:
        # Telegram itself overlooks a field that it does not know; a test must not.
        request = method.model_validate(plain, extra="forbid")
    except ValidationError as error:
        detail = error.errors()[0]
        place = ".".join(str(part) for part in detail["loc"])
        raise bad(f"field {place!r}: {detail['msg']}") from None
    return {
        key: value if isinstance(value, (dict, list)) else getattr(request, key)
        for key, value in plain.items()
    }


def check_update(update: Json) -> None:
    """Hold an update against the schema before it goes out.

    Raises:
        ValidationError: it is none that Telegram could send; a fault of the test.
    """
    built(Update).model_validate(update, extra="forbid")


def _plain(key: str, value: object, annotation: object) -> object:
    """A value as JSON has it: a form holds only text, and JSON where a field is something else."""
    if not isinstance(value, str):
        return value
    if key == "chat_id":
        # The schema allows names of channels too, so it would leave a number as text.
        return int(value) if value.removeprefix("-").isdecimal() else value
    if str in _kinds(annotation):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        if value[:1] in {"[", "{"}:
            raise bad(f"can't parse {key} JSON object") from None
        return value


def _kinds(annotation: object) -> set[object]:
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        return {kind for part in typing.get_args(annotation) for kind in _kinds(part)}
    return {annotation}

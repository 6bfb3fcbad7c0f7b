"""The Bot API's schema, as aiogram's models hold it: what comes in and what goes out is checked against it."""

import json
import types
import typing
from typing import Any

from aiogram import methods
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, Update
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tests.telegram_server.errors import ApiError, Json, bad_request

Call = TelegramMethod[Any]

CALLS: dict[str, type[Call]] = {
    model.__api_method__.lower(): model
    for name in methods.__all__
    if isinstance(model := getattr(methods, name), type)
    and issubclass(model, TelegramMethod)
    and model is not TelegramMethod
}
"""Every method of the Bot API by its name; Telegram does not mind capitals."""

EMPTY = {"text": "message text is empty", "chat_id": "chat_id is empty"}
"""Telegram's words for a parameter that is missing."""


def read_call(name: str, parameters: Json) -> Call:
    """The call that a request makes.

    Args:
        name: of the method.
        parameters: as sent; strings may hold JSON, uploads are `BufferedInputFile`.

    Raises:
        ApiError: the request is not as the Bot API's schema has it.
    """
    model = CALLS[name.lower()]
    decoded = {key: _decode(model, key, value) for key, value in parameters.items()}
    try:
        # Telegram overlooks a field it does not know; here it is a mistake to be found.
        return model.model_validate(decoded, extra="forbid")
    except ValidationError as error:
        raise _refusal(name, error.errors()) from None


def check_update(update: Json) -> Json:
    """The same update, if it is one as Telegram sends it.

    Raises:
        ValidationError: it is not.
    """
    Update.model_validate(update, extra="forbid")
    return update


def _decode(model: type[Call], key: str, value: object) -> object:
    """A value out of a form, where everything that is not a string is JSON."""
    field = model.model_fields.get(key)
    if not isinstance(value, str) or field is None or _takes_string(field.annotation):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _takes_string(annotation: object) -> bool:
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        return any(_takes_string(part) for part in typing.get_args(annotation))
    return annotation is str


def _refusal(name: str, errors: list[ErrorDetails]) -> ApiError:
    first = errors[0]
    path = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing" and path in EMPTY:
        return bad_request(EMPTY[path])
    if first["type"] == "missing":
        return bad_request(f'can\'t find field "{path}" of {name}')
    if first["type"] == "extra_forbidden":
        return bad_request(f'{name} has no field "{path}"')
    shown = first["input"]
    if isinstance(shown, BufferedInputFile):
        shown = f"file {shown.filename}"
    return bad_request(f'field "{path}" of {name} is {shown!r}: {first["msg"]}')

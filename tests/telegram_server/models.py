"""The Bot API's methods and types, as aiogram has them, each built when it is first used.

Built all at once, as aiogram does, they take as many seconds as a test may.
"""

import typing
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from pydantic import BaseModel


@contextmanager
def _unbuilt() -> Iterator[None]:
    """Models that are made within the block wait for `built`."""
    build = BaseModel.__dict__["model_rebuild"]
    config = BaseModel.model_config
    BaseModel.model_config = {**config, "defer_build": True}
    BaseModel.model_rebuild = classmethod(lambda cls, **_: None)  # type: ignore[assignment]
    try:
        yield
    finally:
        BaseModel.model_rebuild = build  # type: ignore[method-assign]
        BaseModel.model_config = config


with _unbuilt():
    import aiogram.methods
    import aiogram.types
    from aiogram.client.default import Default
    from aiogram.methods import TelegramMethod
    from aiogram.types import BufferedInputFile, Update

__all__ = ["METHODS", "BufferedInputFile", "TelegramMethod", "Update", "built"]

METHODS: dict[str, type[TelegramMethod[Any]]] = {
    name[0].lower() + name[1:]: method
    for name, method in vars(aiogram.methods).items()
    if isinstance(method, type) and issubclass(method, TelegramMethod) and method is not TelegramMethod
}
"""Every method of the Bot API by its name."""

Model = TypeVar("Model", bound=BaseModel)

_NAMES: dict[str, Any] = {
    **vars(typing),
    **{name: getattr(aiogram.types, name) for name in aiogram.types.__all__},
    "Default": Default,
}


def built(model: type[Model]) -> type[Model]:
    """A model that can be used."""
    model.model_rebuild(_types_namespace=_NAMES)
    return model

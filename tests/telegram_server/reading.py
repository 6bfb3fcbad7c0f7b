"""Reading an HTTP request: fields in the address, in JSON, in a form, with uploads."""

import json

from aiohttp import web

from tests.telegram_server.models import BufferedInputFile
from tests.telegram_server.refusals import Json, bad

ATTACH = "attach://"


async def read_fields(request: web.Request) -> Json:
    """The fields of a request; uploads are `BufferedInputFile`.

    Raises:
        Refused: the body is no JSON object, or an upload belongs to no field.
    """
    fields: Json = dict(request.query)
    if request.content_type == "application/json":
        return fields | _json(await request.read())
    uploads: dict[str, BufferedInputFile] = {}
    for key, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[key] = BufferedInputFile(value.file.read(), value.filename)
        else:
            fields[key] = value if isinstance(value, str) else bytes(value).decode()
    for key, value in fields.items():
        if isinstance(value, str) and value.startswith(ATTACH):
            name = value.removeprefix(ATTACH)
            if name not in uploads:
                raise bad(f"there is no upload {name!r} for the field {key!r}")
            fields[key] = uploads.pop(name)
    # What is left is either a field by itself, or unknown to the schema.
    return fields | uploads


def shown(fields: Json) -> Json:
    """Fields as they stand in the log, which is JSON."""
    return {
        key: {"file_name": value.filename, "file_size": len(value.data)}
        if isinstance(value, BufferedInputFile)
        else value
        for key, value in fields.items()
    }


def _json(body: bytes) -> Json:
    if not body:
        return {}
    try:
        found = json.loads(body)
    except ValueError:
        raise bad("can't parse JSON object in the request") from None
    if not isinstance(found, dict):
        raise bad("can't parse JSON object in the request")
    return found

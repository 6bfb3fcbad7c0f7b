"""Random keys that all workers of a bureau share: made once, kept in the database."""

import secrets

from sqlalchemy import Engine

from knowledge.database import writing
from knowledge.models import Secret

KEY_BYTES = 32


def shared_key(engine: Engine, name: str) -> str:
    """A random key, the same for every worker and after every restart.

    Args:
        engine: the database, migrated.
        name: what it is for.

    Returns:
        256 bits, as hexadecimal digits.
    """
    with writing(engine) as database:
        row = database.get(Secret, name)
        if row is None:
            row = Secret(name=name, value=secrets.token_hex(KEY_BYTES))
            database.add(row)
            database.commit()
    return row.value

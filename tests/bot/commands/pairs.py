"""Somebody who writes for ever, always two rows in one transaction: `python -m …pairs URL NUMBER`."""

import sys
import time
from itertools import count

from knowledge.database import open_engine

PAUSE = 0.002
"""Seconds between two transactions."""


def main() -> None:
    """Write until killed."""
    engine = open_engine(sys.argv[1])
    for number in count(1):
        with engine.begin() as connection:
            for half in "ab":
                name = f"pair-{sys.argv[2]}-{number}-{half}"
                connection.exec_driver_sql(f"insert into secret (name, value) values ('{name}', '')")
        # So that who copies the database meanwhile gets a share of the processor.
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()

"""What is kept no longer goes while anything is served."""

import shutil
from pathlib import Path

from tests.bot.desk.test_serving import started
from tests.bot.telegram.conftest import wait_until
from tests.databases import execute

KEPT, GONE = "新的提问", "旧的提问"


def test_the_desk_alone_deletes_what_is_old(bureau_home: Path, tmp_path: Path) -> None:
    shutil.copytree(bureau_home / "var", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "investbot.db"
    for text, day in ((KEPT, "2999-01-01"), (GONE, "2020-01-01")):
        execute(
            path,
            "insert into question (asked_at, face, text, status, language, entity, topic, confidence, facts) "
            "values (:day, 'test', :text, 'missing', 'zh-Hans', '', '', 1, '')",
            day=f"{day} 00:00:00",
            text=text,
        )
    with started(tmp_path, "desk"):
        wait_until(lambda: execute(path, "select text from question") == [(KEPT,)])

"""`investbot backup` and `restore`, as people run them; what breaks is really broken."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel

from knowledge.archive import DATABASE, MANIFEST
from knowledge.database import open_engine
from tests.bot.process import Process, environ, finish, start
from tests.bot.telegram.conftest import serving, wait_until
from tests.bot.test_cli import investbot
from tests.databases import POSTGRESQL, database_url, execute
from tests.rows import every_row, fill
from tests.telegram_server.client import StandIn

ONE_KIND = pytest.mark.skipif(POSTGRESQL, reason="the same on every database")


@pytest.fixture(scope="module")
def kept(bureau_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bureau of which every table holds something, and a backup of it: to be copied."""
    folder = tmp_path_factory.mktemp("kept")
    home = shutil.copytree(bureau_home, folder / "home")
    engine = open_engine(database_url(home / "var" / "investbot.db"))
    fill(engine)
    engine.dispose()
    done = investbot(home, "backup", str(folder / "kept" / "backup.zip"))
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture
def home(kept: Path, tmp_path: Path) -> Path:
    """A working directory with that bureau."""
    return shutil.copytree(kept / "home", tmp_path / "home")


@pytest.fixture
def archive(kept: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    return shutil.copytree(kept / "kept", tmp_path / "kept") / "backup.zip"


def rows_of(url: str) -> dict[str, list[str]]:
    engine: Engine = open_engine(url)
    try:
        return every_row(engine)
    finally:
        engine.dispose()


def own(home: Path) -> str:
    return database_url(home / "var" / "investbot.db")


def refused(home: Path, archive: Path, *arguments: str) -> str:
    """Why a restore is refused; nothing is changed, and nothing is left."""
    before = rows_of(own(home))
    beside = sorted(archive.parent.iterdir())
    done = investbot(home, "restore", str(archive), *arguments)
    assert done.returncode == 2, done
    assert rows_of(own(home)) == before
    assert sorted(archive.parent.iterdir()) == beside
    return done.stderr


@pytest.mark.every_database
def test_there_and_back_on_every_kind_of_database(home: Path, archive: Path, tmp_path: Path) -> None:
    before = rows_of(own(home))
    file = f"sqlite:///{tmp_path / 'file.sqlite'}"
    other = database_url(tmp_path / "other.db")
    steps = [
        investbot(home, "restore", str(archive), "--database", file),
        investbot(home, "backup", str(tmp_path / "second.zip"), "--database", file),
        investbot(home, "restore", str(tmp_path / "second.zip"), "--database", other),
        investbot(home, "backup", str(tmp_path / "third.zip"), "--database", other),
        investbot(home, "restore", str(tmp_path / "third.zip"), "--replace"),
    ]
    asked = investbot(home, "ask", "低空经济链长是谁", "--database", other)

    assert [step.returncode for step in steps] == [0] * 5, steps
    assert all(before.values())
    assert rows_of(file) == rows_of(other) == rows_of(own(home)) == before
    assert "周岚" in asked.stdout
    assert f"{sum(map(len, before.values()))} rows" in steps[0].stdout


@pytest.mark.every_database
def test_what_is_replaced_is_backed_up_before(home: Path, archive: Path, tmp_path: Path) -> None:
    before = rows_of(own(home))
    execute(home / "var" / "investbot.db", "update chain set name = 'X'")
    changed = rows_of(own(home))
    assert "not empty" in refused(home, archive)

    done = investbot(home, "restore", str(archive), "--replace")
    (safety,) = archive.parent.glob("before-restore-*.zip")
    restored = rows_of(own(home))
    again = investbot(home, "restore", str(safety), "--replace")

    assert done.returncode == again.returncode == 0, (done, again)
    assert safety.name in done.stdout
    assert restored == before
    assert rows_of(own(home)) == changed


@pytest.mark.every_database
def test_a_number_that_was_given_since_is_given_to_nobody_else(home: Path, archive: Path) -> None:
    file = home / "var" / "investbot.db"
    one = execute(file, "select max(id) from push")[0][0]
    columns = [row for row in SQLModel.metadata.tables["push"].columns.keys() if row != "id"]  # noqa: SIM118
    names = ", ".join(columns)
    for _ in range(3):
        execute(file, f"insert into push ({names}) select {names} from push where id = {one}")
    newest = execute(file, "select max(id) from push")[0][0]
    assert investbot(home, "restore", str(archive), "--replace").returncode == 0
    execute(file, f"insert into push ({names}) select {names} from push where id = {one}")

    assert execute(file, "select max(id) from push")[0][0] == newest + 1


@pytest.mark.every_database
def test_under_a_bot_nothing_is_restored(
    bureau_home: Path, archive: Path, fresh: StandIn, tmp_path: Path
) -> None:
    # One in which nothing waits that the bot would do meanwhile.
    home = shutil.copytree(bureau_home, tmp_path / "served")
    with serving(fresh, home) as bot:
        told = refused(home, archive, "--replace")
        made = investbot(home, "backup", str(archive), "--force")
        assert "周岚" in bot.someone().ask("低空经济链长是谁").text

    assert "Stop the bot first" in told
    assert made.returncode == 0
    assert investbot(home, "restore", str(archive), "--replace").returncode == 0


@pytest.mark.every_database
def test_others_write_meanwhile_and_all_is_of_one_moment(home: Path, tmp_path: Path) -> None:
    url = own(home)
    root = Path(__file__).parents[3]
    writers = [
        subprocess.Popen([sys.executable, "-m", "tests.bot.commands.pairs", url, str(one)], cwd=root)
        for one in range(2)
    ]
    pairs = "select count(*) from secret where name like 'pair-%'"
    file = home / "var" / "investbot.db"
    counted = []
    try:
        wait_until(lambda: execute(file, pairs)[0][0] > 0)
        for turn in range(4):
            target = tmp_path / f"{turn}.zip"
            assert investbot(home, "backup", str(target)).returncode == 0
            copy = tmp_path / f"{turn}.sqlite"
            assert investbot(home, "restore", str(target), "--database", f"sqlite:///{copy}").returncode == 0
            names = [row for row in rows_of(f"sqlite:///{copy}")["secret"] if "pair-" in row]
            counted.append((len([row for row in names if "-a" in row]), len(names)))
    finally:
        for writer in writers:
            writer.kill()
            writer.wait(10)

    assert all(first * 2 == both > 0 for first, both in counted), counted
    assert counted[0] < counted[-1], "nobody wrote meanwhile"


def until_there(process: Process, folder: Path, stage: str) -> None:
    """Wait until a backup is so far, or has ended."""
    wait_until(lambda: any(folder.glob(f".killed.zip-*/{stage}")) or process.poll() is not None)


@ONE_KIND
def test_killed_in_the_middle_it_leaves_no_file_of_that_name(home: Path, tmp_path: Path) -> None:
    file = home / "var" / "investbot.db"
    execute(
        file,
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000) "
        "insert into secret (name, value) select 'big' || i, hex(randomblob(10000)) from n",
    )
    folder = tmp_path / "backups"
    folder.mkdir()
    stages = set()
    for stage in ("copy.db", "killed.zip", "copy.db", "killed.zip"):
        with (tmp_path / "log").open("wb") as log:
            process = start("backup", str(folder / "killed.zip"), cwd=home, env=environ(home), stdout=log)
            until_there(process, folder, stage)
            stages.add((stage, process.poll()))
            process.kill()
            process.wait(10)
        assert not (folder / "killed.zip").exists()
        for left in folder.iterdir():
            shutil.rmtree(left)

    assert stages == {("copy.db", None), ("killed.zip", None)}
    assert investbot(home, "backup", str(folder / "killed.zip")).returncode == 0
    assert [one.name for one in folder.iterdir()] == ["killed.zip"]


@ONE_KIND
def test_dated_ones_are_kept_and_the_oldest_go(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(1, 6):
        (folder / f"investbot-2020010{day}T020000Z.zip").write_text("old")
    (folder / "other.zip").write_text("not ours")
    (folder / "before-restore-20200101T020000Z.zip").write_text("not of a timer")

    done = investbot(home, "backup", "--keep", "3", str(folder))
    names = sorted(one.name for one in folder.iterdir())

    assert done.returncode == 0
    assert names[:1] + names[-1:] == ["before-restore-20200101T020000Z.zip", "other.zip"]
    assert names[1:3] == ["investbot-20200104T020000Z.zip", "investbot-20200105T020000Z.zip"]
    assert len(names) == 5
    assert (folder / names[3]).stat().st_mode & 0o077 == 0


@ONE_KIND
def test_by_a_clock_that_was_set_back_the_newest_is_kept_too(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    later = {f"investbot-2999010{day}T020000Z.zip" for day in range(1, 6)}
    for name in later:
        (folder / name).write_text("of a clock that was ahead")

    investbot(home, "backup", "--keep", "3", str(folder))

    assert len({one.name for one in folder.iterdir()} - later) == 1


@ONE_KIND
def test_one_that_is_there_is_replaced_only_on_demand(home: Path, archive: Path) -> None:
    before = archive.read_bytes()
    again = investbot(home, "backup", str(archive))

    assert again.returncode == 2
    assert "--force" in again.stderr
    assert archive.read_bytes() == before
    assert investbot(home, "backup", str(archive), "--force").returncode == 0


@ONE_KIND
@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_one_is_refused(home: Path, archive: Path, part: float) -> None:
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * part)])

    assert "damaged, or is no backup" in refused(home, archive, "--replace")


@ONE_KIND
@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_an_altered_one_is_refused(home: Path, archive: Path, place: float) -> None:
    whole = bytearray(archive.read_bytes())
    whole[int(len(whole) * place)] ^= 1
    archive.write_bytes(whole)

    assert "damaged" in refused(home, archive, "--replace")


def repack(archive: Path, **said: object) -> None:
    """Write an archive anew, with something else on its page, or another database."""
    with zipfile.ZipFile(archive) as packed:
        manifest = json.loads(packed.read(MANIFEST))
        database = packed.read(DATABASE)
    given = said.pop("database", None)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(DATABASE, given if isinstance(given, bytes) else database)
        packed.writestr(MANIFEST, json.dumps(manifest | said))


@ONE_KIND
@pytest.mark.parametrize(
    ("said", "must"),
    [
        ({"sha256": "0" * 64}, "checksum"),
        ({"counts": {}}, "altered"),
        ({"migration": "9999", "version": "9.9"}, "newer version of investbot (9.9)"),
        ({"format": 2}, "newer"),
        ({"size": 1}, "altered"),
        ({"size": "many"}, "page"),
        ({"counts": 7}, "page"),
        ({"other": 7}, "page"),
        ({"database": b"x"}, "altered"),
    ],
)
def test_a_forged_page_is_refused(home: Path, archive: Path, said: dict[str, object], must: str) -> None:
    repack(archive, **said)

    assert must in refused(home, archive, "--replace")


@ONE_KIND
@pytest.mark.parametrize("name", ["../evil.txt", "/tmp/evil.txt", "investbot.db/../../evil.txt"])
def test_what_else_an_archive_holds_is_not_written(home: Path, archive: Path, name: str) -> None:
    with zipfile.ZipFile(archive, "a") as packed:
        packed.writestr(name, "evil")

    assert "holds something else" in refused(home, archive, "--replace")
    assert not list(archive.parent.parent.rglob("evil.txt"))


@ONE_KIND
def test_one_that_would_fill_a_disk_is_refused(home: Path, archive: Path) -> None:
    size = 400_000_000
    digest = hashlib.sha256()
    with zipfile.ZipFile(archive) as packed:
        manifest = json.loads(packed.read(MANIFEST))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        with packed.open(DATABASE, "w") as out:
            for _ in range(size // 1_000_000):
                digest.update(bytes(1_000_000))
                out.write(bytes(1_000_000))
        packed.writestr(MANIFEST, json.dumps(manifest | {"size": size, "sha256": digest.hexdigest()}))

    assert archive.stat().st_size < 1_000_000
    assert "altered" in refused(home, archive, "--replace")


@ONE_KIND
def test_one_of_an_older_version_is_brought_up_to_date(home: Path, tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    import knowledge.database

    old = tmp_path / "old.db"
    engine = open_engine(f"sqlite:///{old}")
    config = Config()
    folder = Path(knowledge.database.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    config.attributes["engine"] = engine
    command.upgrade(config, "0008")
    with closing(engine.raw_connection()) as raw:
        raw.execute("insert into secret (name, value) values ('old', 'x')")
        raw.commit()
    engine.dispose()
    archive = tmp_path / "old.zip"
    made = investbot(home, "backup", str(archive), "--database", f"sqlite:///{old}")
    done = investbot(home, "restore", str(archive), "--replace")

    assert made.returncode == done.returncode == 0, (made, done)
    assert execute(home / "var" / "investbot.db", "select value from secret") == [("x",)]
    assert execute(home / "var" / "investbot.db", "select version_num from alembic_version") == [
        (knowledge.database.HEAD,)
    ]


@ONE_KIND
def test_what_another_holds_is_not_waited_for_forever(home: Path, archive: Path) -> None:
    with closing(sqlite3.connect(home / "var" / "investbot.db")) as other:
        other.execute("begin immediate")
        waits = {"knowledge.restoring.PATIENCE": 1.0, "knowledge.database.BUSY_MS": 1000}
        done = finish("restore", str(archive), "--replace", cwd=home, env=environ(home), waits=waits)
        other.rollback()

    assert done.returncode == 2
    assert "locked" in done.stderr


@ONE_KIND
def test_what_is_no_backup_or_not_there_is_named(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.zip"
    page.write_text("<html>")

    assert "damaged, or is no backup" in refused(home, page)
    assert "nowhere.zip" in investbot(home, "restore", str(tmp_path / "nowhere.zip")).stderr
    nothing = investbot(home, "backup", str(tmp_path / "x.zip"), "--database", "sqlite:///empty.db")
    assert nothing.returncode == 2
    assert "nothing in" in nothing.stderr
    assert not (tmp_path / "x.zip").exists()

"""`investbot export` and `investbot import` as people run them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.bot.process import environ, finish
from tests.bureau import FACTS, write_bureau
from tests.knowledge.exchange.books import add_rows, change_cells


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working directory with the bureau's documents and database, and its workbook."""
    folder = tmp_path_factory.mktemp("built")
    write_bureau(folder / "documents")
    exported = investbot(folder, "export", "facts.xlsx")
    assert exported.returncode == 0
    assert str(len(FACTS)) in exported.stdout
    return folder


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(built, tmp_path / "home"))


def investbot(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = environ(home, DOCUMENTS=str(home / "documents"))
    return finish(*arguments, cwd=home, env=env, timeout=120)


def test_a_workbook_goes_out_and_comes_back(home: Path) -> None:
    book = home / "facts.xlsx"
    content = change_cells(book.read_bytes(), "园区载体", "park.xinghe", 别名="星河园\n银河园")
    book.write_bytes(add_rows(content, "企业", {"名称": "白鲸海工", "依据说明": "白鲸海工落户。"}))

    tried = investbot(home, "import", "facts.xlsx", "--dry-run")
    assert tried.returncode == 0
    assert (
        "修改 「园区载体」第3行 星河航空产业园 (park.xinghe) 别名: 星河园 → 星河园 / 银河园" in tried.stdout
    )
    assert "新增 「企业」第3行 白鲸海工 (company.bai-jing-hai-gong)" in tried.stdout
    assert "试运行" in tried.stdout

    done = investbot(home, "import", "facts.xlsx", "--reason", "清单更新", "--language", "en")
    assert done.returncode == 0
    assert "Total: 1 new, 1 changed, 29 unchanged, 0 rejected." in done.stdout
    assert "Imported as change 2" in done.stdout
    assert "北岸大道" in investbot(home, "ask", "银河园在哪").stdout


def test_a_rejected_row_is_exit_code_1(home: Path) -> None:
    book = home / "facts.xlsx"
    book.write_bytes(change_cells(book.read_bytes(), "数据", "figure.xinghe-area", 数值="很大"))

    done = investbot(home, "import", "facts.xlsx")

    assert done.returncode == 1
    assert "「数值」列 «很大» 不是数字。 可以写：数字" in done.stdout
    assert "什么都没有改" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "nowhere.xlsx"), "does not exist"),
        (("import", "text.xlsx"), "不是 Excel"),
        (("import", "facts.csv"), ".xlsx"),
        (("export", "facts.csv"), ".xlsx"),
        (("export", "nowhere/facts.xlsx"), "cannot be written"),
        (("import", "facts.xlsx", "--by", "小李"), "小李"),
    ],
)
def test_what_cannot_be_done_is_exit_code_2(home: Path, arguments: tuple[str, ...], said: str) -> None:
    (home / "text.xlsx").write_text("名称", encoding="utf-8")
    (home / "facts.csv").write_text("名称", encoding="utf-8")
    there = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}

    done = investbot(home, *arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()} == there

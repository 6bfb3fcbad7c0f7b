"""`investbot picture`, as people run it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.bot.process import environ, finish


@pytest.fixture
def home(bureau_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(bureau_home, tmp_path, dirs_exist_ok=True)


def picture(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return finish("picture", *arguments, cwd=home, env=environ(home, **settings))


def test_a_map_is_written_in_the_bureaus_colour(home: Path) -> None:
    done = picture(home, "chain.low-altitude", "--language", "en", BUREAU_COLOUR="#a8321f")

    assert (done.returncode, done.stdout, done.stderr) == (0, "chain.low-altitude.png\n", "")
    with Image.open(home / "chain.low-altitude.png") as drawn:
        assert drawn.width == 1280
        assert drawn.convert("RGB").getpixel((5, 5)) == (0xA8, 0x32, 0x1F)


def test_a_card_is_written_where_it_is_wanted(home: Path) -> None:
    done = picture(home, "signing.spring-2024", "--output", "card.png")

    assert done.returncode == 0
    assert (home / "card.png").read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_drawn_is_named(home: Path) -> None:
    done = picture(home, "park.xinghe")

    assert done.returncode == 2
    assert "no published chain or signing 'park.xinghe'" in done.stderr
    assert not list(home.glob("*.png"))

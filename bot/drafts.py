"""Drafts of facts on the command line: reading a file, and drafts as staff read them."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from bot.settings import ConfigurationError, Settings
from knowledge.reading.clean import clean
from knowledge.reading.extract import CONFIDENT, Proposal, extract
from knowledge.reading.extract.model import Model, ModelError
from knowledge.reading.load import load
from knowledge.reading.metadata import find_metadata

_TEXTS = Path(__file__).parent / "texts" / "drafts.toml"


def read_file(file: Path, settings: Settings) -> tuple[str, list[Proposal], str]:
    """Read a document's drafts.

    Args:
        file: the document.
        settings: whether a model proposes drafts too.

    Returns:
        The document's title, the drafts, and why the model's are not among them ("" where they are).

    Raises:
        DocumentError: the file cannot be read.
        ConfigurationError: EXTRACTION_URL is set without EXTRACTION_MODEL.
    """
    loaded = load(file)
    cleaned = clean(loaded.text)
    about = find_metadata(cleaned.text, file.stem, loaded)
    model = find_model(settings)
    further: Iterable[Proposal] = ()
    refusal = ""
    if model:
        try:
            further = model.propose(cleaned.text, about)
        except ModelError as error:
            refusal = str(error)
    return about.title, extract(cleaned, about, further), refusal


def find_model(settings: Settings) -> Model | None:
    """The model of the settings; None where none is set."""
    if not settings.extraction_url:
        return None
    if not settings.extraction_model:
        raise ConfigurationError("EXTRACTION_MODEL is empty; with EXTRACTION_URL it names the model to ask.")
    return Model(
        settings.extraction_url, settings.extraction_model, settings.extraction_key.get_secret_value()
    )


def describe(title: str, drafts: list[Proposal]) -> str:
    """Drafts for a person to read, in Chinese."""
    texts = _texts()
    if not drafts:
        return str(texts["nothing"]).format(title=title)
    confident = sum(draft.confidence >= CONFIDENT for draft in drafts)
    lines = [str(texts["heading"]).format(title=title, count=len(drafts), confident=confident)]
    for draft in drafts:
        kind = texts["kinds"][draft.kind.value]
        sure = texts["sure"] if draft.confidence >= CONFIDENT else texts["unsure"]
        fields = "；".join(
            f"{texts['fields'].get(key, key)}：{_shown(value)}" for key, value in draft.fields.items()
        )
        lines.append(f"\n【{kind}】{fields}（{sure} {draft.confidence:.2f}）")
        lines += [f"  {quote.start}–{quote.end}　{quote.text}" for quote in draft.evidence]
    return "\n".join(lines)


def _shown(value: Any) -> str:  # noqa: ANN401 - any field's value
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(_texts()["values"].get(str(value), value))


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(_TEXTS.read_text(encoding="utf-8"))

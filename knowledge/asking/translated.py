"""Fields that a row holds in several languages: `title` in the documents' own, `title_en` in English."""

from knowledge.asking.answer import Language


def translated(row: object, field: str, language: Language) -> str:
    """A field in a language, else as the documents have it.

    Args:
        row: a fact's row, or a source.
        field: e.g. `title`; its translation is `title_en`.
        language: which language.
    """
    return str(getattr(row, f"{field}_{language.words}", "") or getattr(row, field))

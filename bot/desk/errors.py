"""What went wrong, in the desk's language."""

from pydantic import ValidationError

from bot.desk.wording import label, language, say
from bot.faults import in_chinese
from knowledge.asking.answer import Language
from knowledge.forms import FormError


def explain(error: Exception) -> str:
    """What a person can put right, in words of the desk.

    Args:
        error: of the core.
    """
    if isinstance(error, FormError):
        return explain_form(error)
    if language() is Language.EN:
        return str(error)
    return in_chinese(str(error))


def explain_form(error: FormError) -> str:
    """What is wrong with a field, which is named."""
    cause = error.__cause__
    kind = cause.errors()[0]["type"] if isinstance(cause, ValidationError) else "value"
    if error.field == "evidence":
        return say("errors.no_evidence")
    if error.field == "quote":
        return say("errors.quote_missing")
    name = label("fields", error.field)
    told = label("form_errors", kind)
    return say("errors.field", field=name, fault=str(error) if told == kind else told)

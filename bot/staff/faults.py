"""What cannot be done, in words of the person's language."""

import logging

from bot.faults import in_chinese
from bot.reply import Reply, notice
from bot.texts import has, say
from knowledge.asking.answer import Language
from knowledge.asking.normalize import in_script
from knowledge.reading.load import DocumentError

LOG = logging.getLogger(__name__)


def refused(error: Exception, language: Language) -> Reply:
    """Say that something was not done, and why.

    Args:
        error: whose message says what to do.
        language: which language.
    """
    # Its message may name people, or repeat what was written.
    LOG.info("Refused to staff: %s", type(error).__name__)
    if isinstance(error, DocumentError):
        told = str(error) if language is Language.EN else in_script(in_chinese(str(error)), language)
        return notice(language, say(language, "staff", "document_refused", reason=told), beside=True)
    name = type(error).__name__
    said = say(language, "staff_faults", name) if has("staff_faults", name) else ""
    # What ends in a colon goes on with what exactly is wrong.
    reason = said if said and not said.endswith(("：", ":")) else f"{said}{error}"
    return notice(language, say(language, "staff", "refused", reason=reason), beside=True)

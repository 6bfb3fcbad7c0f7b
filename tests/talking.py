"""Conversations with the core alone."""

from knowledge.asking.answer import NO_CONTEXT, Answer
from knowledge.asking.asker import Asker


def talk(asker: Asker, *questions: str) -> Answer:
    """The last answer of a conversation."""
    context = NO_CONTEXT
    for question in questions:
        answer = asker.ask(question, context)
        context = answer.context
    return answer

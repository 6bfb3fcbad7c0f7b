"""A conversation that is measured."""

from collections.abc import Callable

from bot.conversation import Conversation
from bot.monitoring.counts import ANSWERS, FAILED, SECONDS
from bot.reply import Reply
from knowledge.asking.answer import Language


class MeasuredConversation(Conversation):
    """Counts questions by what became of them, and times each turn."""

    def _turn(self, hint: Language | None, answer: Callable[[], Reply]) -> Reply:
        def watched() -> Reply:
            with FAILED.labels(self._face).count_exceptions():
                return answer()

        with SECONDS.labels(self._face).time():
            return super()._turn(hint, watched)

    def _text(self, chat: str, text: str, hint: Language | None) -> Reply:
        reply = super()._text(chat, text, hint)
        ANSWERS.labels(self._face, reply.answer.outcome.value).inc()
        return reply

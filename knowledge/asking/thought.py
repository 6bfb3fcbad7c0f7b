"""An answer as it was thought out, to be told again in any conversation that it does not depend on."""

from dataclasses import dataclass, replace

from knowledge.asking.answer import NO_CONTEXT, Answer, Context

MOST_LISTED = 60
"""Facts shown that a conversation remembers."""


class Watched(Context):
    """A conversation that tells whether anybody has looked at what it is about.

    Attributes:
        seen: whether somebody has.
    """

    seen = False

    def __init__(self, context: Context) -> None:
        """Args: what it is about."""
        object.__setattr__(self, "_context", context)

    def __getattribute__(self, name: str) -> object:
        """An attribute of the conversation."""
        if name in _FIELDS:
            object.__setattr__(self, "seen", True)
            return getattr(object.__getattribute__(self, "_context"), name)
        return object.__getattribute__(self, name)


_FIELDS = frozenset(Context.__dataclass_fields__)


@dataclass(frozen=True)
class Thought:
    """What was thought of a question.

    Attributes:
        answer: what is said, about itself alone.
        lists: whether it is a list, in which is counted from now on.
        forgets: whether the person wants what was spoken of to be forgotten.
    """

    answer: Answer
    lists: bool
    forgets: bool

    def told(self, context: Context) -> Answer:
        """The answer in a conversation.

        Args:
            context: what the conversation was about before.
        """
        if self.forgets:
            return replace(self.answer, context=NO_CONTEXT)
        following = self.answer.context.after(context)
        if not self.lists or set(following.listed) <= set(context.listed):
            # «And the third?» still counts in what was listed before.
            seen = dict.fromkeys((*context.listed, *following.listed))
            following = replace(following, listed=tuple(seen)[:MOST_LISTED])
        return replace(self.answer, context=following)

"""What cannot be done with a subscription or an announcement."""

from knowledge.database import KnowledgeError


class SubscriptionError(KnowledgeError):
    """A subscription cannot be as somebody wants it; nothing was changed."""


class AnnouncementError(KnowledgeError):
    """A signing cannot be announced, corrected or recalled as asked; nothing was changed."""


class ChangedError(AnnouncementError):
    """What was shown to whoever announces or corrects is not what the facts say now."""

    def __init__(self) -> None:
        """With its message."""
        super().__init__("The facts changed while you were looking. Nothing was sent; look at it again.")

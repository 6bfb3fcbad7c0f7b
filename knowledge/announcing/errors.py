"""What cannot be done with a subscription or an announcement."""

from knowledge.database import KnowledgeError


class SubscriptionError(KnowledgeError):
    """A subscription cannot be as somebody wants it; nothing was changed."""


class AnnouncementError(KnowledgeError):
    """A signing cannot be announced, corrected or recalled as asked; nothing was changed."""

"""The desk's pages, one a file, in the order of the menu."""

from bot.desk.page import Desk, Page


def all_pages(desk: Desk) -> list[Page]:
    """Every page but the first and the way in.

    Args:
        desk: what they work with.
    """
    from bot.desk.pages.aliases import Aliases
    from bot.desk.pages.changes import Changes
    from bot.desk.pages.documents import Documents
    from bot.desk.pages.drafts import Drafts
    from bot.desk.pages.facts import Facts
    from bot.desk.pages.members import Members
    from bot.desk.pages.misses import Misses
    from bot.desk.pages.questions import Questions
    from bot.desk.pages.signings import Signings
    from bot.desk.pages.trial import Trial
    from bot.desk.pages.workbook import Workbook, has_exchange

    pages: list[type[Page]] = [
        Documents,
        Drafts,
        Facts,
        Aliases,
        Signings,
        Changes,
        Questions,
        Misses,
        Trial,
        *([Workbook] if has_exchange() else []),
        Members,
    ]
    return [page(desk) for page in pages]

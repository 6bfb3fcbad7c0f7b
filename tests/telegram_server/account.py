"""The bot's account."""

from tests.telegram_server.refusals import Json

TOKEN = "42:stand-in"
"""The token that a stand-in knows if nothing else is said."""

BOT: Json = {
    "id": 100200300,
    "is_bot": True,
    "first_name": "Bureau",
    "username": "bureau_test_bot",
    "can_join_groups": True,
    # The bot hears everything in a group, so that a test sees what it leaves alone.
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
}

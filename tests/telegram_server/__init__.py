"""A stand-in for Telegram's servers: the Bot API over HTTP, with people who talk to the bot."""

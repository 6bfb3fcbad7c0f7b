"""The commands, by what they are about; `bot.cli` puts them together."""

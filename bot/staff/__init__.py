"""What staff do by writing to the bot; wherever they are, the rules are those of `knowledge.review`."""

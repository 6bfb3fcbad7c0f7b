"""Pictures: a signing as a card, a chain as a map."""

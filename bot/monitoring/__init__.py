"""How a worker is: for those who watch over it. No label and no value names a person or a chat."""

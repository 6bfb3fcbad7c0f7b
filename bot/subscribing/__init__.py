"""What subscribers see: their subscription, what they can change of it, the buttons under a push."""

"""Pushes: what subscribers hear of signings, and how it reaches them."""

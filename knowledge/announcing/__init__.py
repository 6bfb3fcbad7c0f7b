"""Announcing signings to those who subscribed to them."""

"""A question in, an answer with its source out."""

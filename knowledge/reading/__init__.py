"""A document in, passages and drafts out: load → clean → segment → extract."""

"""A document in, drafts of facts out; `extract` is the door, rules/ holds the words it reads by."""

from knowledge.reading.extract.extract import extract
from knowledge.reading.extract.proposal import CONFIDENT, Proposal, Quote

__all__ = ["CONFIDENT", "Proposal", "Quote", "extract"]

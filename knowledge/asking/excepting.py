"""«Which chains are there besides X?»: what is asked for, without what the writer knows already."""

from dataclasses import replace

from knowledge.asking.lexicon import Lexicon, Part
from knowledge.asking.spans import Parse, Span


def excepted(parse: Parse, lexicon: Lexicon) -> tuple[Parse, frozenset[str]]:
    """Take from a question what is not to be told again.

    Args:
        parse: the question.
        lexicon: the words that leave something out.

    Returns:
        the question without it, and the entities that it leaves out; the question as it is, and none.
    """
    out: list[Span] = []
    leaves_out = False
    for span in parse.spans:
        if span.text in lexicon.excepting:
            leaves_out = True
        elif leaves_out and span.part is Part.ENTITY:
            out.append(span)
        elif span.part is not Part.FILLER:
            leaves_out = False
    if not out:
        return parse, frozenset()
    # «What else?» by itself asks for what was told before; here it asks for all but what is named.
    rest = [_which(span) if span.part is Part.MORE else span for span in parse.spans if span not in out]
    return replace(parse, spans=tuple(rest)), frozenset(id for span in out for id in span.values)


def _which(more: Span) -> Span:
    return replace(more, part=Part.QUESTION, values=frozenset({"which"}))

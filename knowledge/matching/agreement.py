"""How much two questions share that are put in other words, whatever the order."""

from knowledge.matching.keyed import Keyed


def agreement(asked: Keyed, known: Keyed) -> float:
    """Dice's coefficient of the characters of two texts, each weighted by how rare it is.

    Dice (1945) over sets; the weights are inverse document frequencies, as in BM25.

    Returns:
        1 where each has every character of the other, 0 where they share none.
    """
    first = dict(zip(asked.signs, asked.weights, strict=True))
    second = dict(zip(known.signs, known.weights, strict=True))
    shared = sum(first[sign] + second[sign] for sign in first.keys() & second.keys())
    return shared / ((sum(first.values()) + sum(second.values())) or 1.0)

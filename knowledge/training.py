"""Growing the trees that tell whether a fact near in meaning answers (`knowledge.asking.verifier`), from
questions whose answers are known.

Words were added to the lexicon for what such questions showed, so that it understands them better than those
of the next person. They are asked without the words that they alone taught, as if they had never been seen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.asking.answer import NO_CONTEXT, Context
from knowledge.asking.asker import Asker
from knowledge.asking.lexicon import Lexicon, Part, read_lexicon
from knowledge.asking.normalize import fold_text
from knowledge.asking.verifier import Matrix, Trees
from knowledge.calibration import Point, point
from knowledge.evaluation import Row, mark

TREES, DEPTH, RATE, SHARE, SEED = 300, 4, 0.07, 0.6, 1
"""How many trees are grown, how deep, what each counts, the share of the candidates that it sees."""

FEATURES_SEEN = 0.25
"""The share of the features that a branch chooses from: as good as all, in a quarter of the time."""

PLAUSIBLE = (2.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""The least probabilities that are tried; with the first of them words alone answer."""

UNASKED = 3
"""Every third question that stands alone is learned from again, as if no fact had a written question."""

TAUGHT = frozenset({Part.TOPIC, Part.KIND, Part.QUESTION, Part.RANK, Part.REFUSAL, Part.FILLER})
"""The parts of a question for which words were added from questions: not the names of what there is."""

ELSEWHERE = 2
"""How many questions of other sets have a word that would be known without a set."""


@dataclass(frozen=True)
class Examples:
    """Candidates, and whether each is what a question asks for.

    Attributes:
        rows: the features of each.
        right: whether it is.
        question: the number of the question it is weighed for.
    """

    rows: Matrix
    right: np.ndarray
    question: np.ndarray


def examples(asker: Asker, rows: Iterable[Row]) -> Examples:
    """What may answer questions, and whether it does.

    Args:
        asker: who weighs.
        rows: the questions; rows of one chat share their context.
    """
    contexts: dict[str, Context] = {}
    found: list[Matrix] = []
    right: list[bool] = []
    question: list[int] = []
    for number, row in enumerate(rows):
        before = contexts.get(row.chat, NO_CONTEXT) if row.chat else NO_CONTEXT
        weighed, answers = asker.weigh(row.text, before)
        found.append(weighed.rows)
        right += [not mark(row, answer).faults for answer in answers]
        question += [number] * len(answers)
        if row.chat:
            contexts[row.chat] = asker.ask(row.text, before).context
    return Examples(np.vstack(found), np.array(right), np.array(question))


def thinned(lexicon: Lexicon, own: Sequence[Row], others: Sequence[Row]) -> Lexicon:
    """A lexicon without the words that only one set of questions can have taught.

    Args:
        lexicon: all words.
        own: the set.
        others: the questions of other sets, who know of it just as little.
    """
    mine = "\n".join(fold_text(row.text) for row in own)
    theirs = "\n".join(fold_text(row.text) for row in others)

    def taught(text: str, part: Part) -> bool:
        word = fold_text(text)
        return part in TAUGHT and len(word) > 1 and word in mine and theirs.count(word) < ELSEWHERE

    kept = [(text, target) for text, target in lexicon.phrases if not taught(text, target.part)]
    return replace(lexicon, phrases=kept)


def learn(asker: Asker, sets: Sequence[Sequence[Row]], others: Sequence[Row]) -> Trees:
    """Trees from sets of questions, each asked without the words that it alone taught.

    Args:
        asker: who weighs.
        sets: the questions, by who wrote them.
        others: further questions, by which a word may be known.
    """
    lexicon = read_lexicon()
    unasked = asker.unasked()
    known: list[Examples] = []
    for place, own in enumerate(sets):
        rest = [row for other in (*sets[:place], *sets[place + 1 :], others) for row in other]
        known.append(examples(asker.worded(thinned(lexicon, own, rest)), own))
        known.append(examples(unasked.worded(thinned(lexicon, own, rest)), _some(own)))
    return grow(joined(known))


def _some(rows: Sequence[Row]) -> list[Row]:
    return [row for place, row in enumerate(rows) if row.chat is None and place % UNASKED == 0]


def joined(parts: Sequence[Examples]) -> Examples:
    """The examples of several sets as those of one."""
    starts = np.cumsum([0, *(int(part.question.max(initial=-1)) + 1 for part in parts)])
    return Examples(
        np.vstack([part.rows for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate([part.question + start for part, start in zip(parts, starts, strict=False)]),
    )


def grow(known: Examples) -> Trees:
    """Trees by gradient boosting.

    Args:
        known: candidates of which it is known.
    """
    # Nobody who only asks needs it.
    from sklearn.ensemble import GradientBoostingClassifier

    model = GradientBoostingClassifier(
        n_estimators=TREES,
        max_depth=DEPTH,
        learning_rate=RATE,
        subsample=SHARE,
        max_features=FEATURES_SEEN,
        random_state=SEED,
    )
    model.fit(known.rows, known.right)
    part = float(known.right.mean())
    trees = []
    for (one,) in model.estimators_:
        held = one.tree_
        trees.append(
            tuple(
                (
                    int(held.feature[node]) if held.children_left[node] >= 0 else -1,
                    round(float(held.threshold[node]), 6),
                    int(held.children_left[node]),
                    int(held.children_right[node]),
                    round(RATE * float(held.value[node][0][0]), 6),
                )
                for node in range(held.node_count)
            )
        )
    return Trees(float(np.log(part / (1 - part))), tuple(trees))


def curve(asker: Asker, trees: Trees, kept: Sequence[Row]) -> list[Point]:
    """What trees reach on questions they were not grown from, by the least probability of an answer.

    Args:
        asker: who answers.
        trees: by which.
        kept: the questions.
    """
    held = asker.limits
    tried = [replace(held, plausible=least, despite=max(least, held.despite)) for least in PLAUSIBLE]
    return [point(asker.limited(limits, trees), kept) for limits in tried]


def report(points: Sequence[Point], of: int) -> str:
    """What trees reach, as a page in Markdown.

    Args:
        points: see `curve`.
        of: how many questions they were asked.
    """
    lines = [
        "# Learning",
        "",
        "Made by `investbot learn`: what is answered by meaning, on questions it was not learned from.",
        "",
        f"| least probability | right of {of} | guessed | coverage | risk |",
        "|---|---|---|---|---|",
    ]
    for found in points:
        least = "words alone" if found.limits.plausible > 1 else str(found.limits.plausible)
        lines.append(
            f"| {least} | {found.right} | {found.guessed} | {found.coverage:.3f} | {found.risk:.3f} |"
        )
    return "\n".join([*lines, ""])

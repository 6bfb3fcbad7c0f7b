"""What is learned from questions whose answers are known."""

from pathlib import Path

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

from knowledge import training
from knowledge.asking.asker import Asker
from knowledge.asking.verifier import FEATURES, read_trees, write_trees
from knowledge.evaluation import Row
from knowledge.training import Examples, curve, examples, grow, report

KNOWN = [
    Row("海灯往无人机那摊子事里头砸进去几多银两", "answered", must=[["8亿元"]]),
    Row("低空经济的链长是谁", "answered", must=[["周岚"]]),
    Row("星河航空产业园地盘铺得有多开阔", "missing"),
]


def test_candidates_are_marked_by_the_answer_that_each_would_be(asker: Asker) -> None:
    found = examples(asker, KNOWN)

    assert found.rows.shape == (len(found.right), len(FEATURES))
    # The second is answered by its words, so that nothing is to be learned from it.
    assert set(found.question) == {0, 2}
    assert 0 < found.right[found.question == 0].sum() < (found.question == 0).sum()
    assert not found.right[found.question == 2].any()


def test_trees_are_those_that_were_grown(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(400, len(FEATURES)))
    right = rows[:, 0] + rows[:, 3] > 0.5
    trees = grow(Examples(rows, right, np.arange(400)))
    model = GradientBoostingClassifier(
        n_estimators=training.TREES,
        max_depth=training.DEPTH,
        learning_rate=training.RATE,
        subsample=training.SHARE,
        max_features=training.FEATURES_SEEN,
        random_state=training.SEED,
    ).fit(rows, right)
    write_trees(trees, tmp_path / "trees.json")

    assert np.allclose(trees.probability(rows), model.predict_proba(rows)[:, 1], atol=1e-3)
    assert read_trees(tmp_path / "trees.json") == trees


def test_the_table_tells_what_the_least_probability_costs(asker: Asker) -> None:
    points = curve(asker, read_trees(), KNOWN)
    page = report(points, len(KNOWN))

    assert [point.limits.plausible for point in points] == list(training.PLAUSIBLE)
    assert "| words alone |" in page
    assert points[0].coverage <= points[-1].coverage

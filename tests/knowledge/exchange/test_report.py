"""An import's plan as a person reads it."""

import pytest

from knowledge.exchange.plan import FieldChange, Plan, Row, RowState
from knowledge.exchange.report import describe
from knowledge.models import Kind

LONG = [f"叫法很长的产业园区第{number}号" for number in range(12)]


def told(old: list[str], new: list[str]) -> str:
    change = FieldChange("aliases", "\n".join(old), "\n".join(new))
    row = Row("产业链", 2, Kind.CHAIN, "chain.a", "汽车", RowState.CHANGED, (change,))
    return describe(Plan([row]), "zh").splitlines()[0]


@pytest.mark.parametrize(
    ("new", "must"),
    [
        ([*LONG, "车链"], "别名: … → … / 车链"),
        (LONG[:-1], f"别名: … / {LONG[-1]} → …"),
        (["车链"], f"别名: {LONG[0]}"),
    ],
)
def test_of_a_long_list_what_differs_is_seen(new: list[str], must: str) -> None:
    assert must in told(LONG, new)


def test_a_short_list_is_shown_whole() -> None:
    assert told(["星河园"], ["星河园", "银河园"]).endswith("别名: 星河园 → 星河园 / 银河园")

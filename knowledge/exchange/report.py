"""An import's plan for a person to read, in Chinese or English."""

from collections.abc import Iterator

from knowledge.exchange.cells import Value, as_text
from knowledge.exchange.columns import columns_of
from knowledge.exchange.plan import Plan, Row, RowState
from knowledge.exchange.problems import Problem, say
from knowledge.labels import label
from knowledge.models import Kind

SHORT = 80
"""A value longer than this is cut in a line."""

SHOWN = 200
"""So many rows of each state are listed; of the others the number is."""


def describe(plan: Plan, language: str, shown: int = SHOWN) -> str:
    """The plan, a line a row and the totals; rows that stay as they are only count.

    Args:
        plan: of an import.
        language: "zh" or "en".
        shown: how many rows of each state are listed.
    """
    lines: list[str] = []
    for state in (RowState.NEW, RowState.CHANGED, RowState.REJECTED):
        rows = list(plan.of(state))
        for row in rows[:shown]:
            lines += _rejected(row, language) if state is RowState.REJECTED else [_taken(row, language)]
        if len(rows) > shown:
            lines.append(
                say(language, "report", "more", number=len(rows) - shown, state=_state(state, language))
            )
    counts = {state.value: number for state, number in plan.counts.items()}
    lines.append(say(language, "report", "total", **counts))
    return "\n".join(lines)


def where(row: Row, language: str) -> str:
    """The place of a row: sheet and number."""
    key = "row" if row.number else "sheet"
    return say(language, "report", key, sheet=row.sheet, row=row.number)


def heading(field: str, kind: Kind | None, language: str) -> str:
    """A column as it is called in the workbook; a heading that is no field's as it stands."""
    known = {column.field for column in columns_of(kind)} if kind is not None else set()
    return label(field, language) if field in known else field


def sentence(problem: Problem, kind: Kind | None, language: str) -> str:
    """What is wrong: column, value, why, and what is allowed."""
    parts = [
        say(language, "report", "column", column=heading(problem.field, kind, language))
        if problem.field
        else "",
        f"«{_short(problem.value)}»" if problem.value else "",
        problem.why(language),
        problem.what(language),
    ]
    return " ".join(part for part in parts if part)


def _rejected(row: Row, language: str) -> Iterator[str]:
    for problem in row.problems:
        yield (
            f"{_state(RowState.REJECTED, language)} {where(row, language)} "
            f"{sentence(problem, row.kind, language)}"
        )


def _taken(row: Row, language: str) -> str:
    changes = [
        f"{heading(change.field, row.kind, language)}: {_change(change.old, change.new)}"
        for change in row.changes
    ]
    head = f"{_state(row.state, language)} {where(row, language)} {row.name}"
    head += f" ({row.id})" if row.name != row.id else ""
    return f"{head} {'; '.join(changes)}"


def _change(old: Value, new: Value) -> str:
    if old is None:
        return _short(as_text(new))
    was, now = as_text(old), as_text(new)
    if min(len(_line(was)), len(_line(now))) > SHORT:
        was, now = _apart(was, now)
    return f"{_short(was) or '∅'} → {_short(now) or '∅'}"


def _apart(was: str, now: str) -> tuple[str, str]:
    """Of two long lists the items that went and those that came, for both may begin alike."""
    had, has = was.splitlines(), now.splitlines()
    went, came = [one for one in had if one not in has], [one for one in has if one not in had]
    apart = "\n".join(["…", *went]), "\n".join(["…", *came])
    return apart if len(went) < len(had) and (went or came) else (was, now)


def _state(state: RowState, language: str) -> str:
    return say(language, "state", state.value)


def _line(text: str) -> str:
    return " / ".join(part.strip() for part in text.splitlines() if part.strip())


def _short(text: str) -> str:
    line = _line(text)
    return line if len(line) <= SHORT else line[:SHORT] + "…"

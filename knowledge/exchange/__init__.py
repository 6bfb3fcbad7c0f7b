"""Facts as a workbook, both ways: written for a person to edit, read back and applied as one change."""

from knowledge.exchange.applying import apply_plan
from knowledge.exchange.opening import WorkbookError
from knowledge.exchange.plan import Plan, Row, RowState
from knowledge.exchange.planning import plan_import
from knowledge.exchange.report import describe
from knowledge.exchange.workbook import export_workbook

__all__ = [
    "Plan",
    "Row",
    "RowState",
    "WorkbookError",
    "apply_plan",
    "describe",
    "export_workbook",
    "plan_import",
]

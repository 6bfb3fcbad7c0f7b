"""Charts of counts, drawn by the library's own chart widget."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette_admin.widgets import ChartWidget

Counts = Sequence[tuple[str, int]]
"""What is counted, and how often."""

COLOUR = "#066fd1"
INK = "#1d273b"
ROW = 34
"""Pixels of a bar with its space."""

_PLAIN: dict[str, object] = {
    "chart": {"toolbar": {"show": False}, "animations": {"enabled": False}, "fontFamily": "inherit"},
    "colors": [COLOUR],
    "dataLabels": {"enabled": False},
    "legend": {"show": False},
}


def columns(title: str, counts: Counts) -> ChartWidget:
    """Counts over time."""
    options = {
        **_PLAIN,
        "plotOptions": {"bar": {"columnWidth": "70%", "borderRadius": 2}},
        "xaxis": {"categories": [name for name, _ in counts], "tickAmount": 6, "labels": {"rotate": 0}},
        "yaxis": {"forceNiceScale": True, "min": 0, "decimalsInFloat": 0},
    }
    return _chart(title, counts, options, 220)


def bars(title: str, counts: Counts) -> ChartWidget:
    """Counts of several things, the names beside them."""
    options = {
        **_PLAIN,
        "dataLabels": {"enabled": True, "textAnchor": "start", "offsetX": 24, "style": {"colors": [INK]}},
        "plotOptions": {
            "bar": {
                "horizontal": True,
                "borderRadius": 2,
                "barHeight": "70%",
                "dataLabels": {"position": "top"},
            }
        },
        "grid": {"show": False},
        # Room for the number behind the longest bar.
        "xaxis": {
            "categories": [name for name, _ in counts],
            "labels": {"show": False},
            "axisTicks": {"show": False},
            "axisBorder": {"show": False},
            "min": 0,
            "max": 1.2 * max((count for _, count in counts), default=1),
        },
        "yaxis": {"labels": {"maxWidth": 180}},
    }
    return _chart(title, counts, options, 70 + ROW * max(1, len(counts)))


def _chart(title: str, counts: Counts, options: dict[str, object], height: int) -> ChartWidget:
    async def series(_request: Request) -> list[dict[str, object]]:
        return [{"name": title, "data": [count for _, count in counts]}]

    return ChartWidget(title=title, chart_type="bar", series_callback=series, options=options, height=height)

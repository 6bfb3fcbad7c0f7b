"""What a benchmark measured, as a table to read."""

from collections.abc import Iterable, Mapping
from typing import Any

_COLUMNS = ("build_s", "rss_mb", "p50_ms", "p99_ms", "hit1", "hit3")


def describe(result: Mapping[str, Any]) -> str:
    """Ours and the others a line each, then ours by kind of noise.

    Args:
        result: ours at the top level, the others under `peers`.
    """
    engines = {"investbot": result, **result.get("peers", {})}
    classes = sorted(result["reject_recall_at_5_false"])
    rows = [("engine", *_COLUMNS, *(f"rejected: {name}" for name in classes))]
    for name, row in engines.items():
        cells = (str(row.get(column, "")) for column in _COLUMNS)
        rows.append((name, *cells, *(str(row["reject_recall_at_5_false"].get(one, "")) for one in classes)))
    lines = [*_aligned(rows), ""]
    noises: list[tuple[str, ...]] = [("kind", "hit1", "hit3")]
    noises += [(kind, str(row["hit1"]), str(row["hit3"])) for kind, row in sorted(result["by_noise"].items())]
    lines += _aligned(noises)
    if "open_ms" in result:
        lines += [
            "",
            f"opened in {result['open_ms']} ms; a change is seen after {result['update_ms']} ms at most",
        ]
    return "\n".join(lines)


def _aligned(rows: list[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()

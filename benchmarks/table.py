"""The figures as a table that reads in a terminal and in docs/benchmarks.md alike."""

from __future__ import annotations

from typing import Any


def table(title: str, cases: list[dict[str, Any]]) -> str:
    """Return a heading, a table of medians, and under it the ratios that were aimed at."""
    blocks = [f"\n## {title}"]
    for case in cases:
        blocks.append(f"\n### {case['case']}\n")
        blocks += _medians(case)
        if case["goals"]:
            blocks.append("")
        blocks += [_judged(goal) for goal in case["goals"]]
    return "\n".join(blocks)


def _medians(case: dict[str, Any]) -> list[str]:
    heads = ["", case["unit"], *(["p95 ms"] if case["p95_ms"] else [])]
    rows = [
        [name, _figure(value), *([_figure(case["p95_ms"][name])] if case["p95_ms"] else [])]
        for name, value in case["median"].items()
    ]
    widths = [max(len(row[at]) for row in [heads, *rows]) for at in range(len(heads))]
    lines = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return [_row(row, widths) for row in [heads, lines, *rows]]


def _row(cells: list[str], widths: list[int]) -> str:
    first, *rest = (
        cell.ljust(width) if at == 0 else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"| {' | '.join([first, *rest])} |"


def _figure(value: float) -> str:
    decimals = max(0, 3 - len(f"{value:.0f}"))
    return f"{value:,.{decimals}f}"


def _judged(goal: dict[str, Any]) -> str:
    return f"- {'met' if goal['met'] else 'MISSED'}: {goal['goal']}: **{goal['value']}**"

"""One row a goal: what was aimed at, what was reached, beside what stock discord.py reaches."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A goal of the table. Smaller is better; a goal is met at ``target`` or below."""

    goal: str
    what: str
    reached: float
    target: float
    anchor: float | None = None
    note: str = ""

    @property
    def met(self) -> bool:
        return self.reached <= self.target + 1e-9


def head() -> str:
    """What stands above the table."""
    return f"{'goal':5} {'what':96} {'stock':>9} {'target':>9} {'reached':>9}"


def line(row: Row) -> str:
    """A goal as a line of the table."""
    anchor = _figure(row.anchor) if row.anchor is not None else ""
    mark = "" if row.met else "  MISSED"
    note = f"  ({row.note})" if row.note else ""
    figures = f"{anchor:>9} {_figure(row.target):>9} {_figure(row.reached):>9}"
    return f"{row.goal:5} {row.what:96} {figures}{mark}{note}"


def _figure(value: float) -> str:
    return f"{value:.0f}" if float(value).is_integer() and abs(value) >= 10 else f"{value:.4f}"  # noqa: PLR2004

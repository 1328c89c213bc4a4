"""What is measured, and against what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure and the limit that it must stay within.

    Attributes:
        name: what was measured.
        value: the result.
        limit: the highest value that is good, or None where the figure is only told.
        unit: of value and limit; "×" for a ratio to the floor.
        detail: the measurements behind it.
    """

    name: str
    value: float
    limit: float | None
    unit: str
    detail: str

    @property
    def is_good(self) -> bool:
        """Whether the figure is within its limit."""
        return self.limit is None or self.value <= self.limit

    def __str__(self) -> str:
        limit = "" if self.limit is None else f" (limit {self.limit:g}{self.unit})"
        mark = "ok " if self.is_good else "BAD"
        return f"{mark} {self.name}: {self.value:.2f}{self.unit}{limit}  {self.detail}"

"""What rendering a book or a list returns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A finished PDF and how many pages it has, the cover's empty back among them."""

    data: bytes
    pages: int

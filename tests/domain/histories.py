"""Made-up histories: what several seats said about one thing, knowing of one another or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from desktop.domain.statements import Statement, Values

FIELDS = ("a", "b", "c")
VALUES = ("1", "2", "3", None)
SEATS = 3


def statement(
    identifier: str,
    values: Values,
    *,
    clock: int = 1,
    seen: Sequence[str] = (),
    seat: str = "001",
    number: int = 1,
) -> Statement:
    """Return a statement about one thing, with what matters to a reading."""
    return Statement(
        id=identifier,
        seat=seat,
        number=number,
        previous="",
        operator="张老师",
        clock=clock,
        at="2026-09-20T08:00:00+08:00",
        round="r",
        subject="student:x",
        aspect="identity",
        values=values,
        seen=tuple(seen),
    )


@dataclass
class Talk:
    """Seats that speak and listen as the program does: one clock and one memory each."""

    known: list[dict[str, Statement]] = field(default_factory=lambda: [{} for _ in range(SEATS)])
    clocks: list[int] = field(default_factory=lambda: [0] * SEATS)
    said: list[Statement] = field(default_factory=list)

    def say(self, seat: int, values: Mapping[str, str | None]) -> Statement:
        """Let a seat say something, having seen all that it knows."""
        self.clocks[seat] += 1
        one = statement(
            f"s{len(self.said)}",
            dict(values),
            clock=self.clocks[seat],
            seen=tuple(self.known[seat]),
            seat=f"{seat:03d}",
            number=len(self.said) + 1,
        )
        self.known[seat][one.id] = one
        self.said.append(one)
        return one

    def listen(self, seat: int, other: int) -> None:
        """Let a seat hear all that another knows."""
        self.known[seat].update(self.known[other])
        self.clocks[seat] = max(self.clocks[seat], self.clocks[other])

    def decide(self, values: Mapping[str, str | None]) -> list[Statement]:
        """Return all that was said and one more statement that has seen it all."""
        clock = max((s.clock for s in self.said), default=0) + 1
        last = statement("last", dict(values), clock=clock, seen=[s.id for s in self.said])
        return [*self.said, last]


settings_of_fields = st.dictionaries(
    st.sampled_from(FIELDS), st.sampled_from(VALUES), min_size=1, max_size=len(FIELDS)
)


@st.composite
def talks(draw: st.DrawFn) -> Talk:
    """Seats that spoke and listened in some order."""
    talk = Talk()
    seats = st.integers(0, SEATS - 1)
    step = st.one_of(st.tuples(seats, settings_of_fields), st.tuples(seats, seats))
    for seat, deed in draw(st.lists(step, min_size=1, max_size=12)):
        if isinstance(deed, int):
            talk.listen(seat, deed)
        else:
            talk.say(seat, deed)
    if not talk.said:
        talk.say(0, draw(settings_of_fields))
    return talk


@st.composite
def forgeries(draw: st.DrawFn) -> list[Statement]:
    """Statements of which nothing can be trusted: ids, clocks and what they claim to have seen."""
    ids = st.sampled_from(["p", "q", "r", "s", "t"])
    parts = st.tuples(ids, settings_of_fields, st.integers(1, 4), st.lists(ids, max_size=4))
    return [
        statement(identifier, values, clock=clock, seen=seen, number=place + 1)
        for place, (identifier, values, clock, seen) in enumerate(
            draw(st.lists(parts, min_size=1, max_size=8))
        )
    ]

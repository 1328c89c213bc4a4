"""Made-up bundles: what two colleges and a second registrar's seat say, true or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

from desktop.bundles.lines import Written, encode, written
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Statement, Values
from desktop.store.journal import Source
from desktop.store.store import UnitOfWork

ROUND = "r"
STUDENTS = ("student:1", "student:2", "student:3")
CLASSES = ("class:1", "class:2")
SHEETS = ("sheet:1", "sheet:2")
OFFICES = ("college-01", "college-02")
MARKS = ("signed", "unsigned", None)
SPEAKERS = {
    "002": ("college-01", OfficeKind.COLLEGE),
    "003": ("college-02", OfficeKind.COLLEGE),
    "005": ("college-01", OfficeKind.COLLEGE),
    "006": ("admissions", OfficeKind.ADMISSIONS),  # in the store of another office
    "009": ("registrar", OfficeKind.REGISTRAR),
}


@dataclass(frozen=True)
class Bundle:
    """Statements of one seat that travel together."""

    name: str
    seat: str
    statements: tuple[Statement, ...]

    def lines(self) -> list[Written]:
        """Return the statements as they are written."""
        return [written(encode(statement)) for statement in self.statements]


def hear(unit: UnitOfWork, bundle: Bundle) -> None:
    """Take a bundle in as ``procedures.merging`` does, be it in already or not."""
    numbers = [statement.number for statement in bundle.statements]
    known = unit.journal.known_hashes(bundle.seat, min(numbers), max(numbers))
    office, _ = SPEAKERS[bundle.seat]
    source = Source(bundle.name, bundle.seat, office)
    new = [one for one in bundle.lines() if one.statement.number not in known]
    unit.journal.accept(unit.journal.compare(new, source, sorted(known)))


Saying = tuple[str, str, str, Values]
"""Subject, aspect, round, values."""


FOUNDING: Final[list[Saying]] = [
    ("class:1", "class_group", "", {"office": "college-01"}),
    ("student:1", "placement", "", {"class_id": "class:1"}),
]


def _sayings(bundles: Sequence[str]) -> dict[OfficeKind, st.SearchStrategy[Saying]]:
    students, classes = st.sampled_from(STUDENTS), st.sampled_from(CLASSES)
    sheets, marks = st.sampled_from(SHEETS), st.sampled_from(MARKS)
    assign = st.tuples(classes, st.sampled_from(OFFICES)).map(
        lambda p: (p[0], "class_group", "", {"office": p[1]})
    )
    place = st.tuples(students, classes).map(lambda p: (p[0], "placement", "", {"class_id": p[1]}))
    sign = st.tuples(students, marks).map(lambda p: (p[0], "signature", ROUND, {"mark": p[1]}))
    print_ = st.tuples(sheets, classes).map(lambda p: (p[0], "sheet", ROUND, {"class_id": p[1]}))
    head = st.tuples(sheets, marks).map(lambda p: (p[0], "sign_off", ROUND, {"head": p[1]}))
    propose = students.map(lambda s: ("correction:1", "correction", ROUND, {"student": s}))
    withdraw = st.sampled_from(bundles).map(
        lambda b: (f"bundle:{b}", "withdrawal", "", {"withdrawn": "yes"})
    )
    numbers = st.tuples(st.integers(1, 8), st.integers(0, 4))
    undo = numbers.map(
        lambda n: ("import:1", "list_import", "", {"withdrawn": "yes", **_range(n[0], n[1])})
    )
    return {
        OfficeKind.COLLEGE: st.one_of(sign, print_, head, propose),
        OfficeKind.ADMISSIONS: st.one_of(place, withdraw),
        OfficeKind.REGISTRAR: st.one_of(assign, place, sign, withdraw, undo),
    }


def _range(first: int, more: int) -> dict[str, str]:
    """Return the numbers of an import's statements, as values."""
    return {"first": str(first), "last": str(first + more)}


@st.composite
def bundle_lists(draw: st.DrawFn) -> list[Bundle]:
    """Bundles whose seats have seen some of what was said before; the first one assigns a class."""
    seats = ["009", *draw(st.lists(st.sampled_from(sorted(SPEAKERS)), min_size=1, max_size=5))]
    names = [f"b{place}" for place in range(len(seats))]
    sayings = _sayings(names)
    said: list[Statement] = []
    numbers = dict.fromkeys(SPEAKERS, 0)
    bundles = []
    for place, (name, seat) in enumerate(zip(names, seats, strict=True)):
        mine = []
        kind = SPEAKERS[seat][1]
        more = draw(st.lists(sayings[kind], min_size=1, max_size=4)) if place else FOUNDING
        for subject, aspect, round_, values in more:
            numbers[seat] += 1
            earlier = [s for s in said if s.key == (subject, aspect, round_)]
            seen = draw(st.lists(st.sampled_from(earlier), unique_by=id)) if earlier else []
            mine.append(
                Statement(
                    id=f"{seat}-{numbers[seat]}",
                    seat=seat,
                    number=numbers[seat],
                    previous="",
                    operator="某人",
                    clock=max((s.clock for s in said), default=0) + 1,
                    at="2026-09-20T08:00:00+08:00",
                    round=round_,
                    subject=subject,
                    aspect=aspect,
                    values=values,
                    seen=tuple(s.id for s in seen),
                )
            )
            said.append(mine[-1])
        bundles.append(Bundle(name, seat, tuple(mine)))
    return bundles

"""Of which classes a college has recorded something that the leading office was not sent yet."""

from desktop.bundles.lines import decode
from desktop.domain.authority import scope_subject
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Round
from desktop.procedures.session import Reader
from desktop.store import exchange, school
from desktop.store.links import Links
from desktop.store.store import UnitOfWork


def unsent_classes(session: Reader, unit: UnitOfWork, round_: Round) -> set[str]:
    """Return the classes about which this seat said something that the round's leader lacks.

    Where the leading office has no seat, the registrar stands in for it.
    """
    offices = {one.kind: one.id for one in school.offices(unit.connection)}
    leader = offices.get(round_.leader) or offices.get(OfficeKind.REGISTRAR, "")
    lines = exchange.unsent_lines(unit.connection, session.home.seat.id, leader, round_.id)
    said = [decode(line) for _, line in lines]
    abouts = {scope_subject(s.aspect, s.subject, s.values) or "" for s in said}
    return {
        place for reached in Links(unit.connection).belongs_to(abouts).values() for place in reached
    }

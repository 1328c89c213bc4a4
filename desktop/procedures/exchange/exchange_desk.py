"""What came and went: the bundles of this seat, as the page 收发 shows them."""

from dataclasses import dataclass

from desktop.domain.exchange import IncomingBundle, OutgoingBundle, Receipt, RefusedBundle
from desktop.procedures.exchange.withdrawals import may_withdraw
from desktop.procedures.session import Session
from desktop.store import exchange, school


@dataclass(frozen=True, slots=True)
class Received:
    """A bundle that was merged.

    Attributes:
        withdrawn: whether a person has taken it back.
        handed_on: whether it was sent to another office, which has handed it on.
        withdrawable: whether this office may take it back, if nothing it decided rests on it.
    """

    bundle: IncomingBundle
    office_name: str
    round_name: str
    withdrawn: bool
    handed_on: bool
    withdrawable: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle that this seat wrote, and the answer to it, None while none came.

    Attributes:
        withdrawn: why whoever took it in has taken it back, None while nobody has.
    """

    bundle: OutgoingBundle
    office_name: str
    round_name: str
    receipt: Receipt | None
    withdrawn: str | None

    @property
    def unanswered(self) -> bool:
        """Whether an answer is still to come: none does to what says nothing, answers alone."""
        return self.receipt is None and self.bundle.statements > 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was refused; ``office_name`` is what the file claims to come from."""

    bundle: RefusedBundle
    office_name: str


@dataclass(frozen=True, slots=True)
class ExchangeDesk:
    """Everything that came and went, each the latest first."""

    received: tuple[Received, ...]
    sent: tuple[Sent, ...]
    refused: tuple[Refused, ...]


def exchange_desk(session: Session) -> ExchangeDesk:
    """Return what came and went at this seat."""
    with session.unit_of_work() as unit:
        connection = unit.connection
        offices = {office.id: office.name for office in school.offices(connection)}
        rounds = {round_.id: round_.name for round_ in school.rounds(connection)}
        answers = {receipt.bundle_id: receipt for receipt in exchange.receipts(connection)}
        why = exchange.withdrawn_because(connection)
        received = [
            Received(
                bundle=bundle,
                office_name=offices.get(bundle.from_office, bundle.from_office),
                round_name=rounds.get(bundle.round, bundle.round),
                withdrawn=unit.journal.withdrawn(bundle.bundle_id),
                handed_on=bundle.to_office != session.home.seat.office.id,
                withdrawable=may_withdraw(session, bundle),
            )
            for bundle in exchange.incoming(connection)
        ]
        sent = [
            Sent(
                bundle=bundle,
                office_name=offices.get(bundle.to_office, bundle.to_office),
                round_name=rounds.get(bundle.round, bundle.round),
                receipt=answers.get(bundle.bundle_id),
                withdrawn=why.get((bundle.bundle_id, bundle.to_office)),
            )
            for bundle in exchange.outgoing(connection)
        ]
        refused = [
            Refused(bundle, offices.get(bundle.from_office, bundle.from_office))
            for bundle in exchange.refused(connection)
        ]
    return ExchangeDesk(tuple(reversed(received)), tuple(reversed(sent)), tuple(reversed(refused)))

"""Which papers of procedures one and two came back signed, as far as this seat knows."""

from collections.abc import Mapping

from desktop.domain.authority import PAPER_SIGNERS
from desktop.store import registration
from desktop.store.store import UnitOfWork


def signers_of(unit: UnitOfWork, round_id: str, kind: str) -> Mapping[str, frozenset[str]]:
    """Return per class or office who has signed one paper of a kind about it, and "seal".

    Of several papers about the same, the one that most have signed counts.
    """
    signed = registration.texts_of_round(unit.connection, "paper_sign_off", round_id)
    found: dict[str, frozenset[str]] = {}
    for paper, texts in registration.texts_of_round(unit.connection, "paper", round_id).items():
        if texts["kind"] != kind:
            continue
        said = signed.get(paper, {})
        who = frozenset(
            one for one in (*PAPER_SIGNERS, "seal") if said.get(one) and said.get(f"{one}_date")
        )
        found[texts["about"]] = max(found.get(texts["about"], frozenset()), who, key=len)
    return found

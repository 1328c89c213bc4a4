"""What the journal says of the papers of procedures one and two that were printed to be signed."""

from sqlalchemy import Connection, func, select

from desktop.domain.authority import PAPER_SIGNERS
from desktop.domain.written_papers import StatedPaper, signers_of
from desktop.models.entry_review import PaperRow
from desktop.store.registration import texts_of_round

_SIGNED = tuple(part for signer in (*PAPER_SIGNERS, "seal") for part in (signer, f"{signer}_date"))


def papers_made_by(connection: Connection, seat: str) -> int:
    """Return how many such papers a seat has made so far, over all rounds."""
    query = select(func.count()).where(PaperRow.subject.startswith(f"paper:{seat}-"))
    return connection.execute(query).scalar_one()


def papers_of_round(connection: Connection, round_id: str) -> dict[str, StatedPaper]:
    """Return the papers of a round by number; one in conflict with itself is left out."""
    important = _important_cases(connection, round_id)
    signed = texts_of_round(connection, "paper_sign_off", round_id)
    found = {}
    for subject, texts in texts_of_round(connection, "paper", round_id).items():
        if texts["conflicts"]:
            continue
        number = subject.removeprefix("paper:")
        said = signed.get(subject, {})
        found[number] = StatedPaper(
            number=number,
            round=round_id,
            kind=texts["kind"],
            about=texts["about"],
            title=texts["title"],
            page_count=int(texts["page_count"] or 0),
            digest=texts["digest"],
            printed_at=texts["printed_at"],
            signers=signers_of(texts["kind"], important=texts["about"] in important),
            sign_offs={part: said[part] for part in _SIGNED if said.get(part)},
        )
    return found


def _important_cases(connection: Connection, round_id: str) -> frozenset[str]:
    """Return the cases of a round that go to the leading group, as papers name them."""
    said = texts_of_round(connection, "case_file", round_id)
    return frozenset(case for case, texts in said.items() if texts["important"] == "yes")

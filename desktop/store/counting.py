"""Which statements count: derived from the journal and the revocations, like a reading.

A statement counts when a bundle that carries it counts and its office may speak about its subject.
A bundle no longer counts when it was withdrawn, or when a revocation cuts it off. A bundle that
came after its revocation would have been refused; so one that is cut off makes no links and takes
nothing back, as if it had never come. A bundle that was withdrawn is in all the same: its links
and its withdrawals stay. So neither depends on which came first. Whom a withdrawal binds does not
either: the registrar's everybody, another office's its own seats alone (ADR 48).

What an imported list made does not count once its seat has undone the import. The statement that
says so names the statements by their numbers, so it means the same wherever they have come to.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select, update

from desktop.bundles.lines import decode
from desktop.domain.authority import is_about_speaker, needs_scope, scope_subject
from desktop.domain.offices import OfficeKind, kind_of_office
from desktop.domain.statements import Statement
from desktop.models.journal import UNCOUNTED, CarriedAgainRow, DiscountedBundleRow, StatementRow
from desktop.models.seat import SeatRow
from desktop.store.engine import insert_rows
from desktop.store.links import LINKING_ASPECTS, Link, Links, among, chunks, links_of
from desktop.store.tables import reread
from desktop.store.undoings import STAYING, Undoing, Undoings, undoings_of

WITHDRAWN = "withdrawn"
UNDONE = "undone"
REVOKED = "revoked"
WITHOUT_AUTHORITY = "authority"

_WAITING = UNCOUNTED & (StatementRow.uncounted == WITHOUT_AUTHORITY)
_BATCH = 2000
_ENTRY = (
    StatementRow.arrival,
    StatementRow.office,
    StatementRow.bundle,
    StatementRow.uncounted,
    StatementRow.line,
)


class Entry(NamedTuple):
    """A statement in the journal, with every bundle that carries it (none: said here)."""

    arrival: int
    office: str
    bundles: tuple[str, ...]
    uncounted: str
    statement: Statement


class Counting:
    """What counts in one store, within one transaction."""

    def __init__(self, connection: Connection, links: Links) -> None:
        self._connection = connection
        self._links = links
        self._discounted: dict[str, frozenset[str]] | None = None
        self._home: str | None = None
        self._undoings = Undoings(connection)

    # --- asking ---------------------------------------------------------------------------------

    def why_not(self, statement: Statement, bundles: Collection[str], *, own: bool) -> str:
        """Return why a statement does not count, "" where it does.

        Args:
            statement: the statement.
            bundles: every bundle that carries it; none when it was said here.
            own: whether its office may speak about its subject.
        """
        undone = UNDONE if self._undoings.touch(statement) else ""
        if not bundles:
            return undone
        accepted = [whys for b in bundles if REVOKED not in (whys := self._whys_of(b))]
        if not accepted:
            return REVOKED
        if statement.aspect in STAYING:
            return ""
        if all(WITHDRAWN in whys for whys in accepted):
            return WITHDRAWN
        return undone if own else WITHOUT_AUTHORITY

    def whys_in(
        self, bundle: str, statements: Sequence[Statement], owns: Sequence[bool]
    ) -> list[str]:
        """Return why statements that come in a bundle for the first time do not count."""
        # so it is nearly always: then only whose they are matters
        if not self._whys_of(bundle) and not self._undoings.any:
            return ["" if own else WITHOUT_AUTHORITY for own in owns]
        pairs = zip(statements, owns, strict=True)
        return [self.why_not(statement, (bundle,), own=own) for statement, own in pairs]

    def is_cut_off(self, entry: Entry) -> bool:
        """Tell whether a statement came in bundles alone that a revocation cuts off."""
        return bool(entry.bundles) and all(REVOKED in self._whys_of(b) for b in entry.bundles)

    def withdrawn(self, bundle: str) -> bool:
        """Tell whether a bundle was withdrawn, be it here already or not."""
        return WITHDRAWN in self._whys_of(bundle)

    def about_own(
        self, office: str, statements: Sequence[Statement], new_links: Collection[Link] = ()
    ) -> list[bool]:
        """Tell for each statement of an office whether it is about the office's own.

        Args:
            office: the id of the office.
            statements: what it said.
            new_links: links that are not kept yet: a sheet that comes in the same bundle says
                itself to which class it belongs.
        """
        if not needs_scope(kind_of_office(office)):
            return [True] * len(statements)
        abouts = [scope_subject(s.aspect, s.subject, s.values) for s in statements]
        new: dict[str, set[str]] = {}
        for subject, target in new_links:
            new.setdefault(subject, set()).add(target)
        offices = self._links.belongs_to({a for a in abouts if a}.union(*new.values()))
        own = {
            about: any(office in offices[place] for place in (about, *new.get(about, ())))
            for about in set(abouts)
            if about
        }
        return [
            is_about_speaker(said.aspect) or bool(about and own[about])
            for said, about in zip(statements, abouts, strict=True)
        ]

    def entries_of(self, seat: str, numbers: Sequence[int]) -> list[Entry]:
        """Return the statements that a seat made under these numbers, as far as they are here."""
        found: list[Entry] = []
        for chunk in chunks(numbers):
            found += self._entries((StatementRow.seat == seat) & StatementRow.number.in_(chunk))
        return found

    def revived_by(self, bundle: str, entries: Iterable[Entry]) -> list[Statement]:
        """Return which statements that do not count would, if this bundle carried them too."""
        idle = [e._replace(bundles=(*e.bundles, bundle)) for e in entries if e.uncounted]
        return [e.statement for e, why in zip(idle, self.whys(idle), strict=True) if not why]

    def resting_on(self, bundle: str) -> list[Statement]:
        """Return the statements that count by this bundle alone: what its withdrawal takes back."""
        found = []
        for entry in self._carried_by({bundle}):
            others = [other for other in entry.bundles if other != bundle]
            if not entry.uncounted and all(self._whys_of(other) for other in others):
                found.append(entry.statement)
        return found

    @property
    def waits_for_links(self) -> bool:
        """Whether anything does not count that would, once a new link says whose it is."""
        return bool(self._connection.execute(select(exists().where(_WAITING))).scalar())

    def taken_back(self, statements: Iterable[Statement], office: str) -> set[str]:
        """Return the bundles that an office's statements withdraw, as far as that binds here.

        What another office than the registrar's takes back, it has taken in itself; so it says
        nothing about what this office has taken in.
        """
        said = [one for one in statements if one.aspect == "withdrawal"]
        if not said or not (kind_of_office(office) is OfficeKind.REGISTRAR or office == self.home):
            return set()
        return {_withdrawn_by(one) for one in said} - {""}

    def taken_back_by(self, entries: Iterable[Entry]) -> set[str]:
        """Return the bundles that statements of any offices withdraw, as far as that binds here."""
        return {
            bundle for one in entries for bundle in self.taken_back([one.statement], one.office)
        }

    @property
    def home(self) -> str:
        """The id of the office whose store this is, "" where it does not say yet."""
        if self._home is None:
            query = select(SeatRow.office_id)
            self._home = self._connection.execute(query).scalar_one_or_none() or ""
        return self._home

    # --- what changes what counts ---------------------------------------------------------------

    def carry_again(self, entries: Iterable[Entry], bundle: str) -> None:
        """Remember that a bundle carries statements that are in already; some count again by it."""
        again = [entry for entry in entries if entry.bundles and bundle not in entry.bundles]
        rows = [(bundle, entry.arrival) for entry in again]
        insert_rows(self._connection, CarriedAgainRow, ["bundle", "arrival"], rows)
        self._recount([e._replace(bundles=(*e.bundles, bundle)) for e in again if e.uncounted])

    def follow_up(self, statements: Collection[Statement], links: set[Link], office: str) -> None:
        """Do what an office's statements that were not cut off entail: links and withdrawals.

        Statements of other aspects than ``STAYING`` entail nothing but the links that they make,
        and may be left out.

        What does not count makes links too: whether a withdrawal comes before or after what it
        takes back must not matter. Nobody gains by it, for a link to somebody else's class lets
        only that other college speak.
        """
        if self._links.add(links):
            self._recount(self._entries(_WAITING))
        withdrawn = self._discount(self.taken_back(statements, office), WITHDRAWN)
        self._recount(self._carried_by(withdrawn))
        for undoing in self._undoings.add(undoings_of(statements)):
            self._recount(self._entries(undoing.condition))

    def cut_off(self, bundles: Collection[str]) -> None:
        """Let bundles no longer count that a revocation cuts off."""
        new = self._discount(bundles, REVOKED)
        carried = self._carried_by(new)
        self._recount(carried)
        cut = [entry for entry in carried if self.is_cut_off(entry)]
        gone = [entry.statement for entry in cut]
        back = self._take_back_withdrawals(cut)
        loose = self._drop_links(gone)
        self._recount(self._carried_by(back))
        for undoing in self._take_back_undoings(gone):
            self._recount(self._entries(undoing.condition))
        self._recount(self._about(loose))

    # --- inside ---------------------------------------------------------------------------------

    def _whys_of(self, bundle: str) -> frozenset[str]:
        if self._discounted is None:
            self._discounted = discounted_bundles(self._connection)
        return self._discounted.get(bundle, frozenset())

    def _discount(self, bundles: Collection[str], why: str) -> set[str]:
        """Let bundles no longer count; return those that did so far, as far as this goes."""
        new = {bundle for bundle in bundles if why not in self._whys_of(bundle)}
        rows = [(bundle, why) for bundle in sorted(new)]
        insert_rows(self._connection, DiscountedBundleRow, ["bundle", "why"], rows)
        self._discounted = None
        return new

    def _take_back_withdrawals(self, gone: Collection[Entry]) -> set[str]:
        """Return the bundles that nobody withdraws any more once these statements are gone."""
        concerned = self.taken_back_by(gone)
        left = self._entries(
            (StatementRow.aspect == "withdrawal")
            & among(StatementRow.subject, {f"bundle:{bundle}" for bundle in concerned})
            & (StatementRow.uncounted == "")
        )
        back = concerned - self.taken_back_by(left)
        for chunk in chunks(back):
            row = DiscountedBundleRow
            self._connection.execute(delete(row).where(row.bundle.in_(chunk), row.why == WITHDRAWN))
        self._discounted = None
        return back

    def _take_back_undoings(self, gone: Collection[Statement]) -> set[Undoing]:
        """Forget the undoings that nobody says any more once these statements are gone."""
        concerned = undoings_of(gone)
        left = self._entries(
            (StatementRow.aspect == "list_import")
            & among(StatementRow.seat, {undoing.seat for undoing in concerned})
            & (StatementRow.uncounted != REVOKED)
        )
        back = concerned - undoings_of(entry.statement for entry in left)
        self._undoings.drop(back)
        return back

    def _drop_links(self, gone: Collection[Statement]) -> set[str]:
        """Drop the links that only these statements made; return the subjects that lose one."""
        concerned = links_of(gone)
        left = self._entries(
            StatementRow.aspect.in_(LINKING_ASPECTS)
            & among(StatementRow.subject, {subject for subject, _ in concerned})
            & (StatementRow.uncounted != REVOKED)
        )
        lost = concerned - links_of(entry.statement for entry in left)
        loose = {subject for subject, _ in lost}
        for subject in sorted(loose):
            loose = loose | self._links.belonging_to(subject)
        self._links.drop(lost)
        return loose

    def _about(self, subjects: Collection[str]) -> list[Entry]:
        return self._entries(among(StatementRow.subject, subjects)) if subjects else []

    def _carried_by(self, bundles: Collection[str]) -> list[Entry]:
        """Return every statement that one of these bundles carries, first or again."""
        found: dict[int, Entry] = {}
        for chunk in chunks(sorted(bundles)):
            again = select(CarriedAgainRow.arrival).where(CarriedAgainRow.bundle.in_(chunk))
            for condition in (StatementRow.bundle.in_(chunk), StatementRow.arrival.in_(again)):
                found.update({entry.arrival: entry for entry in self._entries(condition)})
        return list(found.values())

    def entries_in_batches(self) -> Iterator[list[Entry]]:
        """Yield the whole journal, some statements at a time.

        Raises:
            MalformedStatement: a line is none.
        """
        end = self._connection.execute(select(func.max(StatementRow.arrival))).scalar() or 0
        for start in range(1, end + 1, _BATCH):
            yield self._entries(StatementRow.arrival.between(start, start + _BATCH - 1))

    def _entries(self, condition: ColumnElement[bool]) -> list[Entry]:
        again: dict[int, list[str]] = {}
        carried = select(CarriedAgainRow.arrival, CarriedAgainRow.bundle).join(
            StatementRow, StatementRow.arrival == CarriedAgainRow.arrival
        )
        for arrival, bundle in self._connection.execute(carried.where(condition)):
            again.setdefault(arrival, []).append(bundle)
        rows = self._connection.execute(select(*_ENTRY).where(condition)).all()
        return [_entry(row, again.get(row[0], ())) for row in rows]

    def _recount(self, entries: Collection[Entry]) -> None:
        """Count statements anew."""
        changed: dict[str, list[Entry]] = {}
        for entry, why in zip(entries, self.whys(entries), strict=True):
            if why != entry.uncounted:
                changed.setdefault(why, []).append(entry)
        for why, group in changed.items():
            for chunk in chunks([entry.arrival for entry in group]):
                mine = StatementRow.arrival.in_(chunk)
                self._connection.execute(update(StatementRow).where(mine).values(uncounted=why))
        keys = {entry.statement.key for group in changed.values() for entry in group}
        if keys:
            reread(self._connection, keys)

    def whys(self, entries: Collection[Entry]) -> list[str]:
        """Return, for each statement, why it does not count by what the journal says now."""
        by_office: dict[str, list[Entry]] = {}
        for entry in entries:
            by_office.setdefault(entry.office, []).append(entry)
        own: dict[int, bool] = {}
        for office, group in by_office.items():
            answers = self.about_own(office, [entry.statement for entry in group])
            own.update(zip((entry.arrival for entry in group), answers, strict=True))
        return [self.why_not(e.statement, e.bundles, own=own[e.arrival]) for e in entries]


def discounted_bundles(connection: Connection) -> dict[str, frozenset[str]]:
    """Return the bundles that do not count, each with why: there are few."""
    found: dict[str, frozenset[str]] = {}
    query = select(DiscountedBundleRow.bundle, DiscountedBundleRow.why)
    for bundle, why in connection.execute(query):
        found[bundle] = found.get(bundle, frozenset()) | {why}
    return found


def _withdrawn_by(statement: Statement) -> str:
    """Return the bundle that a statement withdraws, "" for any other statement."""
    if statement.aspect == "withdrawal" and statement.values.get("withdrawn") == "yes":
        return statement.subject.removeprefix("bundle:")
    return ""


def _entry(row: Sequence[object], again: Sequence[str]) -> Entry:
    arrival, office, bundle, uncounted, line = row
    assert isinstance(line, bytes)  # noqa: S101 - the column's type
    assert isinstance(arrival, int)  # noqa: S101
    first = () if bundle is None else (str(bundle),)
    return Entry(arrival, str(office), (*first, *again), str(uncounted), decode(line))

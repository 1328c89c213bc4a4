"""A session: who is signed in at which seat, and how to open a transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.bundles.certificates import SignedCertificate, Trust
from desktop.bundles.keys import SeatKeys, unlock_keys
from desktop.domain.offices import HomeSeat, OfficeKind
from desktop.errors import (
    Cancelled,
    CertificateExpired,
    ClockBehind,
    NotAllowed,
    NotEnrolled,
    NotRoot,
)
from desktop.store import school, seats
from desktop.store.journal import Author
from desktop.store.store import Store, UnitOfWork

Progress = Callable[[int, int], None]
"""Called with (done, total); it may raise ``Cancelled``."""


def no_progress(_done: int, _total: int) -> None:
    """Report to nobody."""


def part_of(progress: Progress, part: int, parts: int) -> Progress:
    """Return how one part of a long work reports, so that the whole goes once from 0 to 100.

    Where the part counts several things one after another, it stays until they have caught up.

    Args:
        progress: of the whole.
        part: which one it is, from 0.
        parts: how many there are.
    """
    furthest = 0

    def told(done: int, total: int) -> None:
        nonlocal furthest
        furthest = max(furthest, 100 * done // max(total, 1))
        progress((100 * part + furthest) // parts, 100)

    return told


def cancel(_done: int, _total: int) -> None:
    """Stop the job at its next step."""
    raise Cancelled


@dataclass(frozen=True)
class Reader:
    """A seat's store with nobody signed in: it can be read, and nothing can be said in it.

    Attributes:
        store: the open store.
        home: the seat to which it belongs.
    """

    store: Store
    home: HomeSeat

    @contextmanager
    def unit_of_work(self) -> Iterator[UnitOfWork]:
        """Open a transaction; not committing is the default."""
        with self.store.unit_of_work() as unit:
            yield unit

    def require(self, *kinds: OfficeKind) -> None:
        """Raise unless the seat's office is of one of these kinds.

        Raises:
            NotAllowed: it is not.
        """
        if self.home.seat.office.kind not in kinds:
            raise NotAllowed("这一步不归本部门办理。", "请由负责的部门办理。")

    def school_name(self, unit: UnitOfWork) -> str:
        """Return what the school is called today, as papers print it.

        Until a seat has heard the registrar's word, it is called as in the seat's enrolment.
        """
        facts = school.school_facts(unit.connection, self.today().isoformat())
        return facts.name or self.home.school_name

    def now_text(self) -> str:
        """Return the time on the wall, to the second, with its offset."""
        return self.store.now().isoformat(timespec="seconds")

    def today(self) -> date:
        """Return today's date."""
        return self.store.now().date()


@dataclass(frozen=True)
class Session(Reader):
    """Who is signed in: everything that a use case needs to act.

    Attributes:
        operator: the name of the person.
        keys: the seat's keys, unlocked by the person's passphrase.
    """

    operator: str
    keys: SeatKeys

    @property
    def author(self) -> Author:
        """The author of what is said in this session."""
        seat = self.home.seat
        return Author(seat.id, seat.office.id, seat.office.kind, self.operator, self.keys.sign)

    @contextmanager
    def unit_of_work(self) -> Iterator[UnitOfWork]:
        """Open a transaction in which this session speaks; not committing is the default."""
        with self.store.unit_of_work(self.author) as unit:
            yield unit

    def require_root(self) -> None:
        """Raise unless this is the school's first seat, which signs for all others.

        Raises:
            NotRoot: it is not.
        """
        if not self.home.is_root:
            raise NotRoot(
                "只有学校的第一个席位（教务处学籍科）可以批复加入和吊销席位。",
                "请到学籍科的那台电脑上办理。",
            )

    def trust(self, unit: UnitOfWork) -> Trust:
        """Return whom the school vouches for, each word verified anew."""
        return load_trust(self.home, unit)

    def certificate(self, unit: UnitOfWork) -> SignedCertificate:
        """Return the certificate under which this seat signs today: of its valid ones the newest.

        Raises:
            ClockBehind: by this PC's date, none is valid yet.
            CertificateExpired: the last one has run out.
        """
        known, today = self.certificates(unit), self.today()
        if valid := [signed for signed in known if signed.certificate.valid_on(today)]:
            return valid[-1]
        starts = [signed.certificate.valid_from for signed in known]
        if coming := [start for start in starts if start > today.isoformat()]:
            raise ClockBehind(
                f"这台电脑的日期是{today}，早于本席位证书签发的日期（证书从{min(coming)}起有效），"
                "多半是这台电脑的日期不对，没有导出。",
                "请把这台电脑的日期和时间改正，再导出一次。",
            )
        until = known[-1].certificate.valid_until
        raise CertificateExpired(
            f"本席位的证书有效到{until}，按这台电脑的日期（{today}）已经到期，没有导出。",
            "请先核对这台电脑的日期；日期没有错的，请学籍科换发证书并导出一份报送包，"
            "收入以后再导出。",
        )

    def certificates(self, unit: UnitOfWork) -> tuple[SignedCertificate, ...]:
        """Return what the school has certified of this seat and its keys, the newest last.

        Certificates of other keys under its number are not its own, and not of its office neither.
        """
        return tuple(
            sorted(
                (
                    signed
                    for signed in self.trust(unit).certificates_of(self.home.seat.id)
                    if signed.certificate.signing_key == self.keys.public.signing
                    and signed.certificate.recipient == self.keys.public.recipient
                    and signed.certificate.office_id == self.home.seat.office.id
                ),
                key=lambda signed: (signed.certificate.valid_until, signed.certificate.serial),
            )
        )


def load_trust(home: HomeSeat, unit: UnitOfWork) -> Trust:
    """Return the trust that a store keeps."""
    trust = Trust(home.school_code, home.root_key, home.training)
    return trust.learn(
        seats.certificate_texts(unit.connection), seats.revocation_texts(unit.connection)
    )


def sign_in(store: Store, operator: str, passphrase: str) -> Session:
    """Sign an operator in.

    Raises:
        NoSuchOperator, WrongPassphrase: nobody is signed in.
        NotEnrolled: the seat still waits for its enrolment.
    """
    with store.unit_of_work() as unit:
        home = seats.home_seat(unit.connection)
        locked = seats.locked_keys(unit.connection, operator)
    keys = unlock_keys(locked, passphrase)
    if not home.enrolled:
        raise NotEnrolled(
            "这个席位还没有收到教务处学籍科的加入批复。", "请先读取批复文件，完成加入。"
        )
    return Session(store, home, operator, keys)


def operators_of(store: Store) -> tuple[str, ...]:
    """Return who works at this seat, for the sign-in page."""
    with store.unit_of_work() as unit:
        return seats.operators(unit.connection)


def open_and_sign_in(folder: Path, operator: str, passphrase: str) -> Session:
    """Open the store of a folder and sign in; the store is closed again if that fails."""
    store = Store.open(folder)
    try:
        names = operators_of(store)
        return sign_in(store, operator or (names[0] if len(names) == 1 else ""), passphrase)
    except BaseException:
        store.close()
        raise

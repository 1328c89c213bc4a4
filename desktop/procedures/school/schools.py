"""How a school begins, and who works at a seat."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from uuid_utils import uuid7

from desktop.bundles import keys as locked
from desktop.bundles.certificates import (
    Certificate,
    SignedCertificate,
    sign_certificate,
    validity,
)
from desktop.bundles.enrolment import require_school_name
from desktop.bundles.keys import SeatKeys, lock_keys, unlock_keys
from desktop.domain.offices import ROOT_SEAT, HomeSeat, Office, OfficeKind, Seat
from desktop.domain.statements import Key
from desktop.errors import TrustError
from desktop.procedures.school.enrolment import keep_trust, state_office
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import person_called, thing_called
from desktop.store import seats
from desktop.store.store import Store, local_now

ROOT_VALID_DAYS = 10 * 366
_REGISTRAR = Office(str(OfficeKind.REGISTRAR), OfficeKind.REGISTRAR, "教务处学籍科")


@dataclass(frozen=True, slots=True)
class NewSchool:
    """What is asked when a school is created."""

    code: str
    name: str
    president: str = ""
    level: str = "专科(高职)"
    seat_name: str = "学籍科一号机"
    training: bool = False


def create_school(
    folder: Path, school: NewSchool, operator: str, passphrase: str, *, cost: int | None = None
) -> Session:
    """Create a school: this seat becomes its registrar's first and the root of trust.

    Raises:
        StoreExists, StoreReadOnly: nothing was made.
        WeakPassphrase: the passphrase is empty.
        TrustError: a name or the code can not be used; nothing was made.
        Incomplete, TextRefused, TextTooLong: a name is none; nothing was made.
    """
    require_school_name(school.name)
    school, operator = _as_typed(school), person_called("经办人姓名", operator)
    keys = SeatKeys.generate()
    box = lock_keys(keys, passphrase, cost=cost or locked.DEFAULT_COST)
    signed = _root_certificate(keys, school)
    home = HomeSeat(
        school_code=school.code,
        school_name=school.name,
        training=school.training,
        root_key=keys.public.signing,
        request="",
        certificate=signed.text,
        seat=Seat(ROOT_SEAT, school.seat_name, _REGISTRAR),
    )
    session = Session(Store.create(folder), home, operator, keys)
    with ExitStack() as undo:
        undo.callback(session.store.close)  # or nobody could try again
        _begin(session, box, school)
        undo.pop_all()
    return session


def _as_typed(school: NewSchool) -> NewSchool:
    """Return what is asked, its names checked and set right."""
    return replace(
        school,
        name=thing_called("学校名称", school.name),
        seat_name=thing_called("这台电脑的名字", school.seat_name),
        president=person_called("院长姓名", school.president) if school.president else "",
    )


def _root_certificate(keys: SeatKeys, school: NewSchool) -> SignedCertificate:
    """Return the certificate that the root gives itself."""
    valid_from, valid_until = validity(local_now().date(), ROOT_VALID_DAYS)
    certificate = Certificate(
        school_code=school.code,
        serial=str(uuid7()),
        seat_id=ROOT_SEAT,
        seat_name=school.seat_name,
        office_id=_REGISTRAR.id,
        office_kind=_REGISTRAR.kind,
        office_name=_REGISTRAR.name,
        signing_key=keys.public.signing,
        recipient=keys.public.recipient,
        valid_from=valid_from,
        valid_until=valid_until,
        training=school.training,
    )
    return sign_certificate(keys, certificate)


def _begin(session: Session, box: str, school: NewSchool) -> None:
    """Say what there is to be said at a school's beginning: all of it, or nothing."""
    facts = {
        "code": school.code,
        "name": school.name,
        "president": school.president or None,
        "level": school.level,
    }
    with session.unit_of_work() as unit:
        seats.save_home_seat(unit.connection, session.home)
        seats.add_operator(unit.connection, session.operator, box, session.now_text())
        keep_trust(unit, session.trust(unit).learn([session.home.certificate]))
        unit.journal.state(Key("school", "school", ""), facts)
        state_office(unit, _REGISTRAR)
        unit.commit()


def add_operator(session: Session, name: str, passphrase: str, *, cost: int | None = None) -> None:
    """Let another person work at this seat, under a passphrase of their own.

    Raises:
        WeakPassphrase: the passphrase is empty.
        TrustError: somebody of this name works here already.
        Incomplete, TextRefused, TextTooLong: it is no name.
    """
    name = person_called("经办人姓名", name)
    box = lock_keys(session.keys, passphrase, cost=cost or locked.DEFAULT_COST)
    with session.unit_of_work() as unit:
        if name in seats.operators(unit.connection):
            raise TrustError(
                f"这个席位已经有名叫“{name}”的经办人。", "请换一个能区分的称呼，再添加一次。"
            )
        seats.add_operator(unit.connection, name, box, session.now_text())
        unit.commit()


def change_passphrase(session: Session, old: str, new: str, *, cost: int | None = None) -> None:
    """Change the passphrase of whoever is signed in; copies made before keep the former one.

    Raises:
        WrongPassphrase: the present one is another; nothing was changed.
        WeakPassphrase: the new one is empty.
    """
    with session.unit_of_work() as unit:
        unlock_keys(seats.locked_keys(unit.connection, session.operator), old)
        box = lock_keys(session.keys, new, cost=cost or locked.DEFAULT_COST)
        seats.change_operator_keys(unit.connection, session.operator, box)
        unit.commit()

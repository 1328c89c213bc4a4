"""What the store keeps about seats: its own, its operators, and whom the school vouches for."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, func, insert, select, update

from desktop.domain.offices import HomeSeat, Office, OfficeKind, Seat
from desktop.errors import NoSuchOperator, StoreDamaged, StoreMissing
from desktop.models.journal import ChainHeadRow, StatementRow
from desktop.models.seat import (
    AnsweredRequestRow,
    CertificateRow,
    OperatorRow,
    RevocationRow,
    SeatRow,
)


def save_home_seat(connection: Connection, home: HomeSeat) -> None:
    """Write whose store this is, for the first time or after the enrolment came."""
    values = {
        "school_code": home.school_code,
        "school_name": home.school_name,
        "training": home.training,
        "root_key": home.root_key,
        "request": home.request,
        "certificate": home.certificate,
        "seat_id": home.seat.id,
        "office_id": home.seat.office.id,
        "office_kind": str(home.seat.office.kind),
        "office_name": home.seat.office.name,
        "seat_name": home.seat.name,
    }
    if connection.execute(select(SeatRow.id)).first() is None:
        connection.execute(insert(SeatRow).values(id=1, **values))
    else:
        connection.execute(update(SeatRow).values(**values))
    if home.enrolled and _chain_missing(connection, home.seat.id):
        connection.execute(
            insert(ChainHeadRow).values(seat=home.seat.id, number=0, hash="", clock=0, signature="")
        )


def home_seat(connection: Connection) -> HomeSeat:
    """Return whose store this is.

    Raises:
        StoreMissing: nobody's yet; whoever was making it was stopped half-way.
        StoreDamaged: the store does not say, and yet something was said in it.
    """
    row = connection.execute(select(SeatRow.__table__)).one_or_none()
    if row is None and connection.execute(select(StatementRow.arrival).limit(1)).first():
        raise StoreDamaged(
            "数据文件里没有学校和席位的信息。", "请用备份恢复，或者新建数据文件夹重新加入学校。"
        )
    if row is None:
        raise StoreMissing(
            "上次新建学校或申请加入没有做完，这个文件夹里还没有籍册的数据。",
            "请重新新建学校或申请加入，可以仍用这个文件夹。",
        )
    office = Office(row.office_id, OfficeKind(row.office_kind), row.office_name)
    return HomeSeat(
        row.school_code,
        row.school_name,
        row.training,
        row.root_key,
        row.request,
        row.certificate,
        Seat(row.seat_id, row.seat_name, office),
    )


def add_operator(connection: Connection, name: str, keys: str, at: str) -> None:
    """Keep an operator with the seat's keys locked under their passphrase."""
    connection.execute(insert(OperatorRow).values(name=name, keys=keys, added_at=at))


def change_operator_keys(connection: Connection, name: str, keys: str) -> None:
    """Keep an operator's keys under another passphrase; the former one opens nothing any more."""
    connection.execute(update(OperatorRow).where(OperatorRow.name == name).values(keys=keys))


def operators(connection: Connection) -> tuple[str, ...]:
    """Return the names of the operators of this seat, in the order in which they were added."""
    query = select(OperatorRow.name).order_by(OperatorRow.added_at, OperatorRow.name)
    return tuple(connection.execute(query).scalars())


def locked_keys(connection: Connection, operator: str) -> str:
    """Return the locked keys of an operator.

    Raises:
        NoSuchOperator: nobody of this name works at this seat.
    """
    query = select(OperatorRow.keys).where(OperatorRow.name == operator)
    if (keys := connection.execute(query).scalar_one_or_none()) is None:
        raise NoSuchOperator(
            f"这个席位没有名叫“{operator}”的经办人。", "请核对姓名，或请已有的经办人添加。"
        )
    return str(keys)


def certificate_texts(connection: Connection) -> tuple[str, ...]:
    """Return the signed texts of all certificates known here."""
    return tuple(connection.execute(select(CertificateRow.text)).scalars())


def revocation_texts(connection: Connection) -> tuple[str, ...]:
    """Return the signed texts of all revocations known here."""
    return tuple(connection.execute(select(RevocationRow.text)).scalars())


def keep_certificates(
    connection: Connection, certificates: Iterable[tuple[str, str, str, str]]
) -> None:
    """Keep certificates ``(serial, seat, office, text)`` that are not known yet."""
    known = set(connection.execute(select(CertificateRow.serial)).scalars())
    for serial, seat, office, text in certificates:
        if serial not in known:
            known.add(serial)
            connection.execute(
                insert(CertificateRow).values(
                    serial=serial, seat_id=seat, office_id=office, text=text
                )
            )


def keep_revocations(connection: Connection, revocations: Iterable[tuple[str, str]]) -> bool:
    """Keep revocations ``(serial, text)`` that are not known yet; tell whether any was new."""
    known = set(connection.execute(select(RevocationRow.digest)).scalars())
    new = False
    for serial, text in revocations:
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest not in known:
            known.add(digest)
            new = True
            connection.execute(
                insert(RevocationRow).values(digest=digest, serial=serial, text=text)
            )
    return new


def next_seat_id(connection: Connection) -> str:
    """Return the number of the next seat of the school, as the root counts them."""
    last = connection.execute(select(func.max(CertificateRow.seat_id))).scalar_one()
    return f"{int(last or '0') + 1:03d}"


def request_answered(connection: Connection, request_id: str) -> bool:
    """Tell whether a join request was answered before."""
    query = select(AnsweredRequestRow.serial).where(AnsweredRequestRow.request_id == request_id)
    return connection.execute(query).first() is not None


def answers(connection: Connection) -> dict[str, str]:
    """Return the answered join requests: their ids, by the serial of the certificate given."""
    query = select(AnsweredRequestRow.serial, AnsweredRequestRow.request_id)
    return {row.serial: row.request_id for row in connection.execute(query)}


def keep_answer(
    connection: Connection, request_id: str, serial: str, at: str, operator: str
) -> None:
    """Remember that a join request was answered."""
    connection.execute(
        insert(AnsweredRequestRow).values(
            request_id=request_id, serial=serial, answered_at=at, operator=operator
        )
    )


def _chain_missing(connection: Connection, seat: str) -> bool:
    query = select(ChainHeadRow.seat).where(ChainHeadRow.seat == seat)
    return connection.execute(query).first() is None


def offices_by_seat(connection: Connection) -> dict[str, str]:
    """Return the office of every seat that the school has certified."""
    query = select(CertificateRow.seat_id, CertificateRow.office_id)
    return {row.seat_id: row.office_id for row in connection.execute(query)}

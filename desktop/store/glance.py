"""A glance at a store: whose it is and who works at it, before the store itself is opened.

Opening takes a lock, a library and a look at the version; the window wants to ask who is there
sooner than that. What a glance can not tell at once it leaves to the opening, which follows in any
case and has the last word.
"""

import contextlib
import sqlite3
from pathlib import Path

from desktop.domain.offices import HomeSeat, Office, OfficeKind, Seat
from desktop.paths import STORE_FILE

_SEAT = """
    SELECT school_code, school_name, training, root_key, request, certificate,
           seat_id, seat_name, office_id, office_kind, office_name FROM seat
"""
_OPERATORS = "SELECT name FROM operator ORDER BY added_at, name"


def glance_at(folder: Path) -> tuple[HomeSeat, tuple[str, ...]] | None:
    """Return the seat of a folder's store and its operators; None where it can not be told at once.

    So it is where there is no store, where a power cut has left a log to be worked through, and
    where the file is damaged, in use, or of another version. Nothing is changed.
    """
    file = folder / STORE_FILE
    log = folder / f"{STORE_FILE}-wal"
    try:
        if not file.is_file() or (log.exists() and log.stat().st_size):
            return None
        # opened read only, a new log would be left lying about
        address = f"{file.resolve().as_uri()}?mode=rw"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=0)) as connection:
            connection.execute("PRAGMA query_only=ON")
            seat = connection.execute(_SEAT).fetchone()
            operators = connection.execute(_OPERATORS).fetchall()
        return (_home(seat), tuple(name for (name,) in operators)) if seat else None
    except (OSError, ValueError, sqlite3.Error):
        return None


def _home(row: tuple[str, ...]) -> HomeSeat:
    code, name, training, root, request, certificate, *seat = row
    number, seat_name, office, kind, office_name = seat
    return HomeSeat(
        code,
        name,
        bool(training),
        root,
        request,
        certificate,
        Seat(number, seat_name, Office(office, OfficeKind(kind), office_name)),
    )

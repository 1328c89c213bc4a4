"""Backups: whole copies of a store in another folder, verified, thinned; and going back to one.

In the folder that was chosen lies one folder for each seat. In it, every copy has a folder with
its database and a description; attachments never change, so all copies share one set of them.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import file_digest
from pathlib import Path

from desktop.domain.backups import BackupCopy, to_thin
from desktop.domain.health import Finding
from desktop.domain.offices import HomeSeat
from desktop.errors import (
    BackupDamaged,
    BackupMissing,
    BackupNotWhole,
    BackupOfAnotherSeat,
    NotFound,
    StoreDamaged,
    StoreMissing,
)
from desktop.files import explain_write_error, rename_durably, safe_name, write_durably
from desktop.paths import STORE_FILE
from desktop.procedures.keeping.doctor import Diagnosis, diagnose
from desktop.procedures.session import (
    Progress,
    Session,
    no_progress,
    open_and_sign_in,
    part_of,
)
from desktop.store import documents, seats, students
from desktop.store.attachments import Attachments
from desktop.store.locks import StoreLock
from desktop.store.store import Store

_ABOUT = "about.json"
_ATTACHMENTS = "attachments"
_UNFINISHED = ".part"
_WINDOW = "window.ini"
_SHELF_NAME = "籍册备份-"
_PARTS = 3
"""Copying the database, copying the attachments, examining the copy."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The copies of one seat in a folder: the good ones, the latest first, and how many are bad."""

    copies: tuple[BackupCopy, ...]
    damaged: int


@dataclass(frozen=True, slots=True)
class _Examined:
    """What a copy was found to be: the doctor's words, and what it holds."""

    diagnosis: Diagnosis
    statements: int
    students: int


@dataclass(frozen=True, slots=True)
class OpenedBy:
    """Whose passphrase opens a copy; it is the one of the day on which the copy was made."""

    operator: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, and where that which was there before is kept ("" for nothing)."""

    copy: BackupCopy
    kept_aside: str


# --- copying -------------------------------------------------------------------------------------


def back_up(session: Session, folder: Path, progress: Progress = no_progress) -> BackupCopy:
    """Copy the open store with its attachments, verify the copy, and thin out older ones.

    Args:
        session: of any office.
        folder: an existing folder, on another disk if there is one.
        progress: called while it copies and verifies.

    Raises:
        TargetMissing, TargetFull, TargetReadOnly, FileNotWritten: no copy was left behind.
        BackupNotWhole: the copy was not whole, or the store itself is not; it was removed.
        Cancelled: no copy was left behind.
    """
    if not folder.is_dir():
        raise explain_write_error(folder / STORE_FILE, FileNotFoundError(2, "gone"))
    shelf = _shelf_of(session.home, folder)
    now = session.store.now()
    place = shelf / now.strftime("%Y%m%d-%H%M%S")
    with _unfinished(place) as part:
        session.store.copy_to(part / STORE_FILE, part_of(progress, 0, _PARTS))
        attachments = Attachments(shelf / _ATTACHMENTS)
        _copy_attachments(session, attachments, part_of(progress, 1, _PARTS))
        examined = _examine(part, shelf / _ATTACHMENTS, part_of(progress, 2, _PARTS))
        _require_whole(examined.diagnosis.findings)
        copy = BackupCopy(
            folder=str(place),
            made_at=now.isoformat(timespec="seconds"),
            operator=session.operator,
            school_code=session.home.school_code,
            seat=session.home.seat.id,
            office_name=session.home.seat.office.name,
            training=session.home.training,
            statements=examined.statements,
            size=(part / STORE_FILE).stat().st_size,
            sha256=_digest(part / STORE_FILE),
            state_digest=examined.diagnosis.state_digest,
            school_name=session.home.school_name,
            students=examined.students,
        )
        write_durably(part / _ABOUT, json.dumps(_description(copy), ensure_ascii=False).encode())
    for old in to_thin(known_copies(session, folder).copies, now):
        shutil.rmtree(old.folder, ignore_errors=True)  # what can not be removed only takes room
    return copy


def back_up_if_needed(
    session: Session, folder: Path, progress: Progress = no_progress
) -> BackupCopy | None:
    """Copy the store unless nothing was said since the latest good copy; see ``back_up``."""
    if needs_backup(session, known_copies(session, folder, progress)):
        return back_up(session, folder, progress)
    return None


def known_copies(session: Session, folder: Path, progress: Progress = no_progress) -> Shelf:
    """Return this seat's copies in a folder; each is read whole, and a damaged one is no copy."""
    return _copies_on([_shelf_of(session.home, folder)], progress)


def _copies_on(shelves: Iterable[Path], progress: Progress) -> Shelf:
    """Return the copies in the folders of one or more seats, the latest first."""
    places = [place for shelf in shelves if shelf.is_dir() for place in shelf.glob("*-*/")]
    return _read_copies(sorted(places, key=lambda place: place.name, reverse=True), progress)


def _read_copies(places: Sequence[Path], progress: Progress) -> Shelf:
    """Read every copy whole; an unfinished one is none."""
    good, damaged = [], 0
    for done, place in enumerate(places):
        progress(done, len(places))
        if place.name.endswith(_UNFINISHED):
            continue
        try:
            good.append(_read_copy(place))
        except BackupDamaged:
            damaged += 1
    return Shelf(tuple(good), damaged)


def needs_backup(session: Session, shelf: Shelf) -> bool:
    """Tell whether anything was said since the latest copy."""
    with session.unit_of_work() as unit:
        return not shelf.copies or shelf.copies[0].statements != unit.journal.length


def _shelf_of(home: HomeSeat, folder: Path) -> Path:
    """Return the folder of a seat's copies."""
    practice = "-练习" if home.training else ""
    return folder / safe_name(f"{_SHELF_NAME}{home.school_code}-{home.seat.id}{practice}")


@contextmanager
def _unfinished(place: Path) -> Iterator[Path]:
    """Let a copy be made under another name; it gets its own when all went well.

    Raises:
        FileNotWritten: with its cause; nothing is left behind.
    """
    part = place.with_name(f"{place.name}{_UNFINISHED}")
    try:
        part.mkdir(parents=True)
        yield part
        rename_durably(part, place)
    except OSError as error:
        raise explain_write_error(place / STORE_FILE, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _copy_attachments(session: Session, shelf: Attachments, progress: Progress) -> None:
    """Copy the attachments that are not on the shelf yet, or not whole."""
    with session.unit_of_work() as unit:
        known = documents.attachments(unit.connection)
    for done, sha256 in enumerate(known):
        progress(done, len(known))
        if not shelf.holds(sha256):
            shelf.put(session.store.attachments.get(sha256))


def _examine(folder: Path, attachments: Path, progress: Progress) -> _Examined:
    """Open a copy, let the doctor look it over, and leave nothing but the database."""
    try:
        with Store.open(folder) as store:
            store.attachments = Attachments(attachments)
            diagnosis = diagnose(store, progress)
            with store.unit_of_work() as unit:
                length = unit.journal.length
                known = students.count_students(unit.connection)
    except StoreDamaged as error:
        raise _not_whole(error.what) from error
    for beside in folder.iterdir():
        if beside.name not in (STORE_FILE, _ABOUT, _ATTACHMENTS):
            beside.unlink()
    return _Examined(diagnosis, length, known)


def _require_whole(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise _not_whole(findings[0].sentence)


def _not_whole(why: str) -> BackupNotWhole:
    return BackupNotWhole(
        f"备份写好后检查发现问题，没有算作备份：{why}",
        "请换一个文件夹或U盘再备份一次；仍然这样的，是数据本身有问题，请保留以前的备份并联系技术人员。",
    )


def _description(copy: BackupCopy) -> dict[str, object]:
    """Return what is written beside a copy; where it lies it knows by lying there."""
    return {name: value for name, value in asdict(copy).items() if name != "folder"}


def _read_copy(place: Path) -> BackupCopy:
    """Return a copy whose database is what it was when it was verified.

    Raises:
        BackupDamaged: it is not, or there is none.
    """
    try:
        described = json.loads((place / _ABOUT).read_text(encoding="utf-8"))
        copy = BackupCopy(folder=str(place), **described)
        if copy.made.utcoffset() is not None and _digest(place / STORE_FILE) == copy.sha256:
            return copy
    except (OSError, ValueError, TypeError):
        pass
    raise BackupDamaged(
        f"“{place}”不是完好的备份。", "请选择另一份备份；备份所在的U盘或磁盘请尽快更换。"
    )


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


# --- going back ----------------------------------------------------------------------------------


def copies_in(folder: Path, progress: Progress = no_progress) -> Shelf:
    """Return the copies that a folder holds: of any seat, of one seat, or it is a copy itself.

    Raises:
        BackupMissing: there is none, not even a damaged one.
    """
    if (folder / _ABOUT).is_file():
        return _read_copies([folder], progress)
    if folder.name == _ATTACHMENTS or folder.name.startswith(_SHELF_NAME):
        shelves = [folder.parent if folder.name == _ATTACHMENTS else folder]
    else:
        shelves = sorted(folder.glob(f"{_SHELF_NAME}*/"))
    shelf = _copies_on(shelves, progress)
    if not shelf.copies and not shelf.damaged:
        raise BackupMissing(
            f"“{folder}”里没有籍册的备份。",
            f"请选择备份时选的那个文件夹，里面有名字以“{_SHELF_NAME}”开头的文件夹；"
            "备份在U盘上的，先插好U盘。",
        )
    return shelf


def restore(
    place: Path,
    folder: Path,
    progress: Progress = no_progress,
    opened_by: OpenedBy | None = None,
) -> Restored:
    """Put a copy in the place of a data folder; what is there is kept aside under another name.

    The window must be closed. The copy is first put together beside the data folder and looked
    over by the doctor; only then the folders change names.

    Args:
        place: the folder of one copy.
        folder: the data folder; it may be damaged, empty or gone.
        progress: called while it copies and verifies.
        opened_by: who must be able to open the copy; None asks for no passphrase.

    Raises:
        BackupDamaged, BackupNotWhole: the copy is not what it was.
        NoSuchOperator, WrongPassphrase: the copy can not be opened so.
        BackupOfAnotherSeat: the folder belongs to another seat.
        StoreNewer: the copy was made by a newer version.
        StoreLocked: the window is open.
        FileNotWritten, Cancelled: with its cause. In all cases, nothing was changed.
    """
    copy = _read_copy(place)
    _require_same_seat(copy, folder)
    stamp = copy.made.strftime("%Y%m%d-%H%M%S")
    with _unfinished_restore(folder) as part:
        _put_together(place, part, progress)
        if opened_by:
            open_and_sign_in(part, opened_by.operator, opened_by.passphrase).store.close()
        examined = _examine(part, part / _ATTACHMENTS, progress)
        _require_whole(examined.diagnosis.findings)
        if (folder / _WINDOW).exists():
            shutil.copyfile(folder / _WINDOW, part / _WINDOW)
        aside = _change_places(part, folder, stamp)
    return Restored(copy, str(aside) if aside else "")


def _require_same_seat(copy: BackupCopy, folder: Path) -> None:
    """Raise when a data folder is in use, or belongs to another seat than a copy."""
    try:
        with Store.open(folder) as store, store.unit_of_work() as unit:
            home = seats.home_seat(unit.connection)
    except (StoreMissing, StoreDamaged):
        return  # that is why somebody goes back to a copy
    ours = (home.school_code, home.seat.id, home.training)
    if home.enrolled and ours != (copy.school_code, copy.seat, copy.training):
        raise BackupOfAnotherSeat(
            f"这份备份是{copy.office_name}席位 {copy.seat} 的，"
            f"这里的数据是{home.seat.office.name}席位 {home.seat.id} 的。",
            "请选择本席位的备份，或者换一个空的数据文件夹。",
        )


@contextmanager
def _unfinished_restore(folder: Path) -> Iterator[Path]:
    """Let a restored store be put together beside the data folder."""
    part = folder.with_name(f"{folder.name}{_UNFINISHED}")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
    except OSError as error:
        raise explain_write_error(folder / STORE_FILE, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _put_together(place: Path, part: Path, progress: Progress) -> None:
    """Copy the database of a copy, and every attachment that it has on record."""
    shutil.copyfile(place / STORE_FILE, part / STORE_FILE)
    source, target = Attachments(place.parent / _ATTACHMENTS), Attachments(part / _ATTACHMENTS)
    with Store.open(part) as store, store.unit_of_work() as unit:
        known = documents.attachments(unit.connection)
    for done, sha256 in enumerate(known):
        progress(done, len(known))
        target.put(source.get(sha256))


def _change_places(part: Path, folder: Path, stamp: str) -> Path | None:
    """Give the restored store the data folder's name; return where the former one is kept."""
    if not folder.exists():
        rename_durably(part, folder)
        return None
    lock = StoreLock(folder)
    lock.acquire()
    lock.release()  # Windows does not rename a folder in which a file is open
    aside = _free_name(folder, stamp)
    rename_durably(folder, aside)
    try:
        rename_durably(part, folder)
    except OSError:
        rename_durably(aside, folder)
        raise
    return aside


def _free_name(folder: Path, stamp: str) -> Path:
    """Return a name for what was there before that nothing has yet."""
    name = f"{folder.name}-恢复{stamp}的备份以前"
    names = (name, *(f"{name}-{number}" for number in range(2, 100)))
    for candidate in map(partial(Path.with_name, folder), names):
        if not candidate.exists():
            return candidate
    raise NotFound(
        f"“{folder.parent}”里恢复以前留下的数据太多了。", "请移走不再需要的，再恢复一次。"
    )

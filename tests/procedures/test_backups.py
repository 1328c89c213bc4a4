"""Backups: whole while the store is open, verified, thinned; and going back to one."""

import errno
import json
import os
import shutil
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop import files
from desktop.domain.backups import BackupCopy
from desktop.domain.offices import HomeSeat
from desktop.errors import (
    AttachmentDamaged,
    BackupDamaged,
    BackupMissing,
    BackupNotWhole,
    BackupOfAnotherSeat,
    Cancelled,
    StoreFull,
    StoreLocked,
    StoreNewer,
    TargetFull,
    TargetMissing,
    UserError,
    WrongPassphrase,
)
from desktop.paths import STORE_FILE
from desktop.procedures.keeping import backups
from desktop.procedures.keeping.backups import (
    OpenedBy,
    back_up,
    copies_in,
    known_copies,
    needs_backup,
    restore,
)
from desktop.procedures.keeping.doctor import state_digest
from desktop.procedures.rounds import close_round
from desktop.procedures.session import Session, cancel, open_and_sign_in
from desktop.procedures.signing.sheets import make_sheets
from desktop.store.students import every_student
from tests.conftest import OPERATOR, PASSPHRASE, ROUND, School


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """The folder that was chosen for backups."""
    folder = tmp_path / "另一块磁盘"
    folder.mkdir()
    return folder


def left(shelf: Path) -> list[str]:
    """Return the names of the copies in a folder, finished or not."""
    return sorted(p.name for p in shelf.glob("*/*") if p.name != "attachments")


def with_sheets(school: School) -> Session:
    """Return the first college's session, with a paper kept beside its store."""
    make_sheets(school.first, ROUND, [school.classes(school.first)[0].id])
    return school.first


def test_a_copy_of_an_open_store_is_whole_and_reads_the_same(school: School, shelf: Path) -> None:
    session = with_sheets(school)
    copy = back_up(session, shelf)
    assert copy.state_digest == state_digest(session.store)
    found = known_copies(session, shelf)
    assert (found.copies, found.damaged) == ((copy,), 0)
    assert not needs_backup(session, found)
    assert sorted(p.name for p in Path(copy.folder).iterdir()) == ["about.json", STORE_FILE]


def test_what_was_said_since_needs_a_new_copy(school: School, shelf: Path) -> None:
    registrar = school.registrar
    assert needs_backup(registrar, known_copies(registrar, shelf))
    back_up(registrar, shelf)
    close_round(registrar, ROUND)
    assert needs_backup(registrar, known_copies(registrar, shelf))


@pytest.mark.parametrize("spoiled", ["cut", "altered", "gone", "description"])
def test_a_damaged_copy_is_not_counted(school: School, shelf: Path, spoiled: str) -> None:
    copy = back_up(school.first, shelf)
    file = Path(copy.folder) / STORE_FILE
    data = file.read_bytes()
    if spoiled == "cut":
        file.write_bytes(data[:-100])
    elif spoiled == "altered":
        file.write_bytes(data[:-100] + bytes([data[-100] ^ 1]) + data[-99:])
    elif spoiled == "gone":
        file.unlink()
    else:
        (Path(copy.folder) / "about.json").write_text("[]", encoding="utf-8")
    found = known_copies(school.first, shelf)
    assert (found.copies, found.damaged) == ((), 1)
    with pytest.raises(BackupDamaged):
        restore(Path(copy.folder), school.folder / "elsewhere")


def test_a_full_disk_leaves_no_half_copy(
    school: School, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = with_sheets(school)
    good = back_up(session, shelf)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(backups, "write_durably", full)
        with pytest.raises(UserError, match="空间不够"):
            back_up(session, shelf)
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", _small)
        with pytest.raises(StoreFull):
            back_up(session, shelf)
    assert known_copies(session, shelf).copies == (good,)
    assert left(shelf) == [Path(good.folder).name]


def _small(file: Path) -> sqlite3.Connection:
    """Open a database that holds no more than a few pages, as on a full disk."""
    made = _connect(file)
    made.execute("PRAGMA max_page_count=8")
    return made


_connect = sqlite3.connect


def test_a_folder_that_is_gone_is_told(school: School, tmp_path: Path) -> None:
    with pytest.raises(TargetMissing):
        back_up(school.first, tmp_path / "拔出的U盘")
    assert not (tmp_path / "拔出的U盘").exists()


def test_cancelling_leaves_nothing(school: School, shelf: Path) -> None:
    with pytest.raises(Cancelled):
        back_up(school.first, shelf, cancel)
    assert left(shelf) == []


def test_a_sick_store_gives_no_copy_and_takes_no_old_one(school: School, shelf: Path) -> None:
    session = with_sheets(school)
    good = back_up(session, shelf)
    with session.unit_of_work() as unit:
        unit.connection.exec_driver_sql("UPDATE identity SET name = '改' WHERE 1")
        unit.commit()
    with pytest.raises(BackupNotWhole):
        back_up(session, shelf)
    assert known_copies(session, shelf).copies == (good,)


def test_an_attachment_that_is_gone_is_told_unless_the_shelf_has_it(
    school: School, shelf: Path
) -> None:
    session = with_sheets(school)
    shutil.rmtree(session.store.folder / "attachments")
    with pytest.raises(AttachmentDamaged):
        back_up(session, shelf)
    assert left(shelf) == []


def test_old_copies_are_thinned(school: School, shelf: Path) -> None:
    # at noon: copies of one day stay together whenever the test runs
    session, now = school.first, school.first.store.now().replace(hour=12)
    for days in (3.2, 3.1, 3.0, 0.1, 0.0):
        session.store.now = lambda age=days: now - timedelta(days=age)  # type: ignore[misc]
        back_up(session, shelf)
    ages = [round((now - copy.made) / timedelta(days=1), 1) for copy in _copies(session, shelf)]
    assert ages == [0.0, 0.1, 3.0]


def _copies(session: Session, shelf: Path) -> tuple[BackupCopy, ...]:
    return known_copies(session, shelf).copies


# --- going back ----------------------------------------------------------------------------------


def test_going_back_brings_the_copy_and_keeps_what_was_there(school: School, shelf: Path) -> None:
    session, folder = with_sheets(school), school.store_folder("first")
    copy = back_up(session, shelf)
    make_sheets(session, ROUND, [school.classes(session)[1].id])
    newer = state_digest(session.store)
    (folder / "window.ini").write_text("[look]", encoding="utf-8")
    school.close()
    restored = restore(Path(copy.folder), folder)
    assert restored.copy == copy
    with open_and_sign_in(folder, OPERATOR, PASSPHRASE).store as store:
        assert state_digest(store) == copy.state_digest
    with open_and_sign_in(Path(restored.kept_aside), OPERATOR, PASSPHRASE).store as store:
        assert state_digest(store) == newer
    assert (folder / "window.ini").exists()
    again = restore(Path(copy.folder), folder)
    assert again.kept_aside != restored.kept_aside


def test_a_damaged_or_missing_store_is_replaced(school: School, shelf: Path) -> None:
    copy, folder = back_up(with_sheets(school), shelf), school.store_folder("first")
    school.close()
    (folder / STORE_FILE).write_bytes(b"nothing that could be read")
    assert restore(Path(copy.folder), folder).kept_aside
    shutil.rmtree(folder)
    assert not restore(Path(copy.folder), folder).kept_aside
    with open_and_sign_in(folder, OPERATOR, PASSPHRASE).store as store:
        assert state_digest(store) == copy.state_digest


def test_another_seats_copy_is_refused(school: School, shelf: Path) -> None:
    copy, folder = back_up(school.first, shelf), school.store_folder("second")
    before = state_digest(school.second.store)
    school.close()
    with pytest.raises(BackupOfAnotherSeat, match="席位 004"):
        restore(Path(copy.folder), folder)
    _unchanged(folder, before)


def test_a_newer_versions_copy_is_refused(school: School, shelf: Path) -> None:
    copy, folder = back_up(school.first, shelf), school.store_folder("first")
    before = state_digest(school.first.store)
    school.close()
    file, about = Path(copy.folder) / STORE_FILE, Path(copy.folder) / "about.json"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    described = json.loads(about.read_text(encoding="utf-8"))
    described["sha256"] = backups._digest(file)
    about.write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(StoreNewer):
        restore(Path(copy.folder), folder)
    _unchanged(folder, before)


def test_a_copy_without_its_attachments_is_refused(school: School, shelf: Path) -> None:
    copy, folder = back_up(with_sheets(school), shelf), school.store_folder("first")
    before = state_digest(school.first.store)
    school.close()
    shutil.rmtree(Path(copy.folder).parent / "attachments")
    with pytest.raises(AttachmentDamaged):
        restore(Path(copy.folder), folder)
    _unchanged(folder, before)


def test_an_open_store_is_not_replaced(school: School, shelf: Path) -> None:
    copy = back_up(school.first, shelf)
    with pytest.raises(StoreLocked):
        restore(Path(copy.folder), school.store_folder("first"))


def test_when_the_names_can_not_change_everything_is_as_it_was(
    school: School, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, folder = back_up(school.first, shelf), school.store_folder("first")
    before = state_digest(school.first.store)
    school.close()
    rename = files.rename_durably

    def fail(source: Path, target: Path) -> None:
        if source.name.endswith(".part"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        rename(source, target)

    monkeypatch.setattr(backups, "rename_durably", fail)
    with pytest.raises(UserError, match="不能写入"):
        restore(Path(copy.folder), folder)
    _unchanged(folder, before)


def _unchanged(folder: Path, before: str) -> None:
    """Check that a data folder reads as before, and nothing lies beside it."""
    with open_and_sign_in(folder, OPERATOR, PASSPHRASE).store as store:
        assert state_digest(store) == before
    assert not list(folder.parent.glob(f"{folder.name}.part"))


def test_practice_has_a_shelf_of_its_own(school: School, shelf: Path) -> None:
    home: HomeSeat = school.first.home
    names = {
        backups._shelf_of(home, shelf),
        backups._shelf_of(_practising(home), shelf),
        backups._shelf_of(school.second.home, shelf),
    }
    assert len(names) == 3


def _practising(home: HomeSeat) -> HomeSeat:
    return HomeSeat(
        home.school_code,
        home.school_name,
        True,
        home.root_key,
        home.request,
        home.certificate,
        home.seat,
    )


def test_copies_are_found_from_every_folder_that_a_person_would_choose(
    school: School, shelf: Path
) -> None:
    first, second = back_up(school.first, shelf), back_up(school.second, shelf)
    own = Path(first.folder).parent
    assert set(copies_in(shelf).copies) == {first, second}
    for chosen in (own, own / "attachments", Path(first.folder)):
        assert copies_in(chosen).copies == (first,)
    (Path(second.folder) / STORE_FILE).write_bytes(b"spoilt")
    found = copies_in(shelf)
    assert (found.copies, found.damaged) == ((first,), 1)


def test_a_copy_says_of_which_school_and_how_many_students(school: School, shelf: Path) -> None:
    copy = back_up(school.first, shelf)
    assert copy.school_name == school.first.home.school_name
    with school.first.unit_of_work() as unit:
        assert copy.students == len(every_student(unit.connection)) > 0


def test_a_copy_made_before_students_were_counted_still_counts(school: School, shelf: Path) -> None:
    copy = back_up(school.first, shelf)
    about = Path(copy.folder) / "about.json"
    described = json.loads(about.read_text(encoding="utf-8"))
    del described["students"], described["school_name"]
    about.write_text(json.dumps(described), encoding="utf-8")
    assert copies_in(shelf).copies == (replace(copy, school_name="", students=None),)


def test_a_folder_without_copies_says_so(school: School, tmp_path: Path) -> None:
    for wrong in (tmp_path, school.store_folder("first"), tmp_path / "gone"):
        with pytest.raises(BackupMissing):
            copies_in(wrong)


def test_a_wrong_passphrase_restores_nothing(school: School, shelf: Path) -> None:
    copy, folder = back_up(school.first, shelf), school.store_folder("first")
    before = state_digest(school.first.store)
    school.close()
    with pytest.raises(WrongPassphrase):
        restore(Path(copy.folder), folder, opened_by=OpenedBy(OPERATOR, "wrong"))
    _unchanged(folder, before)
    assert restore(Path(copy.folder), folder, opened_by=OpenedBy(OPERATOR, PASSPHRASE)).kept_aside


def test_a_full_disk_restores_nothing(
    school: School, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, folder = back_up(school.first, shelf), school.store_folder("first")
    before = state_digest(school.first.store)
    school.close()

    def full(_source: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(TargetFull):
        restore(Path(copy.folder), folder)
    _unchanged(folder, before)


def test_a_backup_tells_how_far_it_is_once_from_beginning_to_end(
    school: School, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    back_up(school.registrar, tmp_path, lambda done, total: told.append((done, total)))
    assert {total for _, total in told} == {100}
    steps = [done for done, _ in told]
    assert steps == sorted(steps)
    assert 0 <= steps[0] < 34
    assert 67 <= steps[-1] <= 100
    assert len(set(steps)) > 5

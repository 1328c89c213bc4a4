"""Bundles between offices: what goes out, what comes in, and what is refused whole."""

import itertools
import random
import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.bundles.lines import encode, line_hash
from desktop.domain.exchange import Receipt, RefusedBundle
from desktop.domain.merging import MergeReport
from desktop.domain.rounds import Procedure
from desktop.domain.sheets import Mark
from desktop.domain.statements import Statement
from desktop.errors import (
    AttachmentDamaged,
    BundleContent,
    BundleDamaged,
    BundleForAnotherOffice,
    BundleNumberReused,
    BundleOwn,
    BundleUnreadable,
    Cancelled,
    NotABundle,
    NotAllowed,
    NotEnrolled,
    NotFound,
    NothingToExport,
    RoundClosed,
    SignerWithoutAuthority,
    TargetMissing,
)
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.exporting import export, write_again
from desktop.procedures.exchange.merging import inspect, merge, plan_merge
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.registration.boards import arrival_board
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.rounds import NewRound, close_round, open_round, reopen_round
from desktop.procedures.session import Session, cancel, open_and_sign_in
from desktop.procedures.signing.recording import (
    PlaceReport,
    StudentMark,
    record_marks,
    report_place,
)
from desktop.store import exchange, registration
from tests.conftest import COLLEGES, OPERATOR, PASSPHRASE, ROUND, School, roster_rows

from .acts import (
    class_id,
    complete_class,
    complete_everything,
    digest,
    forge,
    members,
    print_class,
    require_healthy,
    sign,
    sign_off,
    snapshot,
    statement,
    verdicts,
)

CLASS = "软件2601班"


def refused(session: Session) -> tuple[RefusedBundle, ...]:
    with session.unit_of_work() as unit:
        return exchange.refused(unit.connection)


def receipts(session: Session) -> tuple[Receipt, ...]:
    with session.unit_of_work() as unit:
        return exchange.receipts(unit.connection)


def outgoing(session: Session) -> list[str]:
    with session.unit_of_work() as unit:
        return [bundle.bundle_id for bundle in exchange.outgoing(unit.connection)]


def codes(report: MergeReport) -> list[str]:
    return [refusal.code for refusal in report.refusals]


def notices(report: MergeReport) -> list[str]:
    return [notice.code for bundle in report.bundles for notice in bundle.notices]


def copies(school: School, seat: str) -> Callable[[], Session]:
    """Close a seat and return how to open ever new copies of it as it stands."""
    school.sessions.pop(seat).store.close()
    counter = itertools.count()

    def fresh() -> Session:
        name = f"{seat}-{next(counter)}"
        shutil.copytree(school.store_folder(seat), school.store_folder(name))
        return school.reopen(name)

    return fresh


# --- out -----------------------------------------------------------------------------------------


def test_what_a_college_sends_arrives(school: School) -> None:
    sheet = complete_class(school.first, CLASS)
    path = school.send(school.first, "registrar")
    assert path.name == "12354-信息技术学院-2026级新生学籍注册-第1号.jice"
    report = merge(school.registrar, [path])
    (bundle,) = report.bundles
    # the sheet, three marks, ten sign-offs in five statements
    assert (bundle.statements, bundle.new_statements) == (9, 9)
    assert (bundle.from_office, bundle.number) == ("college-01", 1)
    assert (bundle.notices, bundle.conflicts, bundle.changes) == ((), (), ())
    ready = [s for s, j in verdicts(school.registrar).items() if j.verdict.outcome]
    assert set(ready) == {row.student for row in sheet.rows}


def test_a_college_sends_one_class_first_and_the_others_later(
    school: School, tmp_path: Path
) -> None:
    complete_class(school.first, CLASS)
    complete_class(school.first, "软件2602班")
    one = {class_id(school.first, CLASS)}
    first = export(school.first, "registrar", ROUND, tmp_path, one)
    merge(school.registrar, [first.path])
    said = {
        subject
        for subject, judged in verdicts(school.registrar).items()
        if judged.verdict.outcome is not None
    }
    assert said == {student.subject for student in members(school.registrar, CLASS)}
    with pytest.raises(NothingToExport):
        export(school.first, "registrar", ROUND, tmp_path, one)
    rest = export(school.first, "registrar", ROUND, tmp_path)
    assert (first.bundle.number, rest.bundle.number) == (1, 2)
    assert merge(school.registrar, [rest.path]).new_statements == 9
    with pytest.raises(NothingToExport):
        export(school.first, "registrar", ROUND, tmp_path)
    mine, theirs = verdicts(school.first), verdicts(school.registrar)
    assert {s: j.verdict for s, j in mine.items()} == {s: theirs[s].verdict for s in mine}


def test_nothing_new_is_nothing_to_export(school: School, tmp_path: Path) -> None:
    school.carry(school.first, school.registrar)  # the answer to the roster
    for session, to_office in ((school.first, "registrar"), (school.registrar, "college-02")):
        before = outgoing(session)
        with pytest.raises(NothingToExport):
            export(session, to_office, ROUND, tmp_path)
        assert outgoing(session) == before
    assert list(tmp_path.glob("*.jice")) == []


def test_an_office_without_a_seat_can_not_be_written_to(school: School, tmp_path: Path) -> None:
    print_class(school.first, CLASS)
    with pytest.raises(NotEnrolled):
        export(school.first, "admissions", ROUND, tmp_path)
    with pytest.raises(NotFound):
        export(school.first, "registrar", "2031-student_registration-1", tmp_path)
    assert outgoing(school.first) == []


def test_each_college_gets_what_concerns_it_and_nothing_else(school: School) -> None:
    for session, names in (
        (school.first, {"软件2601班", "软件2602班"}),
        (school.second, {"护理2601班"}),
    ):
        assert {group.name for group in school.classes(session)} == names
        theirs = {student.subject for student in school.students(session)}
        assert len(theirs) == 3 * len(names)
        with session.unit_of_work() as unit:
            subjects = set(
                unit.connection.exec_driver_sql(
                    "SELECT subject FROM statement WHERE subject LIKE 'student:%'"
                ).scalars()
            )
        assert subjects == theirs


def test_a_stick_that_fails_loses_no_number(school: School, tmp_path: Path) -> None:
    print_class(school.first, CLASS)
    with pytest.raises(TargetMissing):
        export(school.first, "registrar", ROUND, tmp_path / "没有插")
    (bundle_id,) = outgoing(school.first)
    path = write_again(school.first, bundle_id, tmp_path)
    assert merge(school.registrar, [path]).bundles[0].number == 1


def test_a_bundle_is_written_again_byte_for_byte(school: School, tmp_path: Path) -> None:
    print_class(school.first, CLASS)
    first = school.send(school.first, "registrar")
    (bundle_id,) = outgoing(school.first)
    again = write_again(school.first, bundle_id, tmp_path)
    assert again.read_bytes() == first.read_bytes()
    assert write_again(school.first, bundle_id, tmp_path) == again
    with pytest.raises(NotFound):
        write_again(school.first, "没有", tmp_path)


def test_writing_again_never_replaces_another_seats_bundle(school: School, tmp_path: Path) -> None:
    print_class(school.first, CLASS)
    print_class(school.first_again, CLASS)
    one = export(school.first, "registrar", ROUND, tmp_path)
    content = one.path.read_bytes()
    other = export(school.first_again, "registrar", ROUND, tmp_path)
    assert other.path.name.endswith("（2）.jice")
    again = write_again(school.first_again, other.bundle.bundle_id, tmp_path)
    assert one.path.read_bytes() == content
    assert again.read_bytes() == other.path.read_bytes()
    assert merge(school.registrar, [one.path, again]).refusals == ()


# --- again, late, in another order ---------------------------------------------------------------


def test_the_same_bundle_twice_brings_nothing_new(school: School) -> None:
    complete_class(school.first, CLASS)
    path = school.send(school.first, "registrar")
    merge(school.registrar, [path])
    before = digest(school.registrar)
    report = merge(school.registrar, [path, path])
    assert [b.new_statements for b in report.bundles] == [0, 0]
    assert notices(report) == ["already-in", "already-in"]
    assert digest(school.registrar) == before
    require_healthy(school.registrar)


def three_bundles(school: School) -> list[Path]:
    """Let the first college send three bundles, each after the other."""
    sheet = print_class(school.first, CLASS)
    bundles = [school.send(school.first, "registrar")]
    sign(school.first, sheet)
    bundles.append(school.send(school.first, "registrar"))
    sign_off(school.first, sheet)
    bundles.append(school.send(school.first, "registrar"))
    return bundles


def test_a_missing_predecessor_is_named_and_its_late_arrival_too(school: School) -> None:
    one, two, three = three_bundles(school)
    report = merge(school.registrar, [three])
    assert notices(report) == ["predecessor-missing"]
    assert re.fullmatch(r"第1(号、第|至)2号未收到。", report.bundles[0].notices[0].sentence)
    assert arrival_board(school.registrar, ROUND)[0].not_received == (1, 2)
    assert notices(merge(school.registrar, [one])) == ["older-after-newer"]
    assert notices(merge(school.registrar, [two])) == ["older-after-newer"]
    assert arrival_board(school.registrar, ROUND)[0].not_received == ()


def test_every_order_and_repetition_reads_the_same(school: School) -> None:
    bundles = three_bundles(school)
    complete_class(school.first_again, "软件2602班")
    bundles.append(school.send(school.first_again, "registrar"))
    fresh = copies(school, "registrar")
    dice = random.Random(7)
    digests = set()
    orders = [bundles, bundles[::-1], *(dice.sample(bundles, 4) for _ in range(4))]
    for order in orders:
        session = fresh()
        assert merge(session, [*order, dice.choice(order)]).refusals == ()
        digests.add(digest(session))
        require_healthy(session)
    assert len(digests) == 1


def test_a_copied_pc_shows_by_its_numbers(school: School, tmp_path: Path) -> None:
    print_class(school.first, CLASS)
    school.first.store.close()
    shutil.copytree(school.store_folder("first"), tmp_path / "clone")
    original = school.reopen("first")
    sign(original, complete_class(original, CLASS))
    bundle = school.send(original, "registrar")
    clone = open_and_sign_in(tmp_path / "clone", OPERATOR, PASSPHRASE)
    with clone.store:
        complete_class(clone, "软件2602班")
        theirs = export(clone, "registrar", ROUND, tmp_path).path
        merge(school.registrar, [bundle])
        before = digest(school.registrar)
        assert codes(merge(school.registrar, [theirs])) == [BundleNumberReused.code]
    assert digest(school.registrar) == before
    assert [r.code for r in refused(school.registrar)] == [BundleNumberReused.code]


@pytest.mark.parametrize(("who", "number"), [("first", 2), ("second", 1)])
def test_a_bundle_that_takes_the_id_of_another_is_refused(
    school: School, tmp_path: Path, who: str, number: int
) -> None:
    complete_class(school.first, CLASS)
    merge(school.registrar, [school.send(school.first, "registrar")])
    (taken,) = outgoing(school.first)
    before = digest(school.registrar)
    path = forge(school.sessions[who], tmp_path, [], number=number, bundle_id=taken)
    for act in (plan_merge, merge):
        assert codes(act(school.registrar, [path])) == [BundleNumberReused.code]
    assert digest(school.registrar) == before


def test_statements_of_a_clone_under_known_numbers_are_refused(
    school: School, tmp_path: Path
) -> None:
    school.first.store.close()
    shutil.copytree(school.store_folder("first"), tmp_path / "clone")
    original = school.reopen("first")
    complete_class(original, CLASS)
    merge(school.registrar, [school.send(original, "registrar")])
    before = digest(school.registrar)
    clone = open_and_sign_in(tmp_path / "clone", OPERATOR, PASSPHRASE)
    with clone.store:
        for name in ("软件2602班", CLASS):
            complete_class(clone, name)
        export(clone, "registrar", ROUND, tmp_path, {class_id(clone, CLASS)})
        second = export(clone, "registrar", ROUND, tmp_path).path
    assert codes(merge(school.registrar, [second])) == [BundleNumberReused.code]
    assert digest(school.registrar) == before


# --- planning ------------------------------------------------------------------------------------


def test_a_plan_changes_nothing_and_says_what_a_merge_does(school: School, tmp_path: Path) -> None:
    bundles = three_bundles(school)
    gone = members(school.first, CLASS)[0].subject
    paper = Evidence("放弃声明.pdf", b"%PDF")
    report_place(school.first, ROUND, PlaceReport(gone, "given_up", "复读", "声明"), [paper])
    bundles.append(school.send(school.first, "registrar"))
    sheet = print_class(school.first_again, CLASS)
    merge(school.first_again, [school.send(school.first, "college-01")])
    mark = StudentMark(members(school.first, CLASS)[1].subject, Mark.UNSIGNED, "空白")
    record_marks(school.first_again, ROUND, sheet.number, [mark])
    bundles.append(school.send(school.first_again, "registrar"))
    junk = tmp_path / "垃圾.jice"
    junk.write_bytes(b"nothing")
    files = [bundles[2], junk, bundles[0], bundles[4], bundles[1], bundles[3], bundles[0]]
    folder = school.store_folder("registrar")
    before = snapshot(folder)
    planned = plan_merge(school.registrar, files)
    assert snapshot(folder) == before
    assert merge(school.registrar, files) == planned
    assert len(planned.bundles) == 6
    assert codes(planned) == [NotABundle.code]


def test_a_plan_shows_changes_and_who_is_missing(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    one, two, three = (student.subject for student in members(school.first, CLASS))
    sign(school.first, sheet, leaving_out=[three])
    report = school.carry(school.first, school.registrar)
    (missing,) = report.bundles[0].missing
    assert missing.students == (three,)
    record_marks(school.first, ROUND, sheet.number, [StudentMark(one, Mark.UNSIGNED, "签错了行")])
    plan = plan_merge(school.registrar, [school.send(school.first, "registrar")])
    change = {(c.key.subject, c.field, c.old, c.new) for c in plan.bundles[0].changes}
    assert change == {(one, "mark", "signed", "unsigned")}
    assert two in verdicts(school.registrar)


def test_a_merge_that_is_stopped_keeps_whole_bundles(school: School) -> None:
    bundles = three_bundles(school)

    def stop_at_two(done: int, total: int) -> None:
        if done == 2:
            cancel(done, total)

    with pytest.raises(Cancelled):
        merge(school.registrar, bundles, stop_at_two)
    with school.registrar.unit_of_work() as unit:
        assert len(exchange.incoming(unit.connection)) == 2
    with pytest.raises(Cancelled):
        plan_merge(school.registrar, bundles, cancel)
    require_healthy(school.registrar)


# --- refused -------------------------------------------------------------------------------------


def spoiled(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    copy = path.with_name("坏.jice")
    copy.write_bytes(data)
    return copy


def test_a_refused_file_is_listed_once_with_its_cause_and_changes_nothing_else(
    school: School, tmp_path: Path
) -> None:
    complete_class(school.first, CLASS)
    bad = spoiled(school.send(school.first, "registrar"))
    before = snapshot(school.store_folder("registrar"))["jice.db"].splitlines()
    for _ in range(3):
        report = merge(school.registrar, [bad])
        assert codes(report) == [BundleDamaged.code]
    after = snapshot(school.store_folder("registrar"))["jice.db"].splitlines()
    added = set(after) - set(before)
    assert all("refused_bundle" in line for line in added if line.startswith("INSERT"))
    (listed,) = refused(school.registrar)
    assert (listed.file_name, listed.code) == ("坏.jice", BundleDamaged.code)
    assert listed.sha256 == sha256(bad.read_bytes()).hexdigest()
    other = tmp_path / "另一个.jice"
    other.write_bytes(b"x")
    assert codes(merge(school.registrar, [other, tmp_path])) == [
        NotABundle.code,
        BundleUnreadable.code,
    ]
    assert len(refused(school.registrar)) == 3
    require_healthy(school.registrar)


def test_one_refused_file_does_not_keep_the_others_out(school: School) -> None:
    one, two, three = three_bundles(school)
    report = merge(school.registrar, [one, spoiled(two), three, two])
    assert codes(report) == [BundleDamaged.code]
    assert len(report.bundles) == 3


def test_a_bundle_is_for_the_office_it_names(school: School) -> None:
    complete_class(school.first, CLASS)
    path = school.send(school.first, "registrar")
    assert codes(merge(school.second, [path])) == [BundleForAnotherOffice.code]
    assert codes(merge(school.first, [path])) == [BundleOwn.code]


def test_inspecting_says_who_signed_what_and_changes_nothing(school: School) -> None:
    complete_class(school.first, CLASS)
    path = school.send(school.first, "registrar")
    before = snapshot(school.store_folder("registrar"))
    inspection = inspect(school.registrar, path)
    assert (inspection.office_name, inspection.seat_name) == (
        "信息技术学院",
        "信息技术学院的电脑",
    )
    assert inspection.bundle.manifest.counts.statements == 9
    with pytest.raises(BundleDamaged):
        inspect(school.registrar, spoiled(path))
    assert snapshot(school.store_folder("registrar")) == before


# --- genuine, but not to be believed -------------------------------------------------------------

STUDENT = "student:x"
FOREIGN = {
    "identity": {"name": "冒名者"},
    "placement": {"class_id": "class:x"},
    "class_group": {"office": "college-01"},
    "roster": {"listed": "yes"},
    "registration": {"outcome": "registered", "issued_on": "2026-10-01"},
    "recheck": {"verdict": "passed"},
    "entry_review": {"verdict": "passed"},
    "round": {"state": "open"},
    "office": {"name": "我们"},
    "school": {"name": "外校"},
    "correction_decision": {"decision": "accepted"},
    "addition_decision": {"decision": "accepted"},
}
_SUBJECTS = {
    "class_group": "class:x",
    "round": f"round:{ROUND}",
    "office": "office:college-01",
    "school": "school",
    "correction_decision": "correction:x",
    "addition_decision": "addition:x",
}


@pytest.mark.parametrize("aspect", FOREIGN)
def test_a_college_that_says_what_it_may_not_is_refused_whole(
    school: School, tmp_path: Path, aspect: str
) -> None:
    student = members(school.first, CLASS)[0].subject
    good = statement(school.first, "place_report", student, kind="given_up", document="x")
    bad = statement(school.first, aspect, _SUBJECTS.get(aspect, student), **FOREIGN[aspect])
    before = digest(school.registrar)
    path = forge(school.first, tmp_path, [good, bad])
    assert codes(merge(school.registrar, [path])) == [SignerWithoutAuthority.code]
    assert digest(school.registrar) == before


def test_a_college_that_speaks_about_anothers_students_is_heard_but_does_not_count(
    school: School, tmp_path: Path
) -> None:
    theirs = members(school.second, "护理2601班")[0].subject
    mine = members(school.first, CLASS)[0].subject
    values = {"kind": "given_up", "explanation": "复读", "document": "声明"}
    path = forge(
        school.first,
        tmp_path,
        [statement(school.first, "place_report", who, **values) for who in (mine, theirs)],
    )
    (bundle,) = merge(school.registrar, [path]).bundles
    assert bundle.without_authority == (theirs,)
    codes_ = {s: {r.code for r in j.verdict.reasons} for s, j in verdicts(school.registrar).items()}
    assert codes_[mine] == {"place-given-up"}
    assert codes_[theirs] == {"no-word"}
    require_healthy(school.registrar)


def test_what_waits_for_authority_counts_once_the_class_is_the_colleges(
    school: School, tmp_path: Path
) -> None:
    theirs = members(school.second, "护理2601班")[0]
    values = {"kind": "given_up", "explanation": "复读", "document": "声明"}
    path = forge(
        school.first, tmp_path, [statement(school.first, "place_report", theirs.subject, **values)]
    )
    merge(school.registrar, [path])
    moved = roster_rows()[-3]
    row = moved._replace(college="信息技术学院", class_name=CLASS)
    admit_rows(school.registrar, ROUND, [row], "转专业")
    assert {r.code for r in verdicts(school.registrar)[theirs.subject].verdict.reasons} == {
        "place-given-up"
    }
    require_healthy(school.registrar)


def wrong(change: Callable[[Statement], Statement]) -> Callable[[Session], list[Statement | bytes]]:
    """Return how to make one statement that is wrong in one way."""

    def make(session: Session) -> list[Statement | bytes]:
        student = members(session, CLASS)[0].subject
        said = statement(session, "signature", student, mark="signed", sheet="002-00001-58")
        return [change(said)]

    return make


def unchained(session: Session) -> list[Statement | bytes]:
    student = members(session, CLASS)[0].subject
    first = statement(session, "signature", student, mark="signed")
    second = first._replace(id="other", number=first.number + 1, previous="f" * 64)
    assert line_hash(encode(first)) != second.previous
    return [first, second]


def backwards(session: Session) -> list[Statement | bytes]:
    student = members(session, CLASS)[0].subject
    first = statement(session, "signature", student, mark="signed")
    return [first, first._replace(id="other", number=first.number - 1)]


def a_sheet(**values: str) -> Callable[[Session], list[Statement | bytes]]:
    def make(session: Session) -> list[Statement | bytes]:
        good = {"class_id": class_id(session, CLASS), "rows": "[]", "page_count": "1"}
        return [statement(session, "sheet", "sheet:002-00001-58", **(good | values))]

    return make


HOLLOW: dict[str, Callable[[Session], list[Statement | bytes]]] = {
    "no statement": lambda _session: [b"not even JSON"],
    "an empty object": lambda _session: [b"{}"],
    "another seat": wrong(lambda s: s._replace(seat="004")),
    "another round": wrong(lambda s: s._replace(round="2025-student_registration-1")),
    "no round": wrong(lambda s: s._replace(round="")),
    "an unknown aspect": wrong(lambda s: s._replace(aspect="telepathy")),
    "an unknown field": wrong(lambda s: s._replace(values={"mood": "good"})),
    "no values": wrong(lambda s: s._replace(values={})),
    "another kind of subject": wrong(lambda s: s._replace(subject="sheet:002-00001-58")),
    "evidence that is not there": wrong(lambda s: s._replace(evidence=("a" * 64,))),
    "an unknown mark": wrong(lambda s: s._replace(values={"mark": "perhaps"})),
    "an unknown kind of report": wrong(
        lambda s: s._replace(aspect="place_report", values={"kind": "perhaps"})
    ),
    "a clock at its end": wrong(lambda s: s._replace(clock=2**53 - 1)),
    "links that do not fit": unchained,
    "numbers that run backwards": backwards,
    "rows that are none": a_sheet(rows="nonsense"),
    "rows too deep": a_sheet(rows="[" * 100_000),
    "rows of another form": a_sheet(rows='[["x"]]'),
    "a row whose student is a list": a_sheet(rows='[[1,1,["student:1"],"ab"]]'),
    "a row whose student is a number": a_sheet(rows='[[1,1,7,"ab"]]'),
    "rows with numbers as texts": a_sheet(rows='[["1","1","student:1","ab"]]'),
    "rows with half a character": a_sheet(rows='[[1,1,"student:\\ud800","ab"]]'),
    "rows that are an object": a_sheet(rows='{"1234":0}'),
    "rows spelled otherwise": a_sheet(rows='[[1, 1, "student:1", "ab"]]'),
    "pages that do not count": a_sheet(page_count="many"),
}


@pytest.mark.parametrize("how", HOLLOW)
def test_a_genuine_bundle_that_does_not_hold_together_is_refused_whole(
    school: School, tmp_path: Path, how: str
) -> None:
    path = forge(school.first, tmp_path, HOLLOW[how](school.first))
    before = digest(school.registrar)
    for act in (plan_merge, merge):
        assert codes(act(school.registrar, [path])) == [BundleContent.code]
    assert digest(school.registrar) == before
    # and the store goes on working: it says something, and reads it back
    close_round(school.registrar, ROUND)
    assert len(verdicts(school.registrar)) == 9
    require_healthy(school.registrar)


@pytest.mark.parametrize(
    "receipt",
    [
        b"no JSON",
        b"[]",
        b'{"bundle_id":"x"}',
        b"\xff",
        b"[" * 100_000,
        Receipt("b", 1, 1, 0, 0, 0, 0).to_text().replace('"b"', "{}").encode(),
        Receipt("b", 1, 1, 0, 0, 0, 0).to_text().replace('"missing":0', '"missing":[]').encode(),
    ],
)
def test_a_receipt_that_is_none_refuses_the_bundle(
    school: School, tmp_path: Path, receipt: bytes
) -> None:
    path = forge(school.first, tmp_path, [], receipts=[receipt])
    assert codes(merge(school.registrar, [path])) == [BundleContent.code]


def test_a_bundle_of_a_round_that_is_not_here_is_refused(school: School, tmp_path: Path) -> None:
    school.registrar.store.close()
    shutil.copytree(school.store_folder("registrar"), tmp_path / "restored")
    registrar = school.reopen("registrar")
    new = NewRound(Procedure.STUDENT_REGISTRATION, "补办", "2026", "2026-12-31")
    other = open_round(registrar, new).id
    admit_rows(registrar, other, roster_rows(), "同一名单")
    school.carry(registrar, school.second, other)
    student = members(school.second, "护理2601班")[0].subject
    report_place(school.second, other, PlaceReport(student, "given_up", "复读", "声明"))
    bundle = school.send(school.second, "registrar", other)
    restored = open_and_sign_in(tmp_path / "restored", OPERATOR, PASSPHRASE)
    with restored.store:
        assert codes(merge(restored, [bundle])) == [BundleContent.code]
    assert merge(registrar, [bundle]).refusals == ()


def test_evidence_travels_and_arrives(school: School) -> None:
    student = members(school.first, CLASS)[0].subject
    scans = [Evidence("声明.pdf", b"%PDF one"), Evidence("照片.jpg", b"\xff\xd8 two")]
    report_place(school.first, ROUND, PlaceReport(student, "given_up", "复读", "声明"), scans)
    report = school.carry(school.first, school.registrar)
    assert report.refusals == ()
    for scan in scans:
        kept = school.registrar.store.attachments.get(sha256(scan.data).hexdigest())
        assert kept == scan.data
    require_healthy(school.registrar)


def test_evidence_that_is_damaged_does_not_travel(school: School, tmp_path: Path) -> None:
    student = members(school.first, CLASS)[0].subject
    scan = Evidence("声明.pdf", b"%PDF one")
    report_place(school.first, ROUND, PlaceReport(student, "given_up", "复读", "声明"), [scan])
    school.first.store.attachments.path(sha256(scan.data).hexdigest()).write_bytes(b"other")
    with pytest.raises(AttachmentDamaged):
        export(school.first, "registrar", ROUND, tmp_path)
    assert (outgoing(school.first), list(tmp_path.glob("*.jice"))) == ([], [])


# --- a closed round ------------------------------------------------------------------------------


def test_a_late_bundle_is_refused_and_listed_and_taken_after_reopening(school: School) -> None:
    complete_everything(school)
    school.carry(school.first, school.registrar)
    close_round(school.registrar, ROUND)
    before = digest(school.registrar)
    late = school.send(school.second, "registrar")
    assert codes(plan_merge(school.registrar, [late])) == [RoundClosed.code]
    assert codes(merge(school.registrar, [late])) == [RoundClosed.code]
    assert digest(school.registrar) == before
    (listed,) = refused(school.registrar)
    assert (listed.from_office, listed.number, listed.code) == ("college-02", 1, "JC-317")
    reopen_round(school.registrar, ROUND, "迟交，经同意补收")
    assert merge(school.registrar, [late]).refusals == ()
    assert all(j.verdict.outcome for j in verdicts(school.registrar).values())


def test_a_bundle_that_is_in_may_come_again_after_the_closing(school: School) -> None:
    complete_class(school.first, CLASS)
    path = school.send(school.first, "registrar")
    merge(school.registrar, [path])
    close_round(school.registrar, ROUND)
    assert notices(merge(school.registrar, [path])) == ["already-in"]


# --- answers -------------------------------------------------------------------------------------


def test_a_receipt_goes_back_for_every_bundle(school: School) -> None:
    complete_class(school.first, CLASS)
    sent = school.send(school.first, "registrar")
    merge(school.registrar, [sent])
    (bundle,) = school.carry(school.registrar, school.first).bundles
    (receipt,) = receipts(school.first)
    assert (receipt.bundle_id, receipt.number) == (outgoing(school.first)[0], 1)
    assert (receipt.taken, receipt.already, receipt.waiting, receipt.refused) == (9, 0, 0, "")
    assert bundle.receipts == (receipt,)
    complete_class(school.first, "软件2602班")
    school.carry(school.first, school.registrar)
    (second,) = school.carry(school.registrar, school.first).bundles
    assert [answer.number for answer in second.receipts] == [2]
    again = export(school.registrar, "college-01", ROUND, school.folder, again=True)
    (third,) = merge(school.first, [again.path]).bundles
    assert third.receipts == ()  # the last answer came along again, and is no news
    with pytest.raises(NothingToExport):  # an answer is sent once
        school.send(school.registrar, "college-01")


def test_an_answer_is_not_answered_and_two_offices_come_to_an_end(school: School) -> None:
    complete_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    (answer,) = school.carry(school.registrar, school.first).bundles
    assert (answer.statements, len(answer.receipts)) == (0, 1)
    for session, office in ((school.first, "registrar"), (school.registrar, "college-01")):
        with pytest.raises(NothingToExport):
            school.send(session, office)


def test_a_late_college_is_told_that_it_came_too_late(school: School) -> None:
    complete_class(school.second, "护理2601班")
    close_round(school.registrar, ROUND)
    school.carry(school.second, school.registrar)
    school.carry(school.registrar, school.second)
    (receipt,) = receipts(school.second)
    assert "来晚了" in receipt.refused
    assert "重新开启" in receipt.todo


@pytest.mark.parametrize("told_before", [False, True])
def test_a_late_bundle_that_was_taken_after_all_is_answered_as_taken(
    school: School, told_before: bool
) -> None:
    complete_class(school.second, "护理2601班")
    close_round(school.registrar, ROUND)
    late = school.send(school.second, "registrar")
    merge(school.registrar, [late])
    if told_before:
        school.carry(school.registrar, school.second)
    reopen_round(school.registrar, ROUND, "补收")
    merge(school.registrar, [late])
    school.carry(school.registrar, school.second)
    (receipt,) = receipts(school.second)
    assert (receipt.taken, receipt.refused) == (9, "")


def test_the_registrars_results_arrive_at_each_college(school: School) -> None:
    complete_everything(school)
    for office, session in zip(COLLEGES, (school.first, school.second), strict=True):
        school.carry(session, school.registrar)
        assert session.home.seat.office.id == office
    issue(school.registrar, ROUND)
    for session in (school.first, school.second):
        school.carry(school.registrar, session)
        with session.unit_of_work() as unit:
            issued = registration.registrations(unit.connection, ROUND)
        assert set(issued) == {student.subject for student in school.students(session)}
        assert {r.outcome for r in issued.values()} == {"registered"}
        require_healthy(session)


def test_the_board_shows_what_has_arrived_from_whom(school: School) -> None:
    complete_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    first, second = arrival_board(school.registrar, ROUND)
    assert (first.office_name, first.bundles, first.not_received) == ("信息技术学院", (1,), ())
    assert [(p.ready, p.students) for p in first.classes] == [(3, 3), (0, 3)]
    assert (second.bundles, second.last_arrival) == ((), "")
    with pytest.raises(NotAllowed):
        arrival_board(school.first, ROUND)


def test_a_seat_counts_its_bundles_through_all_rounds(school: School) -> None:
    complete_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    other = open_round(
        school.registrar, NewRound(Procedure.STUDENT_REGISTRATION, "补办", "2026", "2026-12-31")
    ).id
    admit_rows(school.registrar, other, roster_rows(), "同一名单")
    school.carry(school.registrar, school.first, other)
    student = members(school.first, CLASS)[0].subject
    report_place(school.first, other, PlaceReport(student, "given_up", "复读", "声明"))
    report = school.carry(school.first, school.registrar, other)
    assert (report.bundles[0].number, report.bundles[0].notices) == (2, ())
    line = arrival_board(school.registrar, other)[0]
    assert (line.bundles, line.not_received) == ((2,), ())

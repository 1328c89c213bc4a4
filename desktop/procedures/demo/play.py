"""The play: from an empty folder to a printed register, stage by stage."""

import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from desktop.domain.import_problems import RosterRow
from desktop.domain.offices import OFFICE_KIND_TITLES, OfficeKind
from desktop.domain.rounds import Procedure
from desktop.domain.student_registration import Outcome
from desktop.domain.students import Identity
from desktop.interchange.rosters import read_roster
from desktop.paths import resources_dir
from desktop.procedures.deciding.decisions import (
    accept_addition,
    decide_conflict,
    decide_correction,
    open_conflicts,
)
from desktop.procedures.demo import colleges as at
from desktop.procedures.demo import rechecking, reviewing
from desktop.procedures.demo.cast import COLLEGES, write_faces, write_roster
from desktop.procedures.demo.stage import SCHOOL_CODE, Stage, college_id
from desktop.procedures.demo.summary import Summary, summary_of, write_summary
from desktop.procedures.demo.wishes import STAGES, Wishes
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.registration.boards import outcome_counts
from desktop.procedures.registration.class_lists import make_class_lists
from desktop.procedures.registration.outcomes import change_outcome
from desktop.procedures.registration.papers import (
    make_change_list,
    make_chsi_files,
    make_hand_over,
    make_register,
    save_document,
)
from desktop.procedures.registration.student_registration import eligibility, issue
from desktop.procedures.rounds import (
    NewRound,
    close_round,
    open_round,
    reopen_round,
)
from desktop.procedures.signing.recording import set_class_teacher
from desktop.procedures.standing.following_rounds import begin_following
from desktop.store import registration, school
from desktop.store.students import listed_students

SAMPLE = "2026级新生录取名单-招生工作处.xlsx"
FACES = "人像比对核查结果.xlsx"
_FAULTY = "有问题"
_LATE = "迟到"

_PRACTICE = Identity(
    exam_number="26420600000001", name="练习生", sex="女", id_number="11010519491231002X"
)

Say = Callable[[str], None]


def play(
    wishes: Wishes, say: Say, reached: Callable[[str, Summary], None] = lambda _name, _told: None
) -> Summary:
    """Play the round up to the wished stage and leave folders, bundles, papers and a summary.

    Args:
        wishes: what was asked for; the folder must be empty or hold an earlier demo.
        say: told in a sentence what happens.
        reached: told after each stage, when its summary is written and nothing is under way.

    Raises:
        UserError: something that should work did not; what was played so far is left.
    """
    _clear(wishes.out)
    stage = Stage(wishes, random.Random(wishes.seed))  # noqa: S311 - a play, not a secret
    playing = _Play(stage, say)
    try:
        for name, act in zip(STAGES, playing.acts(), strict=True):
            with stage.timed(name):
                act()
            summary = summary_of(stage)
            write_summary(wishes.out, summary)
            reached(name, summary)
            if name == wishes.until:
                break
    finally:
        stage.close()
    return summary


def _clear(out: Path) -> None:
    """Make the folder ready; only what an earlier demo left is removed."""
    for name in ("seats", "bundles", "papers"):
        shutil.rmtree(out / name, ignore_errors=True)
        (out / name).mkdir(parents=True, exist_ok=True)
    (out / "summary.json").unlink(missing_ok=True)


class _Play:
    """The acts of the play, in order."""

    def __init__(self, stage: Stage, say: Say) -> None:
        self._stage = stage
        self._say = say
        self._colleges: dict[str, at.College] = {}
        self._late = ""

    def acts(self) -> tuple[Callable[[], None], ...]:
        """Return one act per stage."""
        return (
            self._prepare,
            self._review,
            self._recheck,
            self._issue_rosters,
            self._sign,
            self._export,
            self._merge,
            self._register,
        )

    # --- the registrar prepares ------------------------------------------------------------------

    def _prepare(self) -> None:
        stage = self._stage
        registrar = stage.open_school("registrar", training=stage.wishes.training)
        roster = self._roster()
        read = read_roster(roster)
        names = {row.college for row in (*read.rows, *read.held_back)}
        ordered = [name for name in COLLEGES if name in names]
        for place, name in enumerate(ordered, start=1):
            office = college_id(place)
            stage.colleges[office] = name
            stage.join(registrar, office, office, name, "张秘书")
        first = college_id(1)
        stage.join(registrar, f"{first}-2", first, stage.colleges[first], "李秘书")
        self._late = college_id(len(ordered))
        for kind, clerk in (
            (OfficeKind.ADMISSIONS, "招生处经办人"),
            (OfficeKind.STUDENT_AFFAIRS, "学工处经办人"),
        ):
            stage.join(registrar, str(kind), str(kind), OFFICE_KIND_TITLES[kind], clerk)
        for office in (*stage.colleges, OfficeKind.ADMISSIONS, OfficeKind.STUDENT_AFFAIRS):
            stage.carry(registrar, stage.seats_of(office), "")
        self._say(f"{len(ordered)} 个院部、招生工作处和学生工作处加入学校。")
        students, held = reviewing.open_review(stage, roster)
        self._say(
            f"招生工作处读入录取名单 {students} 人，其中 {held} 行有问题，与考生档案核对后放行。"
        )

    # --- procedure one ----------------------------------------------------------------------------

    def _review(self) -> None:
        stage = self._stage
        reviewing.prepare_review(stage)
        reviewing.read_faces(stage, self._faces())
        for office in stage.colleges:
            reviewing.check_in(stage, office)
        reviewing.decide_review(stage)
        told = reviewing.review_numbers(stage.admissions, stage.review_id)
        self._say(
            f"入学资格审查：应报到 {told['expected']} 人，实报到 {told['arrived']} 人，"
            f"未报到 {told['no_show']} 人，请假 {told['leave']} 人；"
            f"人脸通过 {told['face_passed']} 人，"
            f"材料不全 {told['documents_missing']} 人，存疑 {told['doubtful']} 人，"
            f"合格 {told['qualified']} 人。"
        )

    def _faces(self) -> Path:
        """Return the face-comparison system's file: the sample, or one about these students."""
        if not self._stage.wishes.students:
            return resources_dir() / "samples" / FACES
        path = self._stage.wishes.out / "seats" / "人像比对核查结果.xlsx"
        with self._stage.admissions.unit_of_work() as unit:
            students = listed_students(unit.connection, self._stage.review_id)
        write_faces(path, [one.identity for one in students], self._stage.wishes.seed)
        return path

    def _roster(self) -> Path:
        """Return the roster file: the sample, or one of the wished size."""
        wishes = self._stage.wishes
        if not wishes.students:
            return resources_dir() / "samples" / SAMPLE
        path = wishes.out / "seats" / "新生名单.xlsx"
        write_roster(path, wishes.students, wishes.colleges, wishes.seed)
        return path

    # --- procedure two ----------------------------------------------------------------------------

    def _recheck(self) -> None:
        stage = self._stage
        students = rechecking.open_recheck(stage)
        for office in stage.colleges:
            rechecking.recheck_college(stage, office)
        rechecking.settle_doubts(stage)
        rechecking.approve_recheck(stage)
        told = rechecking.recheck_numbers(stage.admissions, stage.recheck_id)
        self._say(
            f"入学资格复查：应复查 {students} 人，已交复查表 {told['forms']} 人，"
            f"未交 {told['missing_forms']} 人，有疑点 {told['doubts']} 人，"
            f"专项核查 {told['cases']} 件，不合格 {told['failed']} 人，合格 {told['approved']} 人。"
        )

    # --- the registrar's round --------------------------------------------------------------------

    def _issue_rosters(self) -> None:
        stage = self._stage
        deadline = stage.registrar.today() + timedelta(days=10)
        new = NewRound(
            Procedure.STUDENT_REGISTRATION,
            "2026级新生学籍注册",
            "2026",
            deadline.isoformat(),
            proxy_allowed=True,
            asks_verdicts=True,
        )
        round_, _ = begin_following(stage.registrar, new, stage.review_id)
        stage.round_id = round_.id
        for office in stage.colleges:
            export(stage.registrar, office, stage.round_id, stage.to_college(office))
        self._say(f"名单已下发 {len(stage.colleges)} 个院部。")

    # --- the colleges print, sign and record ------------------------------------------------------

    def _sign(self) -> None:
        stage = self._stage
        for office in stage.colleges:
            self._colleges[office] = at.prepare(stage, office)
        offices = list(stage.colleges)
        for office in offices:
            college = self._colleges[office]
            reprinted = college.classes[-1] if office == offices[-1] else ""
            for class_id in college.classes:
                if class_id != reprinted:
                    at.record_class(stage, college, class_id)
            if reprinted:
                at.reprint_a_page(stage, college, stage.registrar)
        first = self._colleges[offices[0]]
        at.correct_something(stage, first)
        at.second_secretary(stage, first)
        movers = [c for c in self._colleges.values() if len(c.classes) > 1]
        if movers:
            at.move_one(stage, movers[-1])
        at.add_a_stranger(stage, self._colleges[offices[-1]])
        at.take_back_something(stage, first)
        self._say(
            "各院部已打印签字表，登记了签字、代签、未签、划去、增补、更正、放弃和保留，"
            "登记错的已撤回。"
        )

    def _export(self) -> None:
        stage = self._stage
        for office, college in self._colleges.items():
            classes = set(college.classes)
            if len(classes) > 1:  # in two parts: first one class, later the others
                first = {college.classes[0]}
                export(college.session, "registrar", stage.round_id, stage.bundles, first)
            export(college.session, "registrar", stage.round_id, stage.bundles)
            second = stage.sessions.get(f"{office}-2")
            if second:
                export(second, "registrar", stage.round_id, stage.bundles)
        self._spoil()
        self._say(
            f"院部导出了 {len(list(stage.bundles.glob('*.jice')))} 份报送包，其中有损坏的、"
            "练习用的和别的学校的。"
        )

    def _spoil(self) -> None:
        """Put files among the bundles that must be refused."""
        stage = self._stage
        good = min(stage.bundles.glob("*.jice"))
        data = bytearray(good.read_bytes())
        data[len(data) // 2] ^= 1
        (stage.bundles / f"{_FAULTY}-改动一个字节.jice").write_bytes(data)
        for name, training, code in (
            ("正式" if stage.wishes.training else "练习", not stage.wishes.training, SCHOOL_CODE),
            ("外校", stage.wishes.training, "10000"),
        ):
            path = self._foreign_bundle(name, training=training, code=code)
            path.rename(stage.bundles / f"{_FAULTY}-{name}.jice")

    def _foreign_bundle(self, name: str, *, training: bool, code: str) -> Path:
        """Let a training school, or another one, write a bundle to its own registrar."""
        stage = self._stage
        registrar = stage.open_school(f"{name}-registrar", training=training, code=code)
        new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", "2026-12-31")
        round_id = open_round(registrar, new).id
        office = college_id(1)
        clerk = stage.join(registrar, f"{name}-{office}", office, f"{name}院部", "周秘书")
        folder = stage.to_college(f"{name}-{office}")
        row = RosterRow("", 0, _PRACTICE, f"{name}院部", "练习2601班")
        admit_rows(registrar, round_id, [row], "练习")
        issued = export(registrar, office, round_id, folder)
        merge(clerk, [issued.path])
        with clerk.unit_of_work() as unit:
            (group,) = school.classes(unit.connection)
        set_class_teacher(clerk, group.id, "练习老师")
        return export(clerk, "registrar", round_id, folder).path

    # --- the registrar merges, decides, registers -------------------------------------------------

    def _merge(self) -> None:
        stage = self._stage
        late = self._late_files()
        files = [file for file in sorted(stage.bundles.glob("*.jice")) if file not in late]
        self._take(files)
        self._take(files[:1])  # the same stick twice: nothing new
        self._decide()
        self._say(
            f"收入 {stage.merged} 份报送包，拒收 {len(stage.refused)} 份，"
            f"裁定分歧 {stage.decided} 处。"
        )

    def _late_files(self) -> list[Path]:
        """Return the bundles of the college that comes after the closing."""
        name = self._stage.colleges[self._late]
        return [file for file in self._stage.bundles.glob("*.jice") if name in file.name]

    def _take(self, files: list[Path]) -> None:
        report = merge(self._stage.registrar, files)
        self._stage.merged += sum(1 for b in report.bundles if b.new_statements)
        self._stage.refused.extend((r.file_name, r.code) for r in report.refusals)

    def _decide(self) -> None:
        """Decide everything that waits: conflicts, corrections, additions, the re-check."""
        registrar, round_id = self._stage.registrar, self._stage.round_id
        self._decide_conflicts(only="mark")  # the reasons go with the marks
        self._decide_conflicts()
        with registrar.unit_of_work() as unit:
            corrections = registration.corrections(unit.connection, round_id)
            additions = registration.additions(unit.connection, round_id)
        for correction in corrections:
            if not correction.decision:
                accept = "口头" not in correction.explanation
                reason = "证明材料齐全" if accept else "没有证明材料支持"
                decide_correction(
                    registrar, round_id, correction.subject, accept=accept, reason=reason
                )
        for addition in additions:
            if not addition.decision:
                accept_addition(registrar, round_id, addition.subject, "招生工作处确认已录取")

    def _decide_conflicts(self, only: str = "") -> None:
        """Decide contradictions, all or those about one field, for those who saw a signature."""
        registrar = self._stage.registrar
        for conflict in open_conflicts(registrar, self._stage.round_id):
            if only and conflict.field != only:
                continue
            side = max(conflict.alternatives, key=lambda a: (a.value == "signed", a.value or ""))
            decide_conflict(registrar, conflict.key, conflict.field, side.value, "查看了签字表原件")
            self._stage.decided += 1

    def _register(self) -> None:
        stage, registrar, round_id = self._stage, self._stage.registrar, self._stage.round_id
        issue(registrar, round_id)
        close_round(registrar, round_id)
        late = self._late_files()
        self._take(sorted(late))  # refused: the round is closed
        reopen_round(registrar, round_id, f"{stage.colleges[self._late]}迟交，经处长同意补收")
        self._take(sorted(late))
        self._decide()
        issue(registrar, round_id)
        self._make_papers()
        self._change_an_outcome()
        close_round(registrar, round_id)
        for office in stage.colleges:
            export(registrar, office, round_id, stage.to_college(office))
        for office, college in self._colleges.items():
            merge(college.session, sorted(stage.to_college(office).glob("*.jice")))
            lists = make_class_lists(college.session, round_id, college.classes)
            path = save_document(college.session, lists, stage.papers)
            stage.documents.append(str(path.relative_to(stage.wishes.out)))
        counts = outcome_counts(registrar, round_id)
        self._say(
            f"注册学籍 {counts['registered']} 人，保留 {counts['place_kept']} 人，"
            f"放弃 {counts['place_given_up']} 人，取消 {counts['place_cancelled']} 人，"
            f"暂未注册 {counts['held_back']} 人；名册已打印，结果已发回院部。"
        )

    def _change_an_outcome(self) -> None:
        """Let one outcome turn out wrong: the books are made anew, and say what they had said."""
        stage, registrar, round_id = self._stage, self._stage.registrar, self._stage.round_id
        changeable = [
            (one.student.subject, one.issued.outcome)
            for one in eligibility(registrar, round_id)
            if one.issued and one.verdict.outcome
        ]
        if not changeable:
            return
        gone = [one for one in changeable if one[1] is Outcome.PLACE_GIVEN_UP]
        student, outcome = (gone or changeable)[0]
        after, why, paper = (
            (Outcome.REGISTERED, "放弃声明不是本人所写，本人已报到", "学籍更正审批表1号")
            if outcome is Outcome.PLACE_GIVEN_UP
            else (Outcome.PLACE_GIVEN_UP, "注册以后书面放弃入学资格", "放弃入学资格声明")
        )
        change_outcome(registrar, round_id, student, after, why, paper)
        stage.outcomes_changed += 1
        changes = save_document(registrar, make_change_list(registrar, round_id), stage.papers)
        stage.documents.append(str(changes.relative_to(stage.wishes.out)))
        self._make_papers()

    def _make_papers(self) -> None:
        """Make the register, the lists, the platform files and the hand-over list."""
        stage, registrar, round_id = self._stage, self._stage.registrar, self._stage.round_id
        made = [*make_register(registrar, round_id)]
        made += make_chsi_files(registrar, round_id).documents
        made.append(make_hand_over(registrar, round_id))
        for document in made:
            path = save_document(registrar, document, stage.papers)
            stage.documents.append(str(path.relative_to(stage.wishes.out)))

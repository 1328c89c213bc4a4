"""The play: from an empty folder to a printed register, stage by stage."""

import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from desktop.domain.offices import OFFICE_KIND_TITLES, OfficeKind
from desktop.domain.rounds import Procedure
from desktop.interchange.rosters import read_roster
from desktop.paths import resources_dir
from desktop.procedures.demo import colleges as at
from desktop.procedures.demo import rechecking, registering, reviewing
from desktop.procedures.demo.cast import COLLEGES, write_faces, write_roster
from desktop.procedures.demo.spoiling import put_bad_ones_among
from desktop.procedures.demo.stage import Stage, college_id
from desktop.procedures.demo.summary import Summary, summary_of, write_summary
from desktop.procedures.demo.wishes import STAGES, Wishes
from desktop.procedures.exchange.exporting import export
from desktop.procedures.registration.boards import outcome_counts
from desktop.procedures.rounds import NewRound
from desktop.procedures.standing.following_rounds import begin_following
from desktop.store.students import listed_students

SAMPLE = "2026级新生录取名单-招生工作处.xlsx"
FACES = "人像比对核查结果.xlsx"

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
        put_bad_ones_among(stage)
        self._say(
            f"院部导出了 {len(list(stage.bundles.glob('*.jice')))} 份报送包，其中有损坏的、"
            "练习用的和别的学校的。"
        )

    # --- the registrar merges, decides, registers -------------------------------------------------

    def _merge(self) -> None:
        stage = self._stage
        registering.take_bundles(stage, self._late)
        self._say(
            f"收入 {stage.merged} 份报送包，拒收 {len(stage.refused)} 份，"
            f"裁定分歧 {stage.decided} 处。"
        )

    def _register(self) -> None:
        stage = self._stage
        registering.register(stage, self._late)
        registering.send_outcomes(stage, self._colleges)
        counts = outcome_counts(stage.registrar, stage.round_id)
        self._say(
            f"注册学籍 {counts['registered']} 人，保留 {counts['place_kept']} 人，"
            f"放弃 {counts['place_given_up']} 人，取消 {counts['place_cancelled']} 人，"
            f"暂未注册 {counts['held_back']} 人；名册已打印，结果已发回院部。"
        )

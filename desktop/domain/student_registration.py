"""Procedure three as rules: whether a student can be registered, and why (细则 三、新生学籍注册).

``judge`` is a pure function of what the offices have said. Screens, the register and the platform
files all show its result.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.authority import SIGN_OFF_TITLES, SIGN_OFFS
from desktop.domain.reasons import Reason
from desktop.domain.sheets import Mark


class Outcome(StrEnum):
    """The four outcomes of procedure three (教学〔2014〕11号)."""

    REGISTERED = "registered"
    PLACE_KEPT = "place_kept"
    PLACE_GIVEN_UP = "place_given_up"
    PLACE_CANCELLED = "place_cancelled"


OUTCOME_TITLES: Final = {
    Outcome.REGISTERED: "注册学籍",
    Outcome.PLACE_KEPT: "保留入学资格",
    Outcome.PLACE_GIVEN_UP: "放弃入学资格",
    Outcome.PLACE_CANCELLED: "取消入学资格",
}
HELD_BACK_TITLE: Final = "暂未注册"
TAKEN_BACK: Final = "outcome-taken-back"
"""The reason that holds back whose outcome was taken back: only a person issues a new one."""

ART_SHEET: Final = "细则 三(三)1"
ART_REGISTER: Final = "细则 三(三)2"
ART_DUTIES: Final = "细则 三(二)"
ART_GIVE_UP: Final = "41号令 第八条"
ART_REVIEW: Final = "41号令 第九条"
ART_KEEP: Final = "41号令 第十条"
ART_RECHECK: Final = "41号令 第十一条"


@dataclass(frozen=True, slots=True)
class SheetState:
    """The state of the sheet on which a student signed.

    ``void`` says why the student's page no longer counts ("" while it does); ``missing`` names
    the sign-offs that are not there, or that lack a date, and "seal".
    """

    number: str
    void: str
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class StudentFile:
    """All that was said about one student in one round, as the rule needs it."""

    student: str
    listed: bool
    complete: bool  # name, numbers and class are there
    conflicts: tuple[str, ...] = ()  # titles of the fields on which offices disagree
    entry_review: str = ""  # "", passed, failed, given_up, kept
    recheck: str = ""  # "", passed, failed, kept, case
    verdict_explanation: str = ""
    mark: Mark | None = None
    mark_explanation: str = ""
    sheet: SheetState | None = None
    place: str = ""  # "", given_up, kept
    place_explanation: str = ""
    place_document: str = ""
    place_until: str = ""
    open_corrections: int = 0
    doubled: tuple[str, ...] = ()  # titles of numbers that another student has as well
    name_and_id_corrected: bool = False
    taken_back: str = ""  # why an outcome was taken back and none issued since


@dataclass(frozen=True, slots=True)
class Rules:
    """What this school asks for in this round."""

    required_sign_offs: tuple[str, ...] = ("class_teacher", "head")
    proxy_allowed: bool = False
    asks_verdicts: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome (None: held back) and its reasons, at least one."""

    student: str
    outcome: Outcome | None
    reasons: tuple[Reason, ...]


def judge(file: StudentFile, rules: Rules) -> Verdict:
    """Return what the rule book lets happen with one student now, and why.

    Undecided conflicts come first: nothing is issued while offices contradict one another.
    """
    if blockers := blocking_reasons(file):
        return Verdict(file.student, None, blockers)
    if file.taken_back:
        sentence = f"注册结论已收回（{file.taken_back}），须由学籍科重新办理结论。"
        return Verdict(file.student, None, (Reason(TAKEN_BACK, sentence, ART_REGISTER),))
    if "failed" in (file.entry_review, file.recheck):
        return Verdict(file.student, Outcome.PLACE_CANCELLED, (_failed(file),))
    if file.place:
        return _judge_place(file)
    if doubts := (
        *_verdict_doubts(file, rules),
        *_signature_doubts(file, rules),
        *_sheet_doubts(file, rules),
    ):
        return Verdict(file.student, None, doubts)
    signed = Reason("signed", "本人已在有效的核对签字表上签字，各级签字和院部印章齐全。", ART_SHEET)
    if file.mark is Mark.BY_PROXY:
        signed = Reason(
            "signed-by-proxy",
            f"由他人代签（{file.mark_explanation}），本批次允许代签，各级签字和院部印章齐全。",
            ART_SHEET,
        )
    return Verdict(file.student, Outcome.REGISTERED, (signed,))


def blocking_reasons(file: StudentFile) -> tuple[Reason, ...]:
    """Return what keeps anything at all from being issued, by whomever."""
    reasons = []
    if file.conflicts:
        fields = "、".join(file.conflicts)
        reasons.append(Reason("conflict", f"各方说法不一致，尚未裁定：{fields}。", ART_REGISTER))
    if not file.listed:
        reasons.append(Reason("not-listed", "不在本批次的新生名单中。", ART_SHEET))
    if not file.complete:
        reasons.append(Reason("incomplete", "学籍信息不完整，请先补全。", ART_REGISTER))
    if file.doubled:
        titles = "、".join(file.doubled)
        reasons.append(Reason("number-doubled", f"{titles}与另一名学生相同。", ART_REGISTER))
    if file.name_and_id_corrected:
        sentence = "本批次先后更正了姓名和身份证号，须专门核查是否为同一人。"
        reasons.append(Reason("name-and-id-corrected", sentence, ART_RECHECK))
    if file.open_corrections:
        sentence = f"有 {file.open_corrections} 条信息更正尚未处理。"
        reasons.append(Reason("correction-open", sentence, ART_REGISTER))
    return tuple(reasons)


def _failed(file: StudentFile) -> Reason:
    """Return the reason of a cancelled place."""
    why = f"（{file.verdict_explanation}）" if file.verdict_explanation else ""
    if file.recheck == "failed":
        return Reason("recheck-failed", f"入学资格复查不合格{why}，取消入学资格。", ART_REGISTER)
    return Reason("entry-review-failed", f"入学资格审查不合格{why}，取消入学资格。", ART_REVIEW)


def _judge_place(file: StudentFile) -> Verdict:
    """Return the verdict on a student who gave the place up or has it kept."""
    why = file.place_explanation
    if not file.place_document:
        sentence = "报告了放弃或保留入学资格，但没有登记证明材料。"
        reason = Reason("place-document-missing", sentence, ART_REGISTER)
        return Verdict(file.student, None, (reason,))
    if file.place == "kept":
        if not file.place_until:
            reason = Reason("place-until-missing", "保留入学资格没有登记期限。", ART_KEEP)
            return Verdict(file.student, None, (reason,))
        sentence = f"保留入学资格至 {file.place_until}（{why}）。"
        return Verdict(
            file.student, Outcome.PLACE_KEPT, (Reason("place-kept", sentence, ART_KEEP),)
        )
    reason = Reason("place-given-up", f"放弃入学资格（{why}）。", ART_GIVE_UP)
    return Verdict(file.student, Outcome.PLACE_GIVEN_UP, (reason,))


def _verdict_doubts(file: StudentFile, rules: Rules) -> tuple[Reason, ...]:
    """Return which verdicts are not there: the review's and the re-check's, kept apart."""
    if file.recheck == "case":
        why = f"（{file.verdict_explanation}）" if file.verdict_explanation else ""
        sentence = f"入学资格复查正在专项核查{why}，还没有结论。"
        return (Reason("recheck-case", sentence, ART_RECHECK),)
    found = []
    if rules.asks_verdicts and file.entry_review != "passed":
        sentence = "招生工作处的审查合格名单里没有该生。"
        found.append(Reason("no-entry-review", sentence, ART_SHEET))
    if rules.asks_verdicts and file.recheck != "passed":
        sentence = "招生工作处的复查合格名单里没有该生。"
        found.append(Reason("no-recheck", sentence, ART_REGISTER))
    return tuple(found)


def _signature_doubts(file: StudentFile, rules: Rules) -> tuple[Reason, ...]:
    """Return what is wrong with the student's own signature."""
    why = f"：{file.mark_explanation}" if file.mark_explanation else ""
    match file.mark:
        case None:
            return (Reason("no-word", "院部还没有报来本人签字情况。", ART_SHEET),)
        case Mark.UNSIGNED:
            return (Reason("unsigned", f"本人未签字{why}。", ART_SHEET),)
        case Mark.STRUCK_OUT:
            return (Reason("struck-out", f"院部在签字表上划去了该生{why}。", ART_SHEET),)
        case Mark.BY_PROXY if not rules.proxy_allowed:
            return (Reason("proxy-not-allowed", f"由他人代签{why}，本批次不允许代签。", ART_SHEET),)
        case Mark.BY_PROXY if not file.mark_explanation:
            return (Reason("proxy-unexplained", "由他人代签，但没有说明原因。", ART_SHEET),)
        case _:
            return ()


def _sheet_doubts(file: StudentFile, rules: Rules) -> tuple[Reason, ...]:
    """Return what is wrong with the sheet that carries the signature."""
    if file.mark not in (Mark.SIGNED, Mark.BY_PROXY):
        return ()
    if file.sheet is None:
        return (Reason("sheet-unknown", "没有收到该生签字的核对签字表。", ART_SHEET),)
    reasons = []
    if file.sheet.void:
        sentence = f"签字表 {file.sheet.number} 的这一页已作废：{file.sheet.void}，需要重印重签。"
        reasons.append(Reason("sheet-void", sentence, ART_SHEET))
    asked_for = (*(name for name in SIGN_OFFS if name in rules.required_sign_offs), "seal")
    missing = file.sheet.missing
    reasons.extend(_missing(name, file.sheet.number) for name in asked_for if name in missing)
    return tuple(reasons)


def _missing(name: str, number: str) -> Reason:
    """Return the reason for a sign-off or the seal that is not there."""
    if name == "seal":
        return Reason("seal-missing", f"签字表 {number} 没有加盖院部印章或没有日期。", ART_SHEET)
    title = SIGN_OFF_TITLES[name]
    return Reason(
        f"{name.replace('_', '-')}-missing", f"签字表 {number} 缺{title}签字或日期。", ART_DUTIES
    )

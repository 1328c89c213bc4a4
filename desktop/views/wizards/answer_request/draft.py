"""Answering a join request as plain functions on a frozen draft."""

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.offices import OFFICE_KIND_TITLES, Office, OfficeKind, Seat
from desktop.procedures.school.class_offices import CollegeClasses
from desktop.procedures.school.enrolment import ShownRequest
from desktop.views.language import tr
from desktop.views.wizards.give_classes.words import joined_sentence, joining_sentences
from desktop.views.wizards.place_step import place_problems

FILE, DIGITS, OFFICE, CONFIRM, PLACE, DONE = (
    "file",
    "digits",
    "office",
    "confirm",
    "place",
    "done",
)
WAY = (FILE, DIGITS, OFFICE, CONFIRM, PLACE, DONE)
WAY_AGAIN = (FILE, PLACE, DONE)


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """What is asked for and known; ``answer`` is the signed answer, "" until it was given.

    ``loose`` are the classes that nobody had before the answer. ``again`` is the seat of a request
    that was answered before: its answer is only written once more.
    """

    file: str = ""
    text: str = ""
    shown: ShownRequest | None = None
    offices: tuple[Office, ...] = ()
    known: frozenset[str] = frozenset()  # ids of offices that have a seat already
    loose: tuple[CollegeClasses, ...] = ()
    digits_heard: str = ""
    office: str = ""
    answer: str = ""
    folder: str = ""
    written: str = ""
    school_digits: str = ""
    again: Seat | None = None

    @property
    def digits(self) -> str:
        """The digits of the request."""
        return self.shown.fingerprint if self.shown else ""

    @property
    def applicant(self) -> str:
        """Who asks, in words."""
        if self.shown is None:
            return ""
        request = self.shown.request
        kind = OFFICE_KIND_TITLES[request.office_kind]
        office = (
            request.office_name
            if request.office_name == kind
            else (f"{request.office_name}（{kind}）")
        )
        return tr("{office}的“{seat_name}”", office=office, seat_name=request.seat_name)

    @property
    def seat_name(self) -> str:
        """The name of the PC that asks."""
        if self.again:
            return self.again.name
        return self.shown.request.seat_name if self.shown else ""

    @property
    def member(self) -> Office | None:
        """The chosen office."""
        return next((one for one in self.offices if one.id == self.office), None)

    @property
    def office_name(self) -> str:
        """The name of the chosen office."""
        return self.member.name if self.member else ""


def next_step(step: str, draft: AnswerRequest) -> str:
    """Return the step that follows, "" after the last."""
    way = WAY_AGAIN if draft.again else WAY
    return way[way.index(step) + 1] if step != way[-1] else ""


def problems(step: str, draft: AnswerRequest) -> dict[str, str]:
    """Return what is missing or wrong on a step, per field."""
    if step == FILE and not (draft.file and Path(draft.file).is_file()):
        return {"file": tr("请选择对方用U盘交来的加入申请，或者把它拖到这里。")}
    if step == DIGITS:
        return _digits(draft)
    if step == OFFICE and not draft.office:
        return {"office": tr("请选择部门。")}
    return place_problems(draft.folder) if step == PLACE else {}


def request_sentence(draft: AnswerRequest) -> str:
    """Say who asks and when."""
    if draft.shown is None:
        return ""
    created = draft.shown.request.created[:16].replace("T", " ")
    return tr(
        "{applicant}申请加入，申请写于 {created}。请给对方打电话，请对方读出自己屏幕上的"
        "二十位数字，听到什么就输入什么。这里不显示这份申请的数字：听到的与文件一致，"
        "才说明文件没有被换过。",
        applicant=draft.applicant,
        created=created,
    )


def office_title(office: Office, draft: AnswerRequest) -> str:
    """Return an office as a choice: a new one says so, a known one gets one more seat."""
    return (
        tr("{name}（已有席位，再加一台电脑）", name=office.name)
        if office.id in draft.known
        else (
            tr(
                "{name}（新加入，编号 {rpartition}）",
                name=office.name,
                rpartition=office.id.rpartition("-")[2],
            )
            if "-" in office.id
            else tr("{name}（新加入）", name=office.name)
        )
    )


def confirm_sentences(draft: AnswerRequest) -> tuple[str, ...]:
    """Say what the answer means."""
    more = tr("再加一个席位") if draft.office in draft.known else tr("第一个席位")
    return (
        tr(
            "批准{applicant}加入，成为{office_name}的{more}。",
            applicant=draft.applicant,
            office_name=draft.office_name,
            more=more,
        ),
        tr("电话里听到的数字与这份申请一致：{digits}。", digits=draft.digits),
        tr("批复以后，这台电脑可以收本部门的报送包，它报送的内容会被本校各部门采信，有效三年。"),
        *(joining_sentences(draft.member, draft.loose) if draft.member else ()),
    )


def place_hint(draft: AnswerRequest) -> str:
    """Say that the answer can be written as often as need be."""
    if draft.again:
        return tr(
            "{office_name}的“{seat_name}”（席位 {id}）已经批复过。再写一次，内容和上次相同，"
            "还是同一个席位，不会多出一个。",
            office_name=draft.office_name,
            seat_name=draft.seat_name,
            id=draft.again.id,
        )
    return tr("批复已经签发。U盘丢了、写错了也不要紧：在“席位”里选中这个席位，可以再写一次。")


def done_sentences(draft: AnswerRequest) -> tuple[str, ...]:
    """Say where the answer lies, and what to read out."""
    if draft.again:
        return (
            tr("批复文件：{written}", written=draft.written),
            tr("请把U盘交给对方，并在电话里逐组读出下面的本校核对数字，对方输入一致才算加入。"),
        )
    given = joined_sentence(draft.member, draft.loose) if draft.member else ""
    return (
        tr("批复文件：{written}", written=draft.written),
        tr("请把U盘交给对方，并在电话里逐组读出下面的本校核对数字，对方输入一致才算加入。"),
        *((given,) if given else ()),
        _way_on(draft, given=bool(given)),
    )


def _way_on(draft: AnswerRequest, *, given: bool) -> str:
    """Say what comes after the answer."""
    if draft.office in draft.known and not given:
        return tr(
            "接下来：在“收发”里按批次“全部重新导出”给{name}，新的这台电脑才有以前的内容。",
            name=draft.office_name,
        )
    if draft.member and draft.member.kind is OfficeKind.COLLEGE and draft.loose and not given:
        return tr(
            "接下来：在“批次名单”里点“分配班级…”，把班级分配给{name}，再在“收发”里导出给它。",
            name=draft.office_name,
        )
    return tr("接下来：在“收发”里把名单导出给{name}。", name=draft.office_name)


def _digits(draft: AnswerRequest) -> dict[str, str]:
    heard = "".join(c for c in draft.digits_heard if c.isascii() and c.isdigit())
    shown = "".join(c for c in draft.digits if c.isdigit())
    if not heard:
        return {"digits_heard": tr("请输入对方在电话里读出的数字。")}
    if heard != shown:
        return {
            "digits_heard": tr(
                "与这份申请不一致。请对方再读一遍；仍不一致时不要批复，"
                "这份申请可能被换过，请对方重新导出。"
            )
        }
    return {}

"""What stands beside the table about one student, as data."""

from desktop.domain.registration_reasons import TODO
from desktop.domain.student_registration import OUTCOME_TITLES
from desktop.procedures.registration.registration_desk import RegistrationLine
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.widgets.details import Fact, Heading, Part, Standing, Words
from desktop.views.widgets.masked_number import masked


def parts_of(line: RegistrationLine) -> list[Part]:
    """Return a student's standing, every reason with its article, and what to do about it."""
    parts: list[Part] = [
        Heading(line.identity.name or tr("（姓名待定）")),
        Standing(state_of_line(line), line.title),
    ]
    issued = line.judged.issued
    if issued:
        parts.append(
            Words(
                tr(
                    "{issued_on} 办理：{explanation}",
                    issued_on=issued.issued_on,
                    explanation=issued.explanation,
                )
            )
        )
        if issued.document:
            parts.append(Fact(tr("依据的材料"), issued.document))
        if issued.until:
            parts.append(Fact(tr("保留至"), issued.until))
    elif line.ready and line.judged.verdict.outcome:
        parts.append(
            Words(
                tr("可以办理：{title}。", title=OUTCOME_TITLES[line.judged.verdict.outcome]),
                "strong",
            )
        )
    if not issued or line.undecided:
        parts += _reasons(line)
    return parts + _facts(line)


def state_of_line(line: RegistrationLine) -> State:
    """Return the shape for how a student stands."""
    if line.undecided:
        return State.ATTENTION
    if line.issued:
        return State.DONE
    if line.ready:
        return State.IN_HAND
    return State.NOT_YET if line.codes == ("no-word",) else State.ATTENTION


def _reasons(line: RegistrationLine) -> list[Part]:
    parts: list[Part] = []
    for reason in line.judged.verdict.reasons:
        parts.append(Words(f"{reason.sentence}（{reason.article}）"))
        if todo := TODO.get(reason.code):
            parts.append(Words(todo, "quiet"))
    return parts


def _facts(line: RegistrationLine) -> list[Part]:
    identity = line.identity
    signed = line.mark or tr("还没有报来")
    if line.sheet:
        signed = tr("{signed}，签字表 {sheet}", signed=signed, sheet=line.sheet)
    nothing = tr("没有收到")
    return [
        Fact(tr("审查结论"), line.review or nothing),
        Fact(tr("复查结论"), line.recheck or nothing),
        Fact(tr("院部和班级"), f"{line.group.college_name}　{line.group.name}"),
        Fact(tr("学号"), identity.student_number or tr("（空）")),
        Fact(tr("身份证号"), masked(identity.id_number) or tr("（空）")),
        Fact(tr("签字情况"), signed),
    ]

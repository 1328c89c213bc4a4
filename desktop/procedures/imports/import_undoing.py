"""Undoing one import: possible until something was built on it, and then it is said what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop.domain.sheets import rows_from_text
from desktop.domain.statements import Statement
from desktop.domain.wording import ASPECT_TITLES
from desktop.errors import ImportBuiltOn, ImportUndone
from desktop.procedures.imports.import_kinds import require_readable
from desktop.procedures.imports.imports import ImportLine, import_line, kept_import
from desktop.procedures.naming import Names
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import stated_reason
from desktop.store import imports, registration
from desktop.store.imports import KeptImport
from desktop.store.store import UnitOfWork

_FOUNDING = frozenset({"identity", "placement", "roster", "class_group"})
"""What everything else about a student or a class rests on."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing an import takes back.

    Attributes:
        line: the import.
        statements: how many statements would no longer count.
        students: how many students they concern.
        new_students: how many of these this store would then not know any more.
        built_on: why it can not be undone, sentence by sentence; empty where it can.
    """

    line: ImportLine
    statements: int
    students: int
    new_students: int
    built_on: tuple[str, ...]


def plan_undo(session: Session, import_id: int) -> UndoPlan:
    """Return what ``undo_import`` would take back, and write nothing.

    Raises:
        NotFound: there is no such import. ImportUndone: it has nothing to undo.
    """
    line = import_line(session, import_id)
    with session.unit_of_work() as unit:
        made, kept = _made(session, unit, import_id)
        built_on = _built_on(unit, kept, made)
    students = {s.subject for s in made if s.subject.startswith("student:")}
    new = {s.subject for s in made if s.aspect == "identity" and not s.seen}
    return UndoPlan(line, len(made), len(students), len(new), built_on)


def undo_import(session: Session, import_id: int, reason: str) -> None:
    """Let what an import said no longer count; everything reads as before it.

    Nothing is struck out: the statements stay, marked as not counting, and so does this one.

    Args:
        session: of the office that read the list in.
        import_id: its number here.
        reason: why it is undone.

    Raises:
        Incomplete: no reason is given.
        NotFound: there is no such import.
        ImportUndone: it is undone already, or said nothing.
        ImportBuiltOn: something was built on it.
    """
    reason = stated_reason(reason, "撤销一次读入要写明原因。", "例如“文件拿错了，不是最后的名单”。")
    with session.unit_of_work() as unit:
        made, kept = _made(session, unit, import_id)
        if built_on := _built_on(unit, kept, made):
            raise ImportBuiltOn(
                f"这次读入不能撤销：{''.join(built_on)}",
                "请先撤回或更正后来的登记；只有个别学生有误的，请按更正办理。",
            )
        unit.journal.state(
            imports.key_of(kept.subject),
            {
                "withdrawn": "yes",
                "seat": made[0].seat,
                "first": str(made[0].number),
                "last": str(made[-1].number),
                "explanation": reason,
            },
            reason=reason,
        )
        unit.commit()


def _made(session: Session, unit: UnitOfWork, import_id: int) -> tuple[list[Statement], KeptImport]:
    """Return what an import has said, and what is remembered of it."""
    kept = kept_import(unit, import_id)
    require_readable(session.home.seat.office.kind, kept.target.kind)
    if kept.undone:
        raise ImportUndone("这次读入已经撤销。", "请刷新读入记录，查看现在的情况。")
    if not kept.subject:
        raise ImportUndone(
            "这次读入没有可以撤销的内容：当时没有新的内容，或者是用以前的版本读入的。",
            "个别学生有误的，请按更正办理。",
        )
    return imports.made_by(unit.connection, session.home.seat.id, kept.first, kept.last), kept


def _built_on(unit: UnitOfWork, kept: KeptImport, made: Sequence[Statement]) -> tuple[str, ...]:
    """Return what was built on an import, in sentences."""
    seat = made[0].seat
    founded = {s.subject for s in made if s.aspect in _FOUNDING}
    subjects = {s.subject for s in made}
    later = imports.said_since(unit.connection, seat, kept.last, subjects)
    ids = {s.id for s in made}
    touching = [s for s in later if s.subject in founded or ids.intersection(s.seen)]
    issued = {s.subject for s in later if s.aspect == "registration"}
    touching += [s for s in later if s.subject in issued - founded and s.aspect == "registration"]
    corrected = _corrected(unit, kept, founded, seat)
    names = Names(unit, {s.subject for s in touching} | {c for c, _ in corrected})
    by_aspect: dict[str, set[str]] = {}
    for statement in touching:
        by_aspect.setdefault(ASPECT_TITLES[statement.aspect], set()).add(
            names.who(statement.subject).name
        )
    for subject, title in corrected:
        by_aspect.setdefault(title, set()).add(names.who(subject).name)
    sentences = [_sentence(title, sorted(who)) for title, who in sorted(by_aspect.items())]
    return (*sentences, *_printed(unit, kept, founded, seat))


def _corrected(
    unit: UnitOfWork, kept: KeptImport, founded: Collection[str], seat: str
) -> list[tuple[str, str]]:
    """Return the corrections that were proposed since then about whom the import brought."""
    mine = {
        correction.subject: correction.student
        for correction in registration.corrections(unit.connection)
        if correction.student in founded
    }
    later = imports.said_since(unit.connection, seat, kept.last, mine)
    return [(mine[s.subject], ASPECT_TITLES[s.aspect]) for s in later]


def _printed(
    unit: UnitOfWork, kept: KeptImport, founded: Collection[str], seat: str
) -> tuple[str, ...]:
    """Return the sheets on which the import's students were printed since then, in a sentence."""
    found = [
        subject.removeprefix("sheet:")
        for subject, rows in imports.sheets_since(unit.connection, seat, kept.last)
        if any(row.student in founded for row in rows_from_text(rows))
    ]
    if not found:
        return ()
    shown = "、".join(sorted(found)[:_NAMED])
    more = f"等{len(found)}张" if len(found) > _NAMED else ""
    return (f"这些学生已经打印在核对签字表上（{shown}{more}）。",)


def _sentence(title: str, names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMED])
    more = f"等{len(names)}处" if len(names) > _NAMED else ""
    return f"以后又登记了{title}（{shown}{more}）。"

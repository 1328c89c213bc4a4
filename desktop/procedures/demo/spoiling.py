"""Files among the demo's bundles that must be refused: changed, or from other schools."""

from pathlib import Path
from typing import Final

from desktop.domain.import_problems import RosterRow
from desktop.domain.rounds import Procedure
from desktop.domain.students import Identity
from desktop.procedures.demo.stage import SCHOOL_CODE, Stage, college_id
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.rounds import NewRound, open_round
from desktop.procedures.signing.recording import set_class_teacher
from desktop.store import school

_FAULTY: Final = "有问题"
_PRACTICE: Final = Identity(
    exam_number="26420600000001", name="练习生", sex="女", id_number="11010519491231002X"
)


def put_bad_ones_among(stage: Stage) -> None:
    """Put files among the bundles that must be refused."""
    good = min(stage.bundles.glob("*.jice"))
    data = bytearray(good.read_bytes())
    data[len(data) // 2] ^= 1
    (stage.bundles / f"{_FAULTY}-改动一个字节.jice").write_bytes(data)
    for name, training, code in (
        ("正式" if stage.wishes.training else "练习", not stage.wishes.training, SCHOOL_CODE),
        ("外校", stage.wishes.training, "10000"),
    ):
        path = _foreign_bundle(stage, name, training=training, code=code)
        path.rename(stage.bundles / f"{_FAULTY}-{name}.jice")


def _foreign_bundle(stage: Stage, name: str, *, training: bool, code: str) -> Path:
    """Let a training school, or another one, write a bundle to its own registrar."""
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

"""Which printer, tray and sides this PC takes for which papers; remembered for the window alone."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.views.language import tr
from desktop.views.memory import Memory


class Paper(StrEnum):
    """Papers that may lie in trays of their own: the register goes on thicker paper."""

    SHEETS = "sheets"
    REGISTER = "register"
    OTHER = "other"


PAPER_TITLES = {
    Paper.SHEETS: tr("核对签字表"),
    Paper.REGISTER: tr("名册"),
    Paper.OTHER: tr("其他材料"),
}


class Tray(StrEnum):
    """Trays that drivers know by these names; the printer's own dialog offers any other."""

    PRINTER = ""
    UPPER = "upper"
    MIDDLE = "middle"
    LOWER = "lower"
    MANUAL = "manual"
    LARGE = "large"


TRAY_TITLES = {
    Tray.PRINTER: tr("由打印机决定"),
    Tray.UPPER: tr("上层纸盒（纸盒1）"),
    Tray.MIDDLE: tr("中间纸盒"),
    Tray.LOWER: tr("下层纸盒（纸盒2）"),
    Tray.MANUAL: tr("手动送纸"),
    Tray.LARGE: tr("大容量纸盒"),
}


class Sides(StrEnum):
    """Whether both sides of the paper are printed."""

    PRINTER = ""
    ONE = "one"
    BOTH = "both"


SIDES_TITLES = {
    Sides.PRINTER: tr("由打印机决定"),
    Sides.ONE: tr("单面"),
    Sides.BOTH: tr("双面（沿长边翻页）"),
}


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """What the print dialog begins with; no printer means the system's default."""

    printer: str = ""
    tray: Tray = Tray.PRINTER
    sides: Sides = Sides.PRINTER


def paper_of(document_kind: str) -> Paper:
    """Return which paper a document is printed on."""
    known = {"signature_sheet": Paper.SHEETS, "register": Paper.REGISTER}
    return known.get(document_kind, Paper.OTHER)


def remembered_choice(memory: Memory, paper: Paper) -> PrinterChoice:
    """Return what was chosen for a paper; what is not known any more counts as nothing."""
    tray, sides = (memory.text(f"printing/{paper}/{part}") for part in ("tray", "sides"))
    return PrinterChoice(
        memory.text(f"printing/{paper}/printer"),
        next((known for known in Tray if known == tray), Tray.PRINTER),
        next((known for known in Sides if known == sides), Sides.PRINTER),
    )


def keep_choice(memory: Memory, paper: Paper, choice: PrinterChoice) -> None:
    """Remember what was chosen for a paper."""
    for part in ("printer", "tray", "sides"):
        memory.keep(f"printing/{paper}/{part}", getattr(choice, part))

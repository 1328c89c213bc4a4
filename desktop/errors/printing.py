"""Paper: JC-5xx."""

from desktop.errors.kinds import UserError


class PrintingError(UserError):
    """A paper can not be made."""

    code = "JC-500"


class GlyphMissing(PrintingError):
    """No font has a character that must be printed."""

    code = "JC-501"


class NoPrinter(PrintingError):
    """This PC has no printer."""

    code = "JC-502"

    def __init__(self) -> None:
        super().__init__(
            "这台电脑没有安装打印机。", "请先安装打印机，或者另存为文件，拿到别的电脑上打印。"
        )


class PrinterFailed(PrintingError):
    """The printer did not take what was sent to it."""

    code = "JC-503"

    def __init__(self, printer: str) -> None:
        super().__init__(
            f"打印机“{printer}”没有接受打印，可能没有打印完。",
            "请检查打印机的电源、纸张和连接，再打印一次。",
        )


class PaperVoid(PrintingError):
    """What stands on a paper has changed since it was printed."""

    code = "JC-720"

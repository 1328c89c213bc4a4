"""What every error that a user is told has in common, and the job that was stopped: JC-0xx."""

from typing import ClassVar


class UserError(Exception):
    """Something a user can understand and act on.

    Attributes:
        what: what happened, one whole Chinese sentence.
        todo: what to do now, one whole Chinese sentence.
        code: the stable code under which the help pages explain it.
    """

    code: ClassVar[str] = "JC-000"

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(f"{what}{todo}（{self.code}）")
        self.what = what
        self.todo = todo


class Cancelled(UserError):
    """The user stopped a running job; nothing was changed."""

    code = "JC-001"

    def __init__(self) -> None:
        super().__init__("操作已取消，没有保存任何改动。", "需要时可以重新开始。")

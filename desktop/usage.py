"""What the command line says of itself, in Chinese: help, how a command is written, what is wrong.

argparse asks gettext for its words; ``chinese()`` answers for gettext while a line is read. What it
quotes with the quotation marks of a programming language is quoted as in a sentence.

argparse also counts characters where a terminal counts columns, of which a Chinese character takes
two. So each gets a filling behind it until everything is laid out.
"""

import argparse
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn

WRONG_CALL: Final = 2
WINDOW: Final = ("", "window")  # the window also opens where no command is written

_WORDS: Final = {
    "usage: ": "用法：",
    "positional arguments": "命令和要写明的内容",
    "options": "可以加写的选项",
    "show this help message and exit": "显示这段说明",
    "argument %(argument_name)s: %(message)s": "“%(argument_name)s”%(message)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "没有%(parser_name)r这个命令，可以写：%(choices)s"
    ),
    "invalid choice: %(value)r (choose from %(choices)s)": ("不能写%(value)r，可以写：%(choices)s"),
    "invalid %(type)s value: %(value)r": "不能写%(value)r",
    "unrecognized arguments: %s": "认不出“%s”",
    "not allowed with argument %s": "不能与“%s”一起写",
    "ignored explicit argument %r": "后面不能写%r",
    "the following arguments are required: %s": "还要写明：%s",
    "one of the arguments %s is required": "还要写明其中一项：%s",
    "expected one argument": "后面要写一项内容",
    "expected at most one argument": "后面最多写一项内容",
    "expected at least one argument": "后面至少要写一项内容",
    "expected %s argument": "后面要写 %s 项内容",
    "ambiguous option: %(option)s could match %(matches)s": (
        "“%(option)s”没有写全，可能是：%(matches)s"
    ),
}
_running = {"command": ""}
_QUOTED: Final = re.compile(r"'([^']*)'")
_FILLING: Final = "\0"
_HEADING: Final = re.compile(r"^(\S.*):$", re.MULTILINE)
# what is never torn apart: a word, or a character with what must not begin or end a line beside it
_PIECE: Final = re.compile(r"[“‘（《]*(?:[!-~]+|[^\s])[，。；：、！？”’）》…]*|\s+")


class Layout(argparse.HelpFormatter):
    """Lays help out by the columns that its characters take."""

    def format_help(self) -> str:
        """Return what was laid out, without fillings, headings with a Chinese colon."""
        return _HEADING.sub(r"\1：", super().format_help().replace(_FILLING, ""))

    def _format_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None,
    ) -> str:
        given = _filled(_word("usage: ")) if prefix is None else prefix
        return super()._format_usage(usage, actions, groups, given)

    def _metavar_formatter(
        self, action: argparse.Action, default_metavar: str
    ) -> Callable[[int], tuple[str, ...]]:
        shown = super()._metavar_formatter(action, default_metavar)
        return lambda size: tuple(map(_filled, shown(size)))

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines = [""]
        for piece in _PIECE.findall(text):
            if columns(lines[-1]) + columns(piece.rstrip()) > width:
                lines.append("")
            lines[-1] += piece if lines[-1] else piece.lstrip()
        return lines

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return len(text) + sum(unicodedata.east_asian_width(c) in "WF" for c in text)


def _filled(text: str) -> str:
    """Return a text that is as long as it is wide."""
    return "".join(c + _FILLING * (columns(c) - 1) for c in text)


class Parser(argparse.ArgumentParser):
    """A parser whose help and whose complaints are Chinese; its commands are such parsers, too."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - what argparse takes
        with chinese():
            super().__init__(*given, **{"formatter_class": Layout, **named})

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: None = None
    ) -> argparse.Namespace:
        """Read a line; what is wrong with it ends the program with code 2."""
        with chinese():
            arguments = super().parse_args(args, namespace)
        _running["command"] = arguments.name
        return arguments

    def error(self, message: str) -> NoReturn:
        """Say how the command is written and what is wrong, and end."""
        said = _QUOTED.sub(r"“\1”", message).replace(", ", "、")
        self.print_usage(sys.stderr)
        self.exit(WRONG_CALL, f"{said}。各项怎么写，请看“{self.prog} --help”。\n")


def this_program() -> str:
    """Return what this process is, in words: somebody else may wait until it has ended."""
    command = _running["command"]
    return f"命令“jice {command}”" if command not in (None, *WINDOW) else "籍册的窗口"


@contextmanager
def chinese() -> Iterator[None]:
    """Let argparse speak Chinese for a while."""
    names = vars(argparse)
    before = {name: names[name] for name in ("_", "ngettext")}
    names.update({"_": _word, "ngettext": lambda one, _many, _count: _word(one)})
    try:
        yield
    finally:
        names.update(before)


def _word(english: str) -> str:
    """Return what argparse says, in Chinese; what only a programmer can cause stays as it is."""
    return _WORDS.get(english, english)


def whole(text: str) -> int:
    """Return a whole number that was written."""
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"要写一个整数，不能写“{text}”") from error


def positive(text: str) -> int:
    """Return a number greater than zero that was written."""
    number = whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError("要大于零")
    return number

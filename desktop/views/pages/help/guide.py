"""The user guide as data: its sections, what they say, and the entry of every error code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop.views.language import tr

_INDEX, _ERRORS = "index.md", "errors.md"
ERRORS_TITLE = tr("提示代码一览")
FIRST_TITLE = "开始"
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_WRAPPED = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef”’])\n *(?=[\u4e00-\u9fff“‘（《【])"
)
_ENTRY = re.compile(r"^\| (JC-\d{3}) \| (.+?) \| (.+?) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the guide, in Markdown."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ErrorEntry:
    """What the guide says of one code."""

    code: str
    what: str
    todo: str

    @property
    def text(self) -> str:
        """The entry as a page of its own, in Markdown."""
        return tr(
            "## {code}\n\n**发生了什么**：{what}\n\n**怎么办**：{todo}\n\n[看全部代码](#{errors})",
            code=self.code,
            what=self.what,
            todo=self.todo,
            errors=_ERRORS,
        )


@dataclass(frozen=True, slots=True)
class GuidePlace:
    """A place of the guide: a section, and the words in it that are meant ("" for its top)."""

    section: str
    words: str = ""


def place_of(text: str) -> GuidePlace:
    """Return the place that pages and wizards write as "收发" or "收发#收入报送包"."""
    section, _sign, words = text.partition("#")
    return GuidePlace(section, words)


@cache
def sections(folder: Path) -> tuple[Section, ...]:
    """Return the sections of a guide: what stands before the first heading comes first."""
    # a line that is wrapped in the file would get a space there, which Chinese does not have
    text = _WRAPPED.sub("", (folder / _INDEX).read_text(encoding="utf-8"))
    first, *parts = _HEADING.split(text)
    found = [Section(FIRST_TITLE, first.strip())]
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        found.append(Section(title, f"## {title}\n{body.rstrip()}"))
    errors = (folder / _ERRORS).read_text(encoding="utf-8").strip()
    found.append(Section(ERRORS_TITLE, errors))
    return tuple(found)


def section_named(all_sections: Sequence[Section], title: str) -> Section:
    """Return the section whose title begins so, the first one where there is none."""
    return next((s for s in all_sections if s.title.startswith(title)), all_sections[0])


def error_entry(folder: Path, code: str) -> ErrorEntry | None:
    """Return the entry of a code."""
    text = (folder / _ERRORS).read_text(encoding="utf-8")
    found = (ErrorEntry(*groups) for groups in _ENTRY.findall(text))
    return next((entry for entry in found if entry.code == code), None)


def searched(all_sections: Sequence[Section], words: str) -> list[Section]:
    """Return the sections that contain every word, those that name one in the title first."""
    wanted = words.casefold().split()
    found = [s for s in all_sections if all(word in s.text.casefold() for word in wanted)]
    return sorted(found, key=lambda s: not any(word in s.title.casefold() for word in wanted))

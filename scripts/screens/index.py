"""The index of the pictures, for whoever looks at them in the repository."""

from pathlib import Path

from scripts.screens.looks import LOOKS
from scripts.screens.shots import GROUPS, Shot

_HEAD = """# 窗口的每一页

由 `make screens` 从演示里拍下，不要手工修改。先看图，图下是别的样子：深色、文字放大一倍、大屏幕。
"""
_WIDTH = 683


def write_index(out: Path) -> None:
    """Write the index of every picture that lies in a folder."""
    parts = [_HEAD]
    for group in GROUPS:
        parts.append(f"## {group.title}\n")
        parts += [_entry(out, shot) for shot in group.shots]
    (out / "README.md").write_text("\n".join(parts), encoding="utf-8")


def _entry(out: Path, shot: Shot) -> str:
    paths = [(look, f"{look.folder}/{shot.name}.png") for look in LOOKS]
    found = [(look, path) for look, path in paths if (out / path).is_file()]
    if not found:
        return ""
    first, *others = found
    picture = f'<img src="{first[1]}" width="{_WIDTH}" alt="{shot.title}">'
    links = " · ".join(f"[{look.title}]({path})" for look, path in others)
    return f"### {shot.title}\n\n{picture}\n\n{links}\n"

"""The photos of a student, what is asked of them, and what a measured picture fails to be.

The rule book compares four photos (细则 五): 学历照片, 录取照片, 入学照片, 身份证照片. What a photo
must be like differs from school to school and from year to year, so it is a setting of each kind.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import product
from operator import itemgetter, mul
from typing import Final

from desktop.domain.colours import Colour, difference, hexadecimal, is_colour, named

LARGEST_FILE: Final = 32 * 2**20
"""No photo is longer, in bytes: a file that is, is not looked at."""
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_PROPORTION_FREE: Final = 0.02
_BACKGROUND_SHARE: Final = 0.7  # hair, ears and shoulders may reach into the edge


class PhotoKind(StrEnum):
    """Which of a student's photos; the field of the aspect ``photo`` in which it is named."""

    CREDENTIAL = "credential_photo"
    ADMISSION = "admission_photo"
    ENTRANCE = "entrance_photo"
    ID_CARD = "id_card_photo"


PHOTO_TITLES: Final[Mapping[str, str]] = {
    "credential_photo": "学历照片",
    "admission_photo": "录取照片",
    "entrance_photo": "入学照片",
    "id_card_photo": "身份证照片",
}


@dataclass(frozen=True, slots=True)
class PhotoRules:
    """What is asked of one kind of photo; 0 and "" ask nothing.

    Attributes:
        width: pixels.
        height: pixels.
        dpi: as the file says.
        smallest_kb: of the file, 1 KB being 1,024 bytes.
        largest_kb: of the file.
        quality: of the JPEG, at least.
        background: six hexadecimal digits.
        tolerance: how far from it the background may be, as CIE76 colour difference.
    """

    width: int = 0
    height: int = 0
    dpi: int = 0
    smallest_kb: int = 0
    largest_kb: int = 0
    quality: int = 0
    background: str = ""
    tolerance: int = 22


DEFAULT_RULES: Final[Mapping[PhotoKind, PhotoRules]] = {
    # 教毕指〔2017〕99号: 480×640, 300 dpi, 质量 60 以上, 20–40 KB, 浅蓝 RGB(100,197,255)
    PhotoKind.CREDENTIAL: PhotoRules(480, 640, 300, 20, 40, 60, "64C5FF"),
    # taken by the school for comparison: the same size, nothing else is laid down
    PhotoKind.ENTRANCE: PhotoRules(width=480, height=640),
    # these come from the exam authority and the police as they are; nobody here can mend them
    PhotoKind.ADMISSION: PhotoRules(),
    PhotoKind.ID_CARD: PhotoRules(),
}
RULE_TITLES: Final[Mapping[str, str]] = {
    "width": "宽（像素）",
    "height": "高（像素）",
    "dpi": "分辨率（dpi）",
    "smallest_kb": "文件至少（KB）",
    "largest_kb": "文件至多（KB）",
    "quality": "JPG质量至少",
    "background": "背景颜色",
    "tolerance": "背景允许的色差",
}
RULE_LIMITS: Final[Mapping[str, int]] = {
    "width": 10_000,
    "height": 10_000,
    "dpi": 2_400,
    "smallest_kb": 20_000,
    "largest_kb": 20_000,
    "quality": 100,
    "tolerance": 100,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """What was measured of a picture, upright.

    Attributes:
        width: pixels.
        height: pixels.
        dpi: as the file says, 0 where it does not.
        size: of the file, in bytes.
        quality: of the JPEG, estimated; 0 for other formats.
        format: "JPEG", "PNG", "HEIF" …
        turned: whether the file says that it lies on its side or head; it was turned.
        frames: more than one in a moving picture.
        edge: colours along the upper edge and the upper halves of both sides.
        miniature: 8 × 8 greys, row by row: what the picture looks like from far away.
    """

    width: int
    height: int
    dpi: int
    size: int
    quality: int
    format: str
    turned: bool
    frames: int
    edge: tuple[Colour, ...]
    miniature: bytes


FINDING_TITLES: Final[Mapping[str, str]] = {
    "sideways": "横放",
    "wrong-ratio": "比例",
    "wrong-size": "像素",
    "wrong-dpi": "分辨率",
    "file-too-small": "文件太小",
    "file-too-large": "文件太大",
    "low-quality": "质量低",
    "not-jpeg": "不是JPG",
    "wrong-background": "背景颜色",
    "moving": "动图",
    "double": "一人多张",
    "replaces": "换下已有的",
    "same-picture": "与别人相同",
    "ambiguous": "分不清是谁",
    "name-contradicts": "文件名矛盾",
    "unknown-number": "号码不对",
    "unmatched": "认不出是谁",
    "not-a-picture": "打不开",
    "known": "已经收入",
    "twice": "同样的两份",
    # of pictures of filled-in forms
    "too-small": "太小",
    "blurred": "模糊",
    "several-pages": "不止一页",
    "wrong-class": "别的班级",
    "unlisted": "不在名单",
    "no-code": "读不出二维码",
    "wrong-name": "文件名是别人",
    "several-codes": "两张表在一起",
    "other-round": "别的批次",
    "unknown-code": "二维码不认识",
    "practice": "练习和正式不同",
    "other-paper": "别的材料",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about a photo: a code, and a sentence for people."""

    code: str
    sentence: str

    @property
    def title(self) -> str:
        """What it is about, in a word."""
        return FINDING_TITLES[self.code]


def check(picture: Picture, rules: PhotoRules) -> tuple[Finding, ...]:
    """Return everything in which a picture is not what is asked."""
    found = [
        _pixels(picture, rules),
        _dpi(picture, rules),
        _file_size(picture, rules),
        _quality(picture, rules),
        _background(picture, rules),
    ]
    if picture.frames > 1:
        found.append(Finding("moving", f"是有 {picture.frames} 帧的动图，不是一张照片。"))
    return tuple(finding for finding in found if finding)


def _pixels(picture: Picture, rules: PhotoRules) -> Finding | None:
    have, want = (picture.width, picture.height), (rules.width, rules.height)
    if not all(want):
        lying = f"照片是横的（{have[0]}×{have[1]}），应当竖着。"
        return Finding("sideways", lying) if have[0] > have[1] else None
    if have == want:
        return None
    is_so, should_be = f"{have[0]}×{have[1]}", f"{want[0]}×{want[1]}"
    if (have[0] > have[1]) != (want[0] > want[1]):
        return Finding("sideways", f"照片是横的（{is_so}），应当竖着拍，{should_be}。")
    if abs(have[0] * want[1] / (have[1] * want[0]) - 1) > _PROPORTION_FREE:
        return Finding("wrong-ratio", f"长宽比例不对：{is_so}，应当是 {should_be}。")
    return Finding("wrong-size", f"像素不对：{is_so}，应当是 {should_be}。")


def _dpi(picture: Picture, rules: PhotoRules) -> Finding | None:
    if not rules.dpi or picture.dpi == rules.dpi:
        return None
    have = f"是 {picture.dpi} dpi" if picture.dpi else "没有写明"
    return Finding("wrong-dpi", f"分辨率{have}，应当是 {rules.dpi} dpi。")


def _file_size(picture: Picture, rules: PhotoRules) -> Finding | None:
    have = f"文件 {picture.size / 1024:.1f} KB"
    if picture.size < rules.smallest_kb * 1024:
        return Finding("file-too-small", f"{have}，至少应当 {rules.smallest_kb} KB，可能被压缩过。")
    if rules.largest_kb and picture.size > rules.largest_kb * 1024:
        return Finding("file-too-large", f"{have}，不能超过 {rules.largest_kb} KB。")
    return None


def _quality(picture: Picture, rules: PhotoRules) -> Finding | None:
    if not rules.quality:
        return None
    if picture.format != "JPEG":
        return Finding("not-jpeg", f"是 {picture.format} 格式，应当是 JPG；收入时会转成 JPG。")
    if picture.quality < rules.quality:
        worth = f"约 {picture.quality}，至少应当 {rules.quality}"
        return Finding("low-quality", f"JPG质量{worth}，画面会有压缩的痕迹。")
    return None


def _background(picture: Picture, rules: PhotoRules) -> Finding | None:
    if not rules.background or not picture.edge:
        return None
    wanted = named(rules.background)
    near = sum(difference(colour, wanted) <= rules.tolerance for colour in picture.edge)
    if near >= _BACKGROUND_SHARE * len(picture.edge):
        return None
    middle = sorted(picture.edge, key=sum)[len(picture.edge) // 2]
    return Finding(
        "wrong-background",
        f"背景颜色不对：照片边上多是 {hexadecimal(middle)}，应当接近 {rules.background}。",
    )


def is_photo(sha256: str) -> bool:
    """Tell whether a text names an attachment."""
    return bool(_SHA256.fullmatch(sha256))


# --- the rules as they are said ------------------------------------------------------------------


def rules_subject(kind: PhotoKind) -> str:
    """Return the journal's subject for the rules of a kind of photo."""
    return f"photo_kind:{kind}"


def rules_of(said: Mapping[str, str | None], default: PhotoRules) -> PhotoRules:
    """Return the rules that were said, the default's where nothing was said."""
    texts = said_of(default) | {name: text for name, text in said.items() if text is not None}
    numbers = {name: int(texts[name]) for name in RULE_LIMITS}
    return PhotoRules(**numbers, background=texts["background"])


def said_of(rules: PhotoRules) -> dict[str, str]:
    """Return rules as the fields of a statement."""
    return {field.name: str(getattr(rules, field.name)) for field in fields(PhotoRules)}


def rule_problems(values: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with rules as a person types them, a sentence for each field.

    Only the fields that are given are looked at.
    """
    found = {}
    for name, text in values.items():
        largest = RULE_LIMITS.get(name)
        if largest is None:
            if text and not is_colour(text):
                found[name] = "请填六位颜色代码，例如 64C5FF；空着表示不作要求。"
        elif not (text.isascii() and text.isdecimal() and int(text) <= largest):
            found[name] = f"请填 0 到 {largest} 的整数，0 表示不作要求。"
    return found or _contradictions(values)


def _contradictions(values: Mapping[str, str]) -> dict[str, str]:
    """Return what does not go together, each field being right by itself."""
    found = {}
    if {"width", "height"} <= values.keys() and bool(int(values["width"])) != bool(
        int(values["height"])
    ):
        found["height"] = "宽和高要一起填，或者都填 0。"
    if {"smallest_kb", "largest_kb"} <= values.keys() and (
        0 < int(values["largest_kb"]) < int(values["smallest_kb"])
    ):
        found["largest_kb"] = "文件的上限比下限还小。"
    return found


# --- the same picture twice ----------------------------------------------------------------------

SAME_WITHIN: Final = 5
"""How far apart any of the 64 greys of one and the same picture may be, of 255."""
_MOST_APART_ON_AVERAGE: Final = 2.0
_PROJECTIONS: Final = 5
_JUDGED_BY: Final = 200  # pictures
_CELL: Final = 2 * SAME_WITHIN + 1
_CELLS: Final = tuple(
    tuple(dict.fromkeys((grey + step) // _CELL for step in (-SAME_WITHIN, SAME_WITHIN)))
    for grey in range(256)
)
"""For each grey the one or two cells in which the greys lie that are not too far from it."""


def look_alike(one: bytes, other: bytes) -> bool:
    """Tell whether two miniatures are of the same picture, perhaps compressed again or smaller."""
    total = 0
    for a, b in zip(one, other, strict=True):
        apart = a - b if a > b else b - a
        if apart > SAME_WITHIN:
            return False
        total += apart
    return total <= _MOST_APART_ON_AVERAGE * len(one)


def same_pictures(new: Sequence[bytes], known: Sequence[bytes] = ()) -> list[tuple[int, int]]:
    """Return the pairs of miniatures that look alike, but those of known ones alone.

    None is missed, and few pairs are compared: no grey of such a pair is further apart than
    ``SAME_WITHIN``, so the other lies in one of the few cells that are near, in a grid over the
    greys in which these pictures differ most. Those come first in comparing, too: it ends at the
    first that is too far apart, and all of one background are alike in their corners.

    Returns:
        places in ``known`` and ``new`` put together, the earlier first, in order.
    """
    if not (known or new):
        return []
    in_order = itemgetter(*_most_telling_first([*known, *new]))
    every = [bytes(in_order(miniature)) for miniature in (*known, *new)]
    grid: dict[tuple[int, ...], list[int]] = {}
    found: list[tuple[int, int]] = []
    for place, miniature in enumerate(every):
        telling = miniature[:_PROJECTIONS]
        if place >= len(known):
            found += [
                (earlier, place)
                for near in product(*(_CELLS[grey] for grey in telling))
                for earlier in grid.get(near, ())
                if look_alike(every[earlier], miniature)
            ]
        grid.setdefault(tuple(grey // _CELL for grey in telling), []).append(place)
    return sorted(found)


def _most_telling_first(miniatures: Sequence[bytes]) -> list[int]:
    """Return the positions of the greys, those first that tell most beyond those before them.

    Two beside one another are both hair, and the second tells nothing new. Judged by some pictures.
    """
    some = miniatures[:: len(miniatures) // _JUDGED_BY + 1]
    left = {position: _about_mean(greys) for position, greys in enumerate(zip(*some, strict=True))}
    chosen: list[int] = []
    for _ in range(_PROJECTIONS):
        best = max(left, key=lambda position: _product(left[position], left[position]))
        told = left.pop(best)
        chosen.append(best)
        spread = _product(told, told) or 1.0
        for position, greys in left.items():
            share = _product(greys, told) / spread
            left[position] = [a - share * b for a, b in zip(greys, told, strict=True)]
    return [*chosen, *left]


def _about_mean(greys: Sequence[int]) -> list[float]:
    mean = sum(greys) / len(greys)
    return [grey - mean for grey in greys]


def _product(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(map(mul, one, other), 0.0)

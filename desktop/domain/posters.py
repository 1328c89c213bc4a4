"""The poster with which a college's new students find the face-comparison system."""

from dataclasses import dataclass
from typing import Final

POSTER_STEPS: Final = (
    ("扫一扫", "用手机扫描上面的二维码，按提示填写姓名、身份证号和考生号。"),
    ("拍人像", "到光线明亮处，露出眉毛和耳朵，按提示拍摄正脸，等待比对结果。"),
    ("签名字", "看到“成功”以后，在手机上签字；没有成功的，请找班主任人工核对。"),
)
"""What a student does, each step in two words and in a sentence."""


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on the poster of one college; ``link`` is what its QR code says."""

    school: str
    college: str
    round_name: str
    link: str
    dates: str  # when check-in is
    printed_at: str
    training: bool = False

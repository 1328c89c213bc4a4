"""The provinces that students come from, by the third and fourth digit of the 考生号."""

from typing import Final

PROVINCES: Final = {
    "11": "北京市",
    "12": "天津市",
    "13": "河北省",
    "14": "山西省",
    "15": "内蒙古自治区",
    "21": "辽宁省",
    "22": "吉林省",
    "23": "黑龙江省",
    "31": "上海市",
    "32": "江苏省",
    "33": "浙江省",
    "34": "安徽省",
    "35": "福建省",
    "36": "江西省",
    "37": "山东省",
    "41": "河南省",
    "42": "湖北省",
    "43": "湖南省",
    "44": "广东省",
    "45": "广西壮族自治区",
    "46": "海南省",
    "50": "重庆市",
    "51": "四川省",
    "52": "贵州省",
    "53": "云南省",
    "54": "西藏自治区",
    "61": "陕西省",
    "62": "甘肃省",
    "63": "青海省",
    "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
    "71": "台湾省",
    "81": "香港特别行政区",
    "82": "澳门特别行政区",
}
UNKNOWN_PROVINCE: Final = "生源省份不明"
_NUMBER_LENGTH: Final = 14


def source_province(exam_number: str) -> str:
    """Return where a student was examined; only a number of 14 digits says it.

    Numbers that a school makes itself (五年一贯制, 专升本) say nothing of it, and are not guessed
    at.
    """
    if len(exam_number) != _NUMBER_LENGTH or not exam_number.isdecimal():
        return UNKNOWN_PROVINCE
    return PROVINCES.get(exam_number[2:4], UNKNOWN_PROVINCE)

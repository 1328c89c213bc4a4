"""Texts that are nearly the same: one slip apart, or one the beginning of the other."""

import re
from collections.abc import Iterable

_FEWEST = 2
_COLLEGE_ENDING = re.compile(r"(二级学院|学院|系|院|部)$")
_DIGITS = re.compile(r"[0-9]+")


def one_slip_apart(first: str, second: str) -> bool:
    """Return whether one character is another, is missing, is too many, or two are swapped."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    left, right = first[start:], second[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


def only_like(text: str, known: Iterable[str]) -> str:
    """Return the one known text that ``text`` is a slip or the beginning of; "" for none or more.

    A single character and a number are like too many others.
    """
    if len(text) < _FEWEST or text.isdigit():
        return ""
    like = {
        one for one in known if one != text and (one.startswith(text) or one_slip_apart(text, one))
    }
    return like.pop() if len(like) == 1 else ""


def only_college_like(text: str, known: Iterable[str]) -> str:
    """Return the one known 院部 that ``text`` means: another ending, or one slip; "" for none."""
    stem = _COLLEGE_ENDING.sub("", text)
    colleges = tuple(known)
    if len(stem) < _FEWEST:
        return ""
    like = {one for one in colleges if one != text and _COLLEGE_ENDING.sub("", one) == stem}
    if not like and len(stem) > _FEWEST:
        like = {one for one in colleges if one_slip_apart(text, one)}
    return like.pop() if len(like) == 1 else ""


def only_class_like(text: str, known: Iterable[str]) -> str:
    """Return the one known class that is a slip away; one with another number is another class."""
    numbers = _DIGITS.findall(text)
    like = {one for one in known if _DIGITS.findall(one) == numbers and one_slip_apart(text, one)}
    return like.pop() if len(like) == 1 else ""

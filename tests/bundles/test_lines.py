"""Statements: one line each, read back as it was written; anything else is refused."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bundles.lines import LONGEST_VALUE, MalformedStatement, decode, encode, line_hash
from desktop.domain.statements import Statement, canonical_json

COUNTS = st.integers(1, 2**53 - 1)
TEXTS = st.text(max_size=20)
STATEMENTS = st.builds(
    Statement,
    id=TEXTS,
    seat=TEXTS,
    number=COUNTS,
    previous=TEXTS,
    operator=TEXTS,
    clock=COUNTS,
    at=TEXTS,
    round=TEXTS,
    subject=TEXTS,
    aspect=TEXTS,
    values=st.dictionaries(TEXTS, st.none() | TEXTS, min_size=1, max_size=4),
    seen=st.lists(TEXTS, max_size=3).map(tuple),
    reason=TEXTS,
    evidence=st.lists(TEXTS, max_size=3).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
GOOD = Statement(
    id="01890000-0000-7000-8000-000000000001",
    seat="002",
    number=7,
    previous="ab" * 32,
    operator="张秘书",
    clock=12,
    at="2026-09-20T08:00:00+08:00",
    round="2026-student_registration-1",
    subject="student:1",
    aspect="signature",
    values={"mark": "signed", "explanation": None},
    seen=("01890000-0000-7000-8000-000000000000",),
    reason="",
    evidence=("cd" * 32,),
)


def with_part(name: str, value: object) -> bytes:
    """Return the good statement's line with another value for one part."""
    return canonical_json(GOOD._asdict() | {name: value}).encode()


@given(STATEMENTS)
def test_a_statement_is_read_back_as_it_was_written(statement: Statement) -> None:
    assert decode(encode(statement)) == statement


@given(STATEMENTS, STATEMENTS)
def test_two_statements_have_one_line_only_when_they_are_the_same(
    one: Statement, other: Statement
) -> None:
    assert (encode(one) == encode(other)) == (one == other)


@given(STATEMENTS)
def test_a_line_is_canonical_json(statement: Statement) -> None:
    assert encode(statement) == canonical_json(statement._asdict()).encode()


@given(STATEMENTS)
def test_a_line_holds_no_line_end(statement: Statement) -> None:
    assert b"\n" not in encode(statement)


def test_the_line_of_a_statement_is_fixed_for_ever() -> None:
    assert line_hash(encode(GOOD)) == (
        "1484dff5139da142136ea2e058a772d0662c58634bf46b71b8c493e4515abbe8"
    )


@given(JSON)
def test_other_json_is_no_statement(value: object) -> None:
    with pytest.raises(MalformedStatement):
        decode(json.dumps(value).encode())


@given(st.binary(max_size=60))
def test_other_bytes_are_no_statement(data: bytes) -> None:
    with pytest.raises(MalformedStatement):
        decode(data)


@given(st.sampled_from(Statement._fields), JSON)
def test_a_part_of_any_other_kind_is_refused_or_read_as_what_it_is(
    name: str, value: object
) -> None:
    line = with_part(name, value)
    try:
        statement = decode(line)
    except MalformedStatement:
        return
    assert encode(statement) == line


@given(st.data())
def test_a_line_with_bytes_changed_is_refused_or_read_as_what_it_is(data: st.DataObject) -> None:
    line = bytearray(encode(GOOD))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(line) - 1))
        match data.draw(st.sampled_from(["change", "remove", "insert"])):
            case "change":
                line[place] = data.draw(st.integers(0, 255))
            case "remove":
                del line[place]
            case _:
                line.insert(place, data.draw(st.integers(0, 255)))
    try:
        statement = decode(bytes(line))
    except MalformedStatement:
        return
    assert encode(statement) == bytes(line)


@given(st.integers(0, len(encode(GOOD)) - 1))
def test_a_line_that_is_cut_short_is_refused(length: int) -> None:
    with pytest.raises(MalformedStatement):
        decode(encode(GOOD)[:length])


@given(st.text(min_size=1, max_size=5))
def test_anything_after_the_statement_is_refused(rest: str) -> None:
    with pytest.raises(MalformedStatement):
        decode(encode(GOOD) + rest.encode())


@pytest.mark.parametrize("name", Statement._fields)
def test_a_missing_part_is_refused(name: str) -> None:
    parts = GOOD._asdict()
    del parts[name]
    with pytest.raises(MalformedStatement):
        decode(canonical_json(parts).encode())


@pytest.mark.parametrize("name", ["extra", "Id", "", "values "])
def test_a_part_too_many_is_refused(name: str) -> None:
    with pytest.raises(MalformedStatement):
        decode(canonical_json(GOOD._asdict() | {name: "x"}).encode())


def twice(spelling: bytes) -> Callable[[bytes], bytes]:
    """Return how a line is spoilt by saying one of its parts twice."""
    return lambda line: b"{" + spelling + b"," + line[1:]


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "a part said twice": twice(b'"id":"x"'),
    "a part said twice, equally": twice(b'"seat":"002"'),
    "a part said twice, once as nothing": twice(b'"subject":null'),
    "a value said twice": lambda line: line.replace(
        b'"mark":"signed"', b'"mark":"unsigned","mark":"signed"'
    ),
    "a lone surrogate": lambda line: line.replace(b'"signed"', rb'"\ud800"'),
    "a lone low surrogate": lambda line: line.replace(b'"signed"', rb'"\uDC00x"'),
    "a lone surrogate in a field's name": lambda line: line.replace(b'"mark"', rb'"\udfff"'),
    "a lone surrogate in the subject": lambda line: line.replace(b"student:1", rb"\ud9ab"),
    "bytes that are no UTF-8": lambda line: line.replace(b"signed", b"\xff\xfe"),
    "a surrogate spelled in bytes": lambda line: line.replace(b"signed", b"\xed\xa0\x80"),
    "a byte order mark": lambda line: b"\xef\xbb\xbf" + line,
    "another statement behind": lambda line: line + line,
    "a line end behind": lambda line: line + b"\n",
    "a space before": lambda line: b" " + line,
    "a space inside": lambda line: line.replace(b",", b", ", 1),
    "a letter as an escape": lambda line: line.replace(b'"signed"', rb'"\u0073igned"'),
    "a Chinese letter as an escape": lambda line: line.replace("张".encode(), rb"\u5f20"),
    "a slash as an escape": lambda line: line.replace(b"signed", rb"\/"),
    "an escape in capitals": lambda line: line.replace(b"signed", rb"\u001F"),
    "parts in another order": lambda line: json.dumps(
        dict(reversed(json.loads(line).items())), ensure_ascii=False, separators=(",", ":")
    ).encode(),
    "values in another order": lambda line: line.replace(
        b'"explanation":null,"mark":"signed"', b'"mark":"signed","explanation":null'
    ),
    "a bare word": lambda line: line.replace(b'"signed"', b"signed"),
    "single quotes": lambda line: line.replace(b'"', b"'"),
    "a control character": lambda line: line.replace(b"signed", b"sig\x00ned"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_line_that_is_spoilt_in_one_way_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    line = spoil(encode(GOOD))
    assert line != encode(GOOD)
    with pytest.raises(MalformedStatement):
        decode(line)


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("number", "NaN"),
        ("number", "Infinity"),
        ("number", "1.0"),
        ("number", "1e3"),
        ("number", "true"),
        ("number", "null"),
        ("number", "0"),
        ("number", "-1"),
        ("number", "007"),
        ("number", str(2**53)),
        ("number", "9" * 400),
        ("number", "9" * 10_000),
        ("clock", "0"),
        ("clock", "-3"),
        ("clock", str(2**63)),
        ("clock", "false"),
        ("clock", "-Infinity"),
        ("seat", "2"),
        ("seat", "null"),
        ("seat", "[]"),
        ("values", "{}"),
        ("values", "[]"),
        ("values", '"signed"'),
        ("values", '{"mark":1}'),
        ("values", '{"mark":true}'),
        ("values", '{"mark":NaN}'),
        ("values", '{"mark":[]}'),
        ("values", '{"mark":{"mark":"signed"}}'),
        ("values", '{"mark":"' + "长" * (LONGEST_VALUE + 1) + '"}'),
        ("values", '{"mark":' + "[" * 100_000 + "]" * 100_000 + "}"),
        ("values", '{"a":' * 100_000 + "{}" + "}" * 100_000),
        ("seen", '"x"'),
        ("seen", "{}"),
        ("seen", "[1]"),
        ("seen", "[null]"),
        ("seen", '[["x"]]'),
        ("seen", "[" * 100_000),
        ("evidence", "[0]"),
        ("evidence", "null"),
        ("reason", '"' + "因" * 4001 + '"'),
        ("subject", '"' + "x" * 4001 + '"'),
    ],
    ids=lambda part: part[:24],
)
def test_a_part_of_the_wrong_kind_or_size_is_refused(name: str, spelling: str) -> None:
    line = with_part(name, "HERE").replace(b'"HERE"', spelling.encode())
    with pytest.raises(MalformedStatement):
        decode(line)


def test_the_longest_value_that_a_sheet_needs_is_read() -> None:
    values = {"rows": "x" * LONGEST_VALUE}
    assert decode(encode(GOOD._replace(values=values))).values == values


def test_characters_beyond_the_basic_plane_are_kept() -> None:
    values = {"name": '𬱖𠀀 \u0000\u001f"\\'}
    assert decode(encode(GOOD._replace(values=values))).values == values

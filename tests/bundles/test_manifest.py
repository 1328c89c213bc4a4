"""The manifest has one spelling, and a reader that takes nothing else."""

import json

import pytest

from desktop.bundles.canonical import canonical_bytes
from desktop.bundles.manifest import manifest_bytes, manifest_digest, read_manifest
from desktop.errors import BundleDamaged, BundleNewer

from .workshop import sealed


def test_a_manifest_reads_back_as_it_was_written() -> None:
    bundle = sealed()
    assert read_manifest(bundle.manifest_bytes) == bundle.manifest
    assert manifest_bytes(bundle.manifest) == bundle.manifest_bytes
    assert manifest_digest(bundle.manifest_bytes) == bundle.digest
    assert bundle.manifest.created_on.isoformat() == "2026-09-09"


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 0},
        {"format": True},
        {"format": "1"},
        {"bundle_id": ""},
        {"bundle_id": "x" * 65},
        {"round_name": "长" * 201},
        {"round_name": "两\n行"},
        {"training": 0},
        {"number": 0},
        {"number": 1.0},
        {"number": 2**53 + 1},
        {"number": 2},
        {"previous": "0" * 64},
        {"number": 2, "previous": "G" * 64},
        {"created": "2026-09-09T10:00:00"},
        {"created": "2026-09-09T10:00:00Z"},
        {"created": "2026-09-09"},
        {"created": "never"},
        {"counts": {}},
        {"counts": {"statements": -1, "receipts": 0, "attachments": 0}},
        {"counts": None},
        {"members": {}},
        {"members": [1]},
        {"members": [{"name": "a", "size": 1, "sha256": "0"}]},
        {"members": [{"name": "a", "size": 1, "sha256": "0" * 64}] * 2},
        {"unknown": 1},
    ],
    ids=str,
)
def test_one_wrong_field_spoils_it(changes: dict[str, object]) -> None:
    body = json.loads(sealed().manifest_bytes) | changes
    with pytest.raises(BundleDamaged):
        read_manifest(canonical_bytes(body))


def test_a_newer_format_is_named_before_its_fields_are_read() -> None:
    with pytest.raises(BundleNewer):
        read_manifest(canonical_bytes({"format": 2, "whatever": []}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"format":1}',
        b'{"format": 1}',
        b'{"format":NaN}',
        b'{"format":' + b"9" * 5000 + b"}",
        b'{"a":1,"a":1,"format":1}',
        b'{"format":1,"round_name":"\\ud800"}',
    ],
    ids=lambda data: repr(data[:20]),
)
def test_what_is_spelled_otherwise_is_refused(data: bytes) -> None:
    with pytest.raises(BundleDamaged):
        read_manifest(data)

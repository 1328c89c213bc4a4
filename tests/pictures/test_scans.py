"""Files of many pages: every page as a picture, whatever is wrong with the file or a page."""

import io
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from desktop.domain import form_pictures
from desktop.errors import ScanUnreadable
from desktop.pictures import page_pictures, pdf_pages, scans
from desktop.pictures.codes import codes_on
from desktop.pictures.emptiness import is_blank, is_blank_page
from desktop.pictures.measuring import measure
from desktop.pictures.scans import Scan, opened_scan
from desktop.pictures.sharpness import sharpness
from tests.portraits import encoded, jpeg
from tests.scans import as_pdf, as_tiff, blank_page, printed_form

A4 = (595, 842)
NEW_SUBFILE_TYPE = 254


def scan_of(data: bytes) -> Scan:
    """Return a file of pages, open."""
    scan = opened_scan(data)
    assert scan
    return scan


def pdf(
    content: bytes = b"0.2 0.2 0.2 rg 100 100 300 500 re f",
    size: tuple[float, float] = A4,
    objects: Sequence[bytes] = (),
    resources: bytes = b"",
) -> bytes:
    """Return a PDF of one page, written by hand."""
    box = f"[0 0 {size[0]} {size[1]}]".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources<<%s>>>>"
        % (box, resources),
        stream(content),
        *objects,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table) + end


def stream(data: bytes, about: bytes = b"") -> bytes:
    """Return a stream of a PDF."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (about, len(data), data)


def with_image(data: bytes, width: int, height: int, filter_: bytes = b"/FlateDecode") -> bytes:
    """Return a PDF whose page is one picture in greys."""
    about = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray" % (
        width,
        height,
    )
    about += b"/BitsPerComponent 8/Filter%s" % filter_
    content = b"q 595 0 0 842 0 0 cm /I Do Q"
    return pdf(content, A4, [stream(data, about)], b"/XObject<</I 5 0 R>>")


@pytest.mark.parametrize("made", [as_pdf, as_tiff], ids=["PDF", "TIFF"])
def test_every_page_is_a_picture_that_can_be_read(made: type) -> None:
    pages = [printed_form().transpose(Image.Transpose.ROTATE_90), printed_form(), blank_page()]
    scan = scan_of(made(pages))
    assert scan.pages == 3
    found = [scan.page(number) for number in (1, 2, 3)]
    assert [scan.page(number) for number in (1, 2, 3)] == found  # to the byte
    lying, upright, back = (measure(page) for page in found)
    assert (upright.width, upright.height) in ((1697, 2400), (1698, 2400))
    assert (lying.width, lying.height) in ((2400, 1697), (2400, 1698))
    assert 200 <= upright.dpi <= 210
    assert [len(codes_on(page)) for page in found] == [1, 1, 0]
    assert [is_blank_page(page) for page in found] == [False, False, True]
    assert sharpness(found[1]) > 0.1
    assert all(len(page) < form_pictures.LARGEST_KEPT for page in found)
    assert back.format == "JPEG"
    scan.close()


def test_a_coarse_scan_is_not_drawn_finer_than_it_is() -> None:
    small = printed_form().resize((620, 877))
    scan = scan_of(as_pdf([small], dpi=75))
    picture = measure(scan.page(1))
    assert (picture.width, picture.height, picture.dpi) == (620, 877, 75)
    scan.close()


def test_a_page_without_colours_is_kept_in_greys_and_another_one_is_not() -> None:
    red = printed_form().convert("RGB")
    red.paste((200, 30, 30), (300, 2000, 500, 2200))  # a seal
    scan = scan_of(as_pdf([printed_form(), red]))
    grey, coloured = (Image.open(io.BytesIO(scan.page(number))) for number in (1, 2))
    assert (grey.mode, coloured.mode) == ("L", "RGB")
    pixel = coloured.getpixel((400, 2100))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 2 * pixel[1]
    scan.close()


def test_black_and_white_of_a_fax() -> None:
    pages = [printed_form().convert("1")] * 2
    for data in (as_tiff(pages, "group4"), as_pdf(pages)):
        scan = scan_of(data)
        assert scan.pages == 2
        assert len(codes_on(scan.page(2))) == 1
        scan.close()


def test_other_files_are_no_scans() -> None:
    assert opened_scan(jpeg(1)) is None
    assert opened_scan(b"") is None
    assert opened_scan(encoded(printed_form(), "TIFF")) is None  # a single picture
    assert opened_scan(b"\xff\xd8\xff %PDF in a comment") is None


def test_a_frame_that_is_another_one_made_small_is_no_page() -> None:
    out = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(out, new=True) as writer:
        for image, kind in ((printed_form(), 0), (printed_form().resize((200, 283)), 1)) * 2:
            image.save(writer, "TIFF", tiffinfo={NEW_SUBFILE_TYPE: kind})
            writer.newFrame()
    scan = scan_of(out.getvalue())
    assert scan.pages == 2
    assert len(codes_on(scan.page(2))) == 1


@pytest.mark.parametrize("size", [(1e6, 1e6), (14_400, 10), (3, 4), (0.5, 0.5)])
def test_whatever_size_a_page_declares_memory_is_bounded(size: tuple[float, float]) -> None:
    scan = scan_of(pdf(size=size))
    picture = measure(scan.page(1))
    assert max(picture.width, picture.height) in (2400, 2401)
    scan.close()


def test_a_picture_of_more_pixels_than_paper_needs_is_not_decoded() -> None:
    data = with_image(zlib.compress(b"\0" * 1000), 40_000, 40_000)
    scan = scan_of(data)
    with pytest.raises(ScanUnreadable, match="40,000×40,000"):
        scan.page(1)
    scan.close()


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "_MOST_SECONDS", 0.0)
    scan = scan_of(pdf(b"0.1 w " + b"0 0 m 500 800 l S " * 200))
    with pytest.raises(ScanUnreadable, match="没有画完"):
        scan.page(1)
    scan.close()


def test_too_many_pages_and_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_pictures, "MOST_PAGES", 1)
    for data in (as_pdf([blank_page()] * 2), as_tiff([blank_page()] * 2)):
        with pytest.raises(ScanUnreadable, match="2 页"):
            opened_scan(data)
    monkeypatch.setattr(scans, "LARGEST_SCAN", 100)
    with pytest.raises(ScanUnreadable, match="MB"):
        opened_scan(pdf())


@pytest.mark.parametrize("kept", [0.02, 0.3, 0.6, 0.95, 0.999])
@pytest.mark.parametrize("made", [as_pdf, as_tiff], ids=["PDF", "TIFF"])
def test_what_was_not_copied_whole_is_told(made: type, kept: float) -> None:
    data = made([printed_form(), printed_form().transpose(Image.Transpose.ROTATE_180)])
    cut = data[: int(len(data) * kept)]
    with pytest.raises(ScanUnreadable) as refused:  # noqa: PT012 - a TIFF may tell it later
        scan = opened_scan(cut)
        assert scan
        for number in range(1, 3):
            scan.page(number)
    assert refused.value.code == "JC-654"


def test_a_pdf_may_have_a_little_behind_its_end() -> None:
    assert scan_of(pdf() + b"\0" * 5000).pages == 1
    assert scan_of(b"\x1b%-12345X@PJL\n" + pdf()).pages == 1
    with pytest.raises(ScanUnreadable, match="拷贝"):
        opened_scan(pdf() + b"x" * 5000)


def test_a_locked_pdf_says_that_it_has_a_password() -> None:
    locked = pdf().replace(
        b"trailer<<",
        b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]"
        % (b"ab" * 32, b"cd" * 32),
    )
    with pytest.raises(ScanUnreadable, match="密码"):
        opened_scan(locked)


def test_a_page_that_is_white_because_it_is_damaged_is_not_called_blank() -> None:
    whole = encoded(printed_form(), quality=80)
    good = scan_of(with_image(whole, *printed_form().size, b"/DCTDecode"))
    assert not is_blank_page(good.page(1))
    spoilt = scan_of(with_image(b"\xff\xd8" + b"\x13" * 4000, 1700, 2400, b"/DCTDecode"))
    with pytest.raises(ScanUnreadable, match="第 1 页"):
        spoilt.page(1)
    for scan in (good, spoilt):
        scan.close()


@settings(max_examples=60)
@given(
    spoilt=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=40
    ),
    kind=st.sampled_from(["pdf", "tiff"]),
)
def test_flipped_bytes_end_in_pictures_or_in_one_error(
    spoilt: list[tuple[float, int]], kind: str
) -> None:
    pages = [printed_form().resize((413, 584)), blank_page(size=(413, 584))]
    data = bytearray(as_pdf(pages, dpi=50) if kind == "pdf" else as_tiff(pages))
    for place, value in spoilt:
        data[int(place * len(data))] = value
    try:
        scan = opened_scan(bytes(data))
        if scan is None:
            return
        for number in range(1, scan.pages + 1):
            assert measure(scan.page(number)).width > 0
        scan.close()
    except ScanUnreadable:
        return


def test_many_threads_get_the_same_pages() -> None:
    scan = scan_of(as_pdf([printed_form(), blank_page()]))
    alone = [scan.page(1), scan.page(2)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(scan.page, [1, 2] * 6))
    assert together == alone * 6
    scan.close()


def test_a_line_of_writing_is_not_blank() -> None:
    page = blank_page()
    assert is_blank(page)
    page.paste(30, (400, 600, 700, 606))
    assert not is_blank(page)

"""The table of pages: each card has its class, and a class is imported when it is opened."""

import pytest

from desktop.domain.offices import OfficeKind
from desktop.views.pages.cards import CARDS, Card, cards_for
from desktop.views.pages.catalogue import PAGES, page_class


def test_pages_are_told_apart() -> None:
    assert len({card.id for card in CARDS}) == len(CARDS)


def test_the_table_has_every_card_and_no_other() -> None:
    assert tuple(PAGES) == CARDS


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card.id))
def test_a_page_is_the_one_of_its_card(card: Card) -> None:
    assert page_class(card).CARD is card


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card.id))
def test_what_stands_under_a_page_of_the_rail_names_one(card: Card) -> None:
    assert card.in_rail in {other.id for other in CARDS if not other.rail}


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        (
            OfficeKind.COLLEGE,
            "工作台 读入记录 报到核验 入学复查 专项核查 审查材料 核对签字 学生 收发 文档 设置 帮助",
        ),
        (
            OfficeKind.ADMISSIONS,
            "工作台 批次名单 读入记录 报到准备 入学审查 入学复查 复查汇总 专项核查 审查材料"
            " 学生 收发 裁定 文档 设置 帮助",
        ),
        (
            OfficeKind.REGISTRAR,
            "工作台 批次名单 读入记录 学籍注册 学生 收发 裁定 文档 席位 设置 帮助",
        ),
    ],
)
def test_the_rail_goes_as_the_year_goes(kind: OfficeKind, titles: str) -> None:
    assert [card.title for card in cards_for(kind) if not card.rail] == titles.split()

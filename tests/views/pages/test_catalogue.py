"""The table of pages: each card has its class, and a class is imported when it is opened."""

import pytest

from desktop.views.pages.cards import CARDS, Card
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

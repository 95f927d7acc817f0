"""Errors that a person can mend: where it is, what is wrong, what may be meant."""

from __future__ import annotations

import pytest

from offences.errors import DataError, did_you_mean, nearest, offer

NATIONS = ["England", "Wales", "Scotland", "Northern Ireland"]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("wales", ["Wales"]),
        (" WALES ", ["Wales"]),
        ("Walse", ["Wales"]),
        ("Scotlnd", ["Scotland"]),
        ("Narnia", []),
        ("", []),
    ],
)
def test_names_that_look_alike_are_found_whatever_their_case(word: str, near: list[str]) -> None:
    assert nearest(word, NATIONS) == near


def test_at_most_three_names_are_offered_the_nearest_first() -> None:
    known = ["Sussex", "Essex", "Wessex", "Sussex Police", "Middlesex"]
    near = nearest("sussex", known)
    assert near[0] == "Sussex"
    assert len(near) == 3


def test_an_offer_is_made_from_names() -> None:
    assert offer([]) == ""
    assert offer(["Wales"]) == ": did you mean 'Wales'?"
    assert offer(["Wales", "England"]) == ": did you mean 'Wales' or 'England'?"
    assert did_you_mean("Walse", NATIONS) == offer(nearest("Walse", NATIONS))


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({}, "data/a.csv: is wrong."),
        ({"row": 3}, "data/a.csv, row 3: is wrong."),
        ({"row": 3, "column": "unit"}, "data/a.csv, row 3, column 'unit': is wrong."),
        ({"row": 1, "column": ""}, "data/a.csv, row 1, the column without a heading: is wrong."),
    ],
)
def test_an_error_in_data_says_where_it_is(where: dict[str, object], message: str) -> None:
    assert str(DataError("data/a.csv", "is wrong.", **where)) == message

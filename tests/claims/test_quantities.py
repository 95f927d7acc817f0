"""The registry of quantities: names, subjects, and the readings behind each name."""

from __future__ import annotations

from typing import get_args

import pytest
from helpers.simulated_figures import figure, known

from offences.claims import quantities
from offences.claims.quantities import QUANTITIES, subject_of
from offences.claims.readings.reading import Question
from offences.claims.wordings import ValueKind
from offences.reference.periods import Period
from offences.releases.load import Loaded


def test_every_quantity_is_of_a_known_kind_and_says_what_it_counts() -> None:
    assert {quantity.kind for quantity in QUANTITIES.values()} == set(get_args(ValueKind))
    with_subject = {name for name, q in QUANTITIES.items() if q.about}
    assert with_subject == {name for name, q in QUANTITIES.items() if "{subject}" in q.noun}
    assert with_subject == {
        "platform share", "platform offences", "victim share", "victims",
    }  # fmt: skip


def test_only_shares_are_of_a_basis() -> None:
    of_a_basis = {name for name, quantity in QUANTITIES.items() if quantity.has_basis}
    assert of_a_basis == {"platform share", "victim share"}
    assert {name for name, q in QUANTITIES.items() if q.kind == "share"} == of_a_basis


def test_a_quantity_is_known_by_its_name() -> None:
    assert quantities.quantity_named("rank") is QUANTITIES["rank"]
    with pytest.raises(ValueError, match="unknown quantity 'offnces': did you mean 'offences'"):
        quantities.quantity_named("offnces")
    with pytest.raises(ValueError, match=r"unknown quantity 'xyz'\. Known: offences, change, rank"):
        quantities.quantity_named("xyz")


@pytest.mark.parametrize(
    ("quantity", "text", "subject"),
    [
        ("offences", "", ""),
        ("platform share", "snapchat", "Snapchat"),
        ("platform share", "Meta", "Meta"),
        ("platform share", "facebook+instagram", "Facebook+Instagram"),
        ("platform offences", "Facebook and Messenger", "Facebook and Messenger"),
        ("victims", "girls", "girls"),
        ("victim share", "11 or under", "11 or under"),
    ],
)
def test_a_subject_gets_its_one_name(
    loaded: Loaded, quantity: str, text: str, subject: str
) -> None:
    assert subject_of(QUANTITIES[quantity], text, loaded.vocabulary.platforms) == subject


@pytest.mark.parametrize(
    ("quantity", "text", "said"),
    [
        ("offences", "girls", "'girls': this quantity has no subject; leave it out."),
        ("victims", "gilrs", "unknown group of victims 'gilrs': did you mean 'girls'"),
        ("victims", "", "unknown group of victims ''. Known: girls, under 12, 11 or under"),
        ("platform share", "Snapcht", "unknown platform 'Snapcht': did you mean 'Snapchat'"),
        ("platform share", "zzzzz", "unknown platform 'zzzzz'."),
        pytest.param(
            "platform share",
            "",
            "unknown platform ''",
        ),
    ],
)
def test_a_subject_that_does_not_fit_is_refused(
    loaded: Loaded, quantity: str, text: str, said: str
) -> None:
    with pytest.raises(ValueError, match="[a-z]") as caught:
        subject_of(QUANTITIES[quantity], text, loaded.vocabulary.platforms)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("quantity", "subject", "value"),
    [
        ("offences", "", 100),
        ("means known", "", 60),
        ("platforms named", "", 23),
        ("forces responding", "", 4),
        ("platform offences", "Snapchat", 30),
        ("victims", "girls", 40),
        ("victims", "under 12", 20),
        ("years", "", 1),
    ],
)
def test_each_count_reads_its_own_measure(
    loaded: Loaded, quantity: str, subject: str, value: float
) -> None:
    """SIMULATED: one figure of each measure, all different."""
    counts = {
        "offences": 100,
        "means_known": 60,
        "n_platforms": 23,
        "forces_responding": 4,
        "victims_female": 40,
        "victims_under_12": 20,
    }
    cells = [figure("Gwent", "2017/18", n, measure=measure) for measure, n in counts.items()]
    cells.append(figure("Gwent", "2017/18", 30, measure="platform_count", subject="Snapchat"))
    place = loaded.vocabulary.places.asked_for("Gwent", "ons")
    question = Question(quantity, place, Period.parse("2017/18"), subject)
    readings = QUANTITIES[quantity].read(known(loaded.vocabulary, *cells), question)
    assert readings[0].value == value

"""Claims as read from the ledger: understood, dated, in order, or refused with their place."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from offences.claims.quantities import QUANTITIES
from offences.claims.readings.reading import Question
from offences.claims.statements import Claim, read_claims
from offences.errors import DataError
from offences.project import Project
from offences.reference.bounds import Bounds
from offences.releases.load import Loaded, load

FILE = "2023-08-15_itv-news-wales.yaml"


@pytest.fixture(scope="module")
def claims(project: Project, loaded: Loaded) -> list[Claim]:
    return read_claims(project, loaded)


def one(claims: list[Claim], name: str) -> Claim:
    """Return the claim of that name."""
    (claim,) = [claim for claim in claims if claim.name == name]
    return claim


def test_a_claim_is_understood(claims: list[Claim], loaded: Loaded) -> None:
    claim = one(claims, "itv-wales-1753")
    wales = loaded.vocabulary.places.asked_for("Wales", "nspcc")
    years = claim.question.years
    assert claim.question == Question("offences", wales, years, release="nspcc-2023-08")
    assert str(years) == "2017/18..2022/23"
    assert claim.quantity is QUANTITIES["offences"]
    assert (claim.stated.text, claim.stated.value) == ("1,753", 1753)
    assert claim.stated.allowed.bounds == Bounds(1753, 1753)
    assert not claim.worded
    assert claim.says == "The four forces of Wales recorded 1,753 offences in six years."
    assert (claim.published, claim.source.publisher) == (
        datetime.date(2023, 8, 15), "ITV News Wales",
    )  # fmt: skip
    assert (claim.file, claim.row) == (f"data/claims/{FILE}", 4)


def test_a_wording_is_kept_and_allows_what_it_says(claims: list[Claim]) -> None:
    almost = one(claims, "itv-wales-almost-2000")
    assert (almost.stated.text, almost.worded, almost.row) == ("almost 2,000", True, 10)
    assert almost.stated.allowed.bounds == Bounds(1900, 2000)
    quarter = one(claims, "itv-uk-under-12-quarter")
    assert (quarter.stated.text, quarter.stated.value) == ("a quarter", 25)
    assert (quarter.question.subject, quarter.question.basis) == ("under 12", "all")


def test_claims_are_in_the_order_in_which_they_were_made(claims: list[Claim]) -> None:
    keys = [(claim.published, claim.file, claim.row) for claim in claims]
    assert keys == sorted(keys)
    assert len(set(keys)) == len({claim.name for claim in claims}) == len(claims)


def test_a_page_with_a_month_only_is_dated_by_its_release(
    claims: list[Claim], loaded: Loaded
) -> None:
    released = {release.name: release.published for release in loaded.releases}
    for claim in claims:
        page, own = claim.source.published_on, released[claim.question.release]
        expected = datetime.date.fromisoformat(page) if len(page) == 10 else own
        assert claim.published == expected, claim.name
    assert one(claims, "walesonline-wales-554").source.published_on == "2024-11"


def test_regions_are_the_charitys(claims: list[Claim]) -> None:
    kinds = {claim.question.place.kind for claim in claims}
    assert "ons region" not in kinds
    assert "nspcc region" in kinds


LEDGER = """source: nspcc-2023-08/itv-news-wales
claims:
  - claim: simulated
    says: SIMULATED.
    quantity: {quantity}
    region: {region}
    years: {years}
    {more}
"""


def read(copy: Project, more: str, quantity: str = "offences", years: str = "2017/18") -> Claim:
    """Return the only claim of a SIMULATED ledger."""
    for path in copy.claims.iterdir():
        path.unlink()
    text = LEDGER.format(quantity=quantity, region="Wales", years=years, more=more)
    Path(copy.claims / FILE).write_text(text, encoding="utf-8")
    (claim,) = read_claims(copy, load(copy))
    return claim


@pytest.mark.parametrize(
    ("quantity", "years", "more", "shown"),
    [
        ("offences", "2017/18", "value: 274", "274"),
        ("offences", "2017/18:2018/19", "value: 584", "584"),
        ("offences", "2017-04..2017-09", "value: 136", "136"),
        ("change", "2017/18:2022/23", "value: -31", "-31%"),
        ("change", "2017/18:2022/23", "value: 67.5", "67.5%"),
        ("rank", "2022/23", "value: 1", "1"),
        ("platform share", "2017/18", "{subject: insta, basis: known, value: 26}", "26%"),
    ],
)
def test_each_kind_of_claim_can_be_made(
    copy: Project, quantity: str, years: str, more: str, shown: str
) -> None:
    """SIMULATED: one claim of each kind."""
    flat = more.strip("{}").replace(", ", "\n    ")
    claim = read(copy, flat, quantity, years)
    assert claim.stated.text == shown
    assert claim.question.quantity == quantity
    if quantity == "platform share":
        assert claim.question.subject == "Instagram"


@pytest.mark.parametrize(
    ("quantity", "years", "more", "field", "said"),
    [
        ("change", "2017/18", "value: 5", "years", "a change needs a first and a last"),
        ("change", "2017-04..2017-09", "value: 5", "years", "a change needs a first and a last"),
        ("rank", "2017/18:2018/19", "value: 1", "years", "a rank is of one financial year"),
        ("offences", "2010/11", "value: 5", "years", "lies outside the data, which hold 2014/15"),
        ("offences", "2017/18", "basis: known", "basis", "must be left out"),
        ("offences", "2017/18", "subject: girls", "subject", "this quantity has no subject"),
        ("offences", "2017/18", "wording: record", "wording", "unknown wording 'record'"),
        ("offences", "2017/18", "wording: over", "wording", "give a value"),
        ("offences", "2017/18", "value: -5", "value", "-5 is below zero"),
        ("rank", "2017/18", "value: -1", "value", "-1 is below zero"),
        ("offences", "2017/18", "value: 0.5", "value", "0.5 is not a whole number"),
    ],
)
def test_a_claim_that_does_not_fit_names_its_row_and_field(
    copy: Project, quantity: str, years: str, more: str, field: str, said: str
) -> None:
    """SIMULATED: one wrong claim each; the field is in row 7 or 8, a missing one in row 3."""
    with pytest.raises(DataError) as caught:
        read(copy, more, quantity, years)
    message = str(caught.value)
    line = {"years": 7}.get(field, 8)
    assert f"{FILE}, row {line}, column '{field}'" in message
    assert "simulated: " in message
    assert said in message


def test_a_missing_field_is_looked_for_at_the_claim(copy: Project) -> None:
    """SIMULATED: a share without its basis."""
    with pytest.raises(DataError, match="row 3, column 'basis'.*must be one of known, all"):
        read(copy, "subject: Snapchat\n    value: 5", "platform share")

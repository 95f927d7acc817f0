"""Verdicts: what readings say of a claim, on SIMULATED readings of every shape."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from helpers.simulated_figures import figure, known

from offences.claims.quantities import Quantity
from offences.claims.readings.reading import FigureKey, Question, Reading
from offences.claims.statements import Claim
from offences.claims.verdicts import (
    REVISED,
    Judgement,
    Verdict,
    computed,
    gives,
    is_evidence,
    judge,
    named,
)
from offences.claims.wordings import Wordings
from offences.project import Project
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.releases.load import Loaded
from offences.releases.sources import Source

NAN = math.nan
PAGE = Source(
    file="sources.csv", line=2, source="page", publisher="A paper", published_on="2022-01-31",
    url="https://example.org", kind="newspaper or news site", rewrite_of="", note="",
)  # fmt: skip


def reading(value: float, *bounds: float, **other: Any) -> Reading:
    """Return a SIMULATED reading, exact where no bounds are given."""
    held = Bounds(*bounds) if bounds else Bounds.exactly(value)
    name = other.pop("name", "a reading")
    how = other.pop("how", "it is so")
    return Reading(name, value, held, how, **other)


@pytest.fixture
def claim(project: Project, loaded: Loaded) -> Callable[..., Claim]:
    """Return a SIMULATED claim about Wales whose quantity has the given readings."""
    wales = loaded.vocabulary.places.asked_for("Wales", "ons")
    wordings = Wordings.read(project)

    def make(
        *readings: Reading, wording: str = "exactly", value: float = 100, kind: str = "count"
    ) -> Claim:
        quantity = Quantity(kind, "offences", "nothing else is printed", lambda *_: list(readings))
        question = Question("offences", wales, Period.parse("2017/18"), release="sim-2022")
        stated = wordings.stated(wording, kind, Decimal(str(value)))
        worded = wording != "exactly"
        day = datetime.date(2022, 1, 31)
        return Claim("c", "Says so.", quantity, question, stated, worded, PAGE, day, "c.yaml", 2)

    return make


@pytest.fixture
def judged(claim: Callable[..., Claim], loaded: Loaded) -> Callable[..., Judgement]:
    """Return the verdict on a SIMULATED claim when three releases are known."""
    cells = [
        figure("Gwent", "2017/18", 1, release=name) for name in ("sim-2021", "sim-2022", "sim-2023")
    ]

    def make(*readings: Reading, **stated: Any) -> Judgement:
        return judge(claim(*readings, **stated), known(loaded.vocabulary, *cells))

    return make


def test_an_exact_number_that_is_the_one_stated_holds(judged: Callable) -> None:
    found = judged(reading(100))
    assert (found.verdict, found.caveats) == (Verdict.HOLDS, ())
    assert found.sentence == "\u201c100\u201d (offences, Wales, 2017/18) holds: it is so."


def test_a_caveat_or_an_open_end_keeps_it_from_holding_outright(judged: Callable) -> None:
    assert judged(reading(100, 100)).verdict == Verdict.CAVEAT
    found = judged(reading(100, caveats=("Odd.", "Odd.")))
    assert found.verdict == Verdict.CAVEAT
    assert found.sentence.endswith("holds with a caveat: it is so. Odd.")


def test_another_plain_number_that_differs_is_a_caveat(judged: Callable) -> None:
    found = judged(reading(100), reading(90, how="the forces add to 90"))
    assert found.verdict == Verdict.CAVEAT
    assert found.caveats == ("The forces add to 90, which differs.",)
    assert judged(reading(100), reading(90, plain=False)).verdict == Verdict.HOLDS
    assert judged(reading(100), reading(NAN, 90)).verdict == Verdict.HOLDS


def test_what_only_another_reading_gives_is_said_with_what_it_means_as_it_stands(
    judged: Callable,
) -> None:
    plain = reading(90, how="it is 90", caveats=("In part.",))
    other = reading(100, name="the other", plain=False, how="it could be 100", caveats=("Odd.",))
    found = judged(plain, other)
    assert (found.verdict, found.reading, found.plain) == (Verdict.OTHER, other, plain)
    assert found.caveats == ("Odd.", "In part.")
    assert found.shown is plain
    assert found.computed == "90"
    assert found.sentence.endswith(
        "holds only on another reading (the other): it could be 100. As it stands: it is 90. Odd. "
        "In part."
    )


def test_another_reading_alone_stands_beside_what_is_not_public(judged: Callable) -> None:
    found = judged(reading(100, plain=False))
    assert (found.verdict, found.plain) == (Verdict.OTHER, None)
    assert found.shown is found.reading
    assert "As it stands: nothing else is printed." in found.sentence


def test_nothing_to_read_cannot_be_checked(judged: Callable) -> None:
    found = judged()
    assert (found.verdict, found.reading, found.shown) == (Verdict.CANNOT, None, None)
    assert found.computed == "\u2013"
    assert found.sentence.endswith("cannot be checked: nothing else is printed.")


def test_a_releases_own_figure_is_no_evidence_unless_the_claim_has_a_wording(
    judged: Callable,
) -> None:
    own = reading(100, own=True, how="the release prints 100")
    found = judged(own)
    assert found.verdict == Verdict.CANNOT
    assert found.sentence.endswith("nothing else is printed. The release prints 100.")
    assert judged(own, wording="almost", value=101).verdict == Verdict.HOLDS
    assert judged(own, wording="over", value=101).verdict != Verdict.HOLDS
    bounds = replace(own, value=NAN, bounds=Bounds(100))
    assert judged(bounds, wording="over", value=90).verdict == Verdict.CANNOT


def test_what_is_beside_decides_nothing_and_is_told(judged: Callable) -> None:
    found = judged(
        reading(100, beside=True, plain=False, how="for England it is 100"),
        reading(90, beside=True, plain=False, how="for Kent it is 90"),
    )
    assert found.verdict == Verdict.CANNOT
    assert (
        "For England it is 100, which agrees. For Kent it is 90, which differs." in found.sentence
    )


def test_a_number_outside_what_is_meant_and_inside_the_stretch_is_stretched(
    judged: Callable,
) -> None:
    """Almost 2,000 can be stretched to 1,753."""
    found = judged(reading(1753), wording="almost", value=2000)
    assert found.verdict == Verdict.STRETCHED
    assert "is stretched, as the figure is 12% below: it is so." in found.sentence


def test_points_of_a_share_are_told_as_points(judged: Callable) -> None:
    found = judged(reading(43.0), wording="almost", value=50, kind="share")
    assert found.verdict == Verdict.STRETCHED
    assert "7.0 points below" in found.sentence


@pytest.mark.parametrize(
    ("value", "bounds", "expected"),
    [
        (NAN, (101.0,), Verdict.CONTRADICTED),
        (NAN, (0, 99), Verdict.CONTRADICTED),
        (NAN, (90, 110), Verdict.CANNOT),
        (NAN, (100, 100), Verdict.HOLDS),
        (NAN, (100.0,), Verdict.CANNOT),
        (90, (90.0,), Verdict.CANNOT),
        (90, (90, 90), Verdict.CONTRADICTED),
        (110, (110.0,), Verdict.CONTRADICTED),
    ],
)
def test_bounds_decide_what_is_possible(
    judged: Callable, value: float, bounds: tuple[float, ...], expected: Verdict
) -> None:
    assert judged(reading(value, *bounds)).verdict == expected


def test_a_floor_implies_what_is_over_less(judged: Callable) -> None:
    assert judged(reading(NAN, 101), wording="over", value=100).verdict == Verdict.HOLDS
    assert judged(reading(NAN, 99), wording="over", value=100).verdict == Verdict.CANNOT


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("sim-2021", Verdict.CANNOT),
        ("sim-2022", Verdict.CONTRADICTED),
        ("sim-2023", Verdict.CONTRADICTED),
    ],
)
def test_older_figures_contradict_nothing_as_they_may_have_been_revised(
    judged: Callable, release: str, expected: Verdict
) -> None:
    """The claim is made by the release of 2022."""
    key = FigureKey("force", "Gwent", "2017/18", "offences", "", release)
    found = judged(reading(90, rests_on=(key,)))
    assert found.verdict == expected
    assert (REVISED in found.caveats) == (expected == Verdict.CANNOT)


def test_a_contradicted_change_says_that_no_forces_are_named(judged: Callable) -> None:
    found = judged(reading(70.0), value=82, kind="change")
    assert found.verdict == Verdict.CONTRADICTED
    assert found.sentence.endswith(
        "No other reading of the public figures gives it, and no page names a set of forces that "
        "would."
    )
    assert judged(reading(70), value=82).sentence.endswith(
        "No other reading of the public figures gives it."
    )


def test_rounded_percentages_may_be_off_by_their_rounding(claim: Callable[..., Claim]) -> None:
    share = claim(value=48, kind="share")
    added = reading(47, 25.5, 100, rounding=1.5)
    assert gives(added, share)
    assert not gives(replace(added, rounding=0.4), share)
    assert not gives(replace(added, rounding=0.0), share)


def test_what_is_evidence(claim: Callable[..., Claim]) -> None:
    plain, worded = claim(), claim(wording="almost")
    assert is_evidence(reading(1), plain)
    assert is_evidence(reading(1, plain=False), plain)
    assert not is_evidence(reading(1, beside=True), worded)
    assert not is_evidence(reading(1, own=True), plain)
    assert is_evidence(reading(1, own=True), worded)
    assert not is_evidence(reading(NAN, 1, own=True), worded)


@pytest.mark.parametrize(
    ("value", "bounds", "kind", "said"),
    [
        (1753, (1753.0,), "count", "at least 1,753"),
        (1753, (1753, 1753), "count", "1,753"),
        (1753, (1700, 1800), "count", "1,753 (1,700 to 1,800)"),
        (1753, (1700.0,), "count", "1,753 (1,700 to open)"),
        (1753, (0.0,), "count", "1,753"),
        (NAN, (1753.0,), "count", "at least 1,753"),
        (NAN, (0.0,), "count", "not known"),
        (NAN, (0, 20), "count", "at most 20"),
        (NAN, (64, 175), "count", "64 to 175"),
        (47, (25.5, 49), "share", "47% (26% to 49%)"),
        (47, (46.5, 47.5), "share", "47%"),
        (NAN, (16.2, 100), "share", "at least 16%"),
        (NAN, (0, 100), "share", "not known"),
        (NAN, (12, 87), "share", "12% to 87%"),
        (64, (-100.0,), "change", "+64%"),
        (64, (27, 113), "change", "+64% (+27% to +113%)"),
        (NAN, (-100.0,), "change", "not known"),
        (NAN, (-31.0,), "change", "at least -31%"),
        (NAN, (-100, 5), "change", "at most +5%"),
        (1, (1, 1), "rank", "number 1"),
        (NAN, (1, 3), "rank", "number 1 to number 3"),
    ],
)
def test_a_number_is_shown_with_what_it_can_be(
    value: float, bounds: tuple[float, ...], kind: str, said: str
) -> None:
    assert computed(Reading("a", float(value), Bounds(*bounds), "how"), kind) == said


@pytest.mark.parametrize(
    ("subject", "basis", "said"),
    [
        ("", "", "share of X, Wales, 2017/18"),
        ("Meta+Snapchat", "known", "share of Meta + Snapchat, of those known, Wales, 2017/18"),
        ("girls", "all", "share of girls, of all offences, Wales, 2017/18"),
    ],
)
def test_a_claim_is_named_by_what_it_is_about(
    claim: Callable[..., Claim], subject: str, basis: str, said: str
) -> None:
    made = claim()
    made = replace(
        made,
        quantity=replace(made.quantity, noun="share of {subject}" if subject else "share of X"),
        question=replace(made.question, subject=subject, basis=basis),
    )
    assert named(made) == said

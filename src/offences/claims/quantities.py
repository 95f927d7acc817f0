"""The named quantities that a claim can be about: a small registry, each with its readings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from offences.claims.readings import change_readings, reading, share_readings
from offences.claims.readings.reading import Question, Reading
from offences.claims.readings.share_readings import VICTIMS
from offences.errors import did_you_mean
from offences.reference.platforms import Platforms
from offences.releases.clean import Cleaned

BASES = ("known", "all")


@dataclass(frozen=True)
class Quantity:
    """Something a claim can be about.

    Attributes
    ----------
    kind
        What a stated value of it is: one of :data:`offences.claims.wordings.ValueKind`.
    noun
        What the value counts or is a share of, for a reader; ``{subject}`` is filled in.
    about
        What its subject is: ``""`` (it has none), ``platform`` or ``victims``.
    has_basis
        Whether a claim says of what the share is.
    lacking
        What is not public when it cannot be checked.
    read
        Its readings.
    """

    kind: str
    noun: str
    about: str
    has_basis: bool
    lacking: str
    read: Callable[[Cleaned, Platforms, Question], list[Reading]]


_KNOWN_BASE = "no page prints both the count and the number of {known}"

QUANTITIES = {
    "offences": Quantity(
        "count",
        "offences",
        "",
        False,
        "no other release prints it, and its parts are not all printed",
        lambda cleaned, _, asked: reading.offences(cleaned, asked),
    ),
    "change": Quantity(
        "change",
        "change in offences",
        "",
        False,
        "no page prints both years for the same forces",
        lambda cleaned, _, asked: change_readings.change(cleaned, asked),
    ),
    "rank": Quantity(
        "rank",
        "rank among the years",
        "",
        False,
        "no page prints the years to compare with",
        lambda cleaned, _, asked: change_readings.rank(cleaned, asked),
    ),
    "platform share": Quantity(
        "share",
        "share of {subject}",
        "platform",
        True,
        _KNOWN_BASE.format(known="offences with known means"),
        share_readings.platform_share,
    ),
    "platform offences": Quantity(
        "count",
        "offences on {subject}",
        "platform",
        False,
        "no other page prints how many offences named it",
        lambda cleaned, means, asked: reading.in_order(
            reading.printed(cleaned, asked, "platform_count", asked.subject)
        ),
    ),
    "victim share": Quantity(
        "share",
        "share of victims who are {subject}",
        "victims",
        True,
        _KNOWN_BASE.format(known="victims whose age or gender was recorded"),
        lambda cleaned, _, asked: share_readings.victim_share(cleaned, asked),
    ),
    "victims": Quantity(
        "count",
        "victims who are {subject}",
        "victims",
        False,
        "no other page prints the number",
        lambda cleaned, _, asked: reading.in_order(
            reading.printed(cleaned, asked, VICTIMS[asked.subject][1])
        ),
    ),
    "means known": Quantity(
        "count",
        "offences with known means",
        "",
        False,
        "no other page prints the number",
        lambda cleaned, _, asked: reading.in_order(reading.printed(cleaned, asked, "means_known")),
    ),
    "platforms named": Quantity(
        "count",
        "different apps, games and sites",
        "",
        False,
        "the list of apps, games and sites that forces named is not printed",
        lambda cleaned, _, asked: reading.in_order(reading.printed(cleaned, asked, "n_platforms")),
    ),
    "forces responding": Quantity(
        "count",
        "forces that gave figures",
        "",
        False,
        "the list of forces that answered is not printed",
        lambda cleaned, _, asked: reading.in_order(
            reading.printed(cleaned, asked, "forces_responding")
        ),
    ),
    "years": Quantity(
        "count",
        "years",
        "",
        False,
        "",
        lambda cleaned, _, asked: reading.span(cleaned, asked),
    ),
}
"""Every quantity by its name in a claim."""


def known(name: str) -> Quantity:
    """Return the quantity of that name.

    Raises
    ------
    ValueError
        With the nearest names.
    """
    if name not in QUANTITIES:
        hint = did_you_mean(name, QUANTITIES) or f". Known: {', '.join(QUANTITIES)}."
        raise ValueError(f"unknown quantity {name!r}{hint}")
    return QUANTITIES[name]


def subject_of(quantity: Quantity, text: str, means: Platforms) -> str:
    """Return the canonical name of a subject.

    Raises
    ------
    ValueError
        When it is not known, missing, or the quantity has none.
    """
    if not quantity.about:
        if text:
            raise ValueError(f"{text!r}: this quantity has no subject; leave it out.")
        return ""
    if quantity.about == "victims":
        if text not in VICTIMS:
            hint = did_you_mean(text, VICTIMS) or f". Known: {', '.join(VICTIMS)}."
            raise ValueError(f"unknown group of victims {text!r}{hint}")
        return text
    subject = means.printed(text)
    if subject is None:
        near = " or ".join(f"'{name}'" for name in means.suggestions(text))
        raise ValueError(f"unknown platform {text!r}{f': did you mean {near}?' if near else '.'}")
    return subject.name

"""The named quantities that a claim can be about: a small registry, each with its readings."""

from __future__ import annotations

from dataclasses import dataclass

from offences.claims.readings.change_readings import change, rank
from offences.claims.readings.count_readings import offences, span
from offences.claims.readings.printed_readings import as_printed
from offences.claims.readings.reading import Reader
from offences.claims.readings.share_readings import VICTIM_GROUPS, platform_share, victim_share
from offences.errors import did_you_mean
from offences.reference.platforms import Platforms

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
    lacking
        What is not public when it cannot be checked.
    read
        Its readings.
    about
        What its subject is: ``""`` (it has none), ``platform`` or ``victims``.
    has_basis
        Whether a claim says of what the share is.
    """

    kind: str
    noun: str
    lacking: str
    read: Reader
    about: str = ""
    has_basis: bool = False


QUANTITIES = {
    "offences": Quantity(
        "count",
        "offences",
        "no other release prints it, and its parts are not all printed",
        offences,
    ),
    "change": Quantity(
        "change",
        "change in offences",
        "no page prints both years for the same forces",
        change,
    ),
    "rank": Quantity(
        "rank",
        "rank among the years",
        "no page prints the years to compare with",
        rank,
    ),
    "platform share": Quantity(
        "share",
        "share of {subject}",
        "no page prints both the count and the number of offences with known means",
        platform_share,
        about="platform",
        has_basis=True,
    ),
    "platform offences": Quantity(
        "count",
        "offences on {subject}",
        "no other page prints how many offences named it",
        as_printed("platform_count", subject=True),
        about="platform",
    ),
    "victim share": Quantity(
        "share",
        "share of victims who are {subject}",
        "no page prints both the count and the number of victims whose age or gender was recorded",
        victim_share,
        about="victims",
        has_basis=True,
    ),
    "victims": Quantity(
        "count",
        "victims who are {subject}",
        "no other page prints the number",
        as_printed(lambda question: VICTIM_GROUPS[question.subject].count),
        about="victims",
    ),
    "means known": Quantity(
        "count",
        "offences with known means",
        "no other page prints the number",
        as_printed("means_known"),
    ),
    "platforms named": Quantity(
        "count",
        "different apps, games and sites",
        "the list of apps, games and sites that forces named is not printed",
        as_printed("n_platforms"),
    ),
    "forces responding": Quantity(
        "count",
        "forces that gave figures",
        "the list of forces that answered is not printed",
        as_printed("forces_responding"),
    ),
    "years": Quantity("count", "years", "", span),
}
"""Every quantity by its name in a claim."""


def quantity_named(name: str) -> Quantity:
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


def subject_of(quantity: Quantity, text: str, platforms: Platforms) -> str:
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
        if text not in VICTIM_GROUPS:
            hint = did_you_mean(text, VICTIM_GROUPS) or f". Known: {', '.join(VICTIM_GROUPS)}."
            raise ValueError(f"unknown group of victims {text!r}{hint}")
        return text
    subject = platforms.printed(text)
    if subject is None:
        near = " or ".join(f"'{name}'" for name in platforms.suggestions(text))
        raise ValueError(f"unknown platform {text!r}{f': did you mean {near}?' if near else '.'}")
    return subject.name

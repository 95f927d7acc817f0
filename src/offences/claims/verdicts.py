"""Verdicts: what the public figures say of a claim, on which reading, and what they cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from offences.claims.readings.reading import Reading
from offences.claims.statements import Claim
from offences.reference.bounds import Bounds
from offences.releases.clean import Cleaned
from offences.text import as_change, as_count, as_percent, upper_first


class Verdict(StrEnum):
    """What figures say of a claim, from the best to what nobody can tell."""

    HOLDS = "holds"
    CAVEAT = "holds with a caveat"
    OTHER = "only on another reading"
    STRETCHED = "stretched"
    CONTRADICTED = "contradicted"
    CANNOT = "cannot be checked"


REVISED = "Some of these figures are of earlier releases, which the claim's may have revised."


@dataclass(frozen=True)
class Judgement:
    """The verdict on a claim and what it rests on.

    Attributes
    ----------
    reading
        The reading it rests on; None when no figure bears on the claim.
    plain
        What the claim means as it stands, where the verdict rests on another reading.
    readings
        All readings, also those that decide nothing.
    caveats
        Why a claim that holds may not be the truth.
    """

    claim: Claim
    verdict: Verdict
    reading: Reading | None
    plain: Reading | None
    readings: tuple[Reading, ...]
    caveats: tuple[str, ...] = ()

    @property
    def computed(self) -> str:
        """The number computed, with its bounds, for a reader."""
        if self.shown is None:
            return "\u2013"
        return computed(self.shown, self.claim.quantity.kind)

    @property
    def shown(self) -> Reading | None:
        """The reading whose number stands beside the one stated: the plain one, if there is one."""
        return self.plain if self.verdict == Verdict.OTHER and self.plain else self.reading

    @property
    def sentence(self) -> str:
        """One sentence, or a few, that a person can quote."""
        return _sentence(self)


def judge(claim: Claim, known: Cleaned) -> Judgement:
    """Return what the figures known say of a claim.

    The figure that the claim's own release prints is no evidence for it, but an exact one decides
    whether a wording renders it fairly. Bounds decide: what is possible and not implied does not
    hold.
    """
    readings = tuple(claim.quantity.read(known, claim.question))
    evidence = [r for r in readings if is_evidence(r, claim)]
    plain_readings = [r for r in evidence if r.plain]
    with_number = (r for r in plain_readings if r.gives_number)
    main = next(with_number, next(iter(plain_readings), None))

    def judgement(
        verdict: Verdict,
        reading: Reading | None,
        caveats: tuple[str, ...] = (),
        plain: Reading | None = main,
    ) -> Judgement:
        return Judgement(claim, verdict, reading, plain, readings, caveats)

    if main is not None and gives(main, claim):
        differing = [r for r in plain_readings if r.gives_number and not gives(r, claim)]
        caveats = (*main.caveats, *(f"{upper_first(r.how)}, which differs." for r in differing))
        sure = claim.stated.allowed.holds(main.bounds) and not caveats
        return judgement(Verdict.HOLDS if sure else Verdict.CAVEAT, main, caveats)
    for reading in evidence:
        if reading is not main and reading.gives_number and gives(reading, claim):
            stands = main.caveats if main is not None else ()
            return judgement(Verdict.OTHER, reading, (*reading.caveats, *stands))
    if main is None:
        return judgement(Verdict.CANNOT, None)
    for reading in (main, *evidence):
        if reading.value in claim.stated.stretched:
            return judgement(Verdict.STRETCHED, reading, reading.caveats)
    for reading in plain_readings:
        if not claim.stated.allowed.meets(reading.bounds):
            if _older(reading, claim, known):
                caveats = (*reading.caveats, REVISED)
                return judgement(Verdict.CANNOT, reading, caveats, plain=reading)
            return judgement(Verdict.CONTRADICTED, reading, reading.caveats)
    return judgement(Verdict.CANNOT, main, main.caveats)


def _older(reading: Reading, claim: Claim, known: Cleaned) -> bool:
    """Return whether a reading rests on a release older than the claim's, which may revise it."""
    released = known.vintages.set_index("release")["released"].to_dict()
    own = released.get(claim.question.release, "")
    return any(released.get(key.release, "") < own for key in reading.rests_on)


def is_evidence(reading: Reading, claim: Claim) -> bool:
    """Return whether a reading may decide about a claim: the release's own figure may not.

    An exact figure of its own decides whether the wording of a claim renders it fairly.
    """
    if reading.beside:
        return False
    return not reading.own or (claim.worded and reading.gives_number)


def gives(reading: Reading, claim: Claim) -> bool:
    """Return whether a reading gives the number stated, or without a number implies it."""
    allowed = claim.stated.allowed
    if not reading.gives_number:
        return allowed.holds(reading.bounds)
    if reading.rounding:
        off = reading.rounding
        return allowed.meets(Bounds(reading.value - off, reading.value + off))
    return reading.value in allowed


def computed(reading: Reading, kind: str) -> str:
    """Return a reading's number with its bounds: ``at least 1,234``, ``47% (26% to 49%)``."""
    value, bounds = reading.value, reading.bounds
    floor = -100.0 if kind == "change" else 0.0
    if reading.gives_number:
        if kind == "count" and bounds.is_open and bounds.lower == value:
            return f"at least {_shown(value, kind)}"
        only_floor = bounds.is_open and bounds.lower <= floor
        if reading.exact or only_floor or _only_rounding(bounds, kind):
            return _shown(value, kind)
        end = "open" if bounds.is_open else _shown(bounds.upper, kind)
        return f"{_shown(value, kind)} ({_shown(bounds.lower, kind)} to {end})"
    if bounds.is_open or (kind == "share" and bounds.upper >= 100):
        known = bounds.lower > floor
        return f"at least {_shown(bounds.lower, kind)}" if known else "not known"
    if bounds.lower <= floor:
        return f"at most {_shown(bounds.upper, kind)}"
    return f"{_shown(bounds.lower, kind)} to {_shown(bounds.upper, kind)}"


def _only_rounding(bounds: Bounds, kind: str) -> bool:
    return kind == "share" and bounds.upper - bounds.lower <= 1


def _shown(number: float, kind: str) -> str:
    if kind == "change":
        return as_change(number)
    if kind == "rank":
        return f"number {number:.0f}"
    return as_percent(number) if kind == "share" else as_count(number)


def _sentence(judged: Judgement) -> str:
    claim, reading, verdict = judged.claim, judged.reading, judged.verdict
    what = f"\u201c{claim.stated.text}\u201d ({named(claim)})"
    caveats = " ".join(dict.fromkeys(judged.caveats))
    if verdict == Verdict.CANNOT:
        return f"{what} cannot be checked: {_not_public(judged)} {caveats}".strip()
    assert reading is not None, "only what cannot be checked rests on nothing"
    if verdict == Verdict.OTHER:
        stands = judged.plain.how if judged.plain else claim.quantity.lacking
        said = f"holds only on another reading ({reading.name}): {reading.how}."
        said += f" As it stands: {stands}."
    elif verdict == Verdict.STRETCHED:
        said = f"is stretched, as the figure is {_off(claim, reading)}: {reading.how}."
    elif verdict == Verdict.CONTRADICTED:
        said = f"is contradicted: {reading.how}. No other reading of the public figures gives it"
        change = claim.quantity.kind == "change"
        said += ", and no page names a set of forces that would." if change else "."
    else:
        said = f"{verdict}: {reading.how}."
    return f"{what} {said} {caveats}".strip()


def _not_public(judged: Judgement) -> str:
    """Return what the release prints, what else is known, and what is not public."""
    parts = [f"{judged.claim.quantity.lacking}."]
    own = next((r for r in judged.readings if r.own), None)
    if own is not None:
        parts.append(f"{upper_first(own.how)}.")
    if judged.reading is not None and not judged.reading.own:
        parts.append(f"{upper_first(judged.reading.how)}.")
    for other in judged.readings:
        if other.beside:
            agrees = "agrees" if gives(other, judged.claim) else "differs"
            parts.append(f"{upper_first(other.how)}, which {agrees}.")
    return " ".join(parts)


def _off(claim: Claim, reading: Reading) -> str:
    """Return how far the number lies from the one stated, in percent or in points."""
    value, stated = reading.value, claim.stated.value
    side = "below" if value < stated else "above"
    if claim.quantity.kind == "count":
        return f"{abs(value / stated - 1) * 100:.0f}% {side}"
    return f"{abs(value - stated):.1f} points {side}"


def named(claim: Claim) -> str:
    """Return what a claim is about: ``offences, Wales, 2017/18 to 2022/23``."""
    noun = claim.quantity.noun.format(subject=claim.question.subject.replace("+", " + "))
    noun += {"known": ", of those known", "all": ", of all offences", "": ""}[claim.question.basis]
    return f"{noun}, {claim.question.place.name}, {claim.question.years.in_words()}"

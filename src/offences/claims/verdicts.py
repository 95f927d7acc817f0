"""Verdicts: what the public figures say of a claim, on which reading, and what they cannot say."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from offences.claims.readings.reading import Reading
from offences.claims.statements import Claim
from offences.reference.bounds import Bounds
from offences.reference.platforms import Platforms
from offences.releases.clean import Cleaned
from offences.text import as_change, as_count, as_percent

HOLDS = "holds"


CAVEAT = "holds with a caveat"


OTHER = "only on another reading"


STRETCHED = "stretched"


CONTRADICTED = "contradicted"


CANNOT = "cannot be checked"


VERDICTS = (HOLDS, CAVEAT, OTHER, STRETCHED, CONTRADICTED, CANNOT)


REVISED = "Some of these figures are of earlier releases, which the claim's may have revised."


@dataclass(frozen=True)
class Verdict:
    """What figures say of a claim.

    Attributes
    ----------
    verdict
        One of :data:`VERDICTS`.
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
    verdict: str
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
        return self.plain if self.verdict == OTHER and self.plain else self.reading

    @property
    def sentence(self) -> str:
        """One sentence, or a few, that a person can quote."""
        return _sentence(self)


def judge(claim: Claim, cleaned: Cleaned, means: Platforms) -> Verdict:
    """Return what the figures known say of a claim.

    The figure that the claim's own release prints is no evidence for it, but an exact one decides
    whether a wording renders it fairly. Bounds decide: what is possible and not implied does not
    hold.
    """
    readings = tuple(
        _titled(reading, cleaned.titles)
        for reading in claim.quantity.read(cleaned, means, claim.question)
    )
    evidence = [r for r in readings if is_evidence(r, claim)]
    plain = [r for r in evidence if r.plain]
    main = next((r for r in plain if not math.isnan(r.value)), next(iter(plain), None))

    def verdict(name: str, reading: Reading | None, caveats: tuple[str, ...] = ()) -> Verdict:
        return Verdict(claim, name, reading, main, readings, caveats)

    if main is not None and gives(main, claim):
        differing = [r for r in plain if not math.isnan(r.value) and not gives(r, claim)]
        caveats = (*main.caveats, *(f"{_upper_first(r.how)}, which differs." for r in differing))
        sure = claim.stated.allowed.holds(Bounds.of(vars(main))) and not caveats
        return verdict(HOLDS if sure else CAVEAT, main, caveats)
    for reading in evidence:
        if reading is not main and not math.isnan(reading.value) and gives(reading, claim):
            stands = main.caveats if main is not None else ()
            return verdict(OTHER, reading, (*reading.caveats, *stands))
    if main is None:
        return verdict(CANNOT, None)
    for reading in (main, *evidence):
        if reading.value in claim.stated.stretched:
            return verdict(STRETCHED, reading, reading.caveats)
    for reading in plain:
        if not claim.stated.allowed.meets(Bounds.of(vars(reading))):
            if not _older(reading, claim, cleaned):
                return verdict(CONTRADICTED, reading, reading.caveats)
            main = reading
            return verdict(CANNOT, reading, (*reading.caveats, REVISED))
    return verdict(CANNOT, main, main.caveats)


def _older(reading: Reading, claim: Claim, cleaned: Cleaned) -> bool:
    """Return whether a reading rests on a release older than the claim's, which may revise it."""
    released = cleaned.vintages.set_index("release")["released"].to_dict()
    own = released.get(claim.question.release, "")
    return any(released.get(key[-1], "") < own for key in reading.rests_on)


def _titled(reading: Reading, titles: dict[str, str]) -> Reading:
    """Name releases as a reader knows them."""
    name, how = reading.name, reading.how
    for release, title in titles.items():
        name, how = name.replace(release, title), how.replace(release, title)
    return replace(reading, name=name, how=how)


def is_evidence(reading: Reading, claim: Claim) -> bool:
    """Return whether a reading may decide about a claim: the release's own figure may not.

    An exact figure of its own decides whether the wording of a claim renders it fairly.
    """
    if reading.beside:
        return False
    return not reading.own or (claim.worded and not math.isnan(reading.value))


def gives(reading: Reading, claim: Claim) -> bool:
    """Return whether a reading gives the number stated, or without a number implies it."""
    allowed = claim.stated.allowed
    if math.isnan(reading.value):
        return allowed.holds(Bounds.of(vars(reading)))
    if reading.rounding:
        around = Bounds(reading.value - reading.rounding, reading.value + reading.rounding)
        return allowed.meets(around)
    return reading.value in allowed


def computed(reading: Reading, kind: str) -> str:
    """Return a reading's number with its bounds: ``at least 1,234``, ``47% (26% to 49%)``."""
    value, lower, upper = reading.value, reading.lower, reading.upper
    floor = -100.0 if kind == "change" else 0.0
    open_end = math.isnan(upper)
    if not math.isnan(value):
        if kind == "count" and open_end and lower == value:
            return f"at least {_shown(value, kind)}"
        if reading.exact or (open_end and lower <= floor) or _only_rounding(reading, kind):
            return _shown(value, kind)
        end = "open" if open_end else _shown(upper, kind)
        return f"{_shown(value, kind)} ({_shown(lower, kind)} to {end})"
    if open_end or (kind == "share" and upper >= 100):
        return f"at least {_shown(lower, kind)}" if lower > floor else "not known"
    if lower <= floor:
        return f"at most {_shown(upper, kind)}"
    return f"{_shown(lower, kind)} to {_shown(upper, kind)}"


def _only_rounding(reading: Reading, kind: str) -> bool:
    return kind == "share" and reading.upper - reading.lower <= 1


def _shown(number: float, kind: str) -> str:
    if kind == "change":
        return as_change(number)
    if kind == "rank":
        return f"number {number:.0f}"
    return as_percent(number) if kind == "share" else as_count(number)


def _sentence(verdict: Verdict) -> str:
    claim, reading = verdict.claim, verdict.reading
    what = f"\u201c{claim.stated.text}\u201d ({named(claim)})"
    caveats = " ".join(dict.fromkeys(verdict.caveats))
    if verdict.verdict == CANNOT:
        return f"{what} cannot be checked: {_not_public(verdict)} {caveats}".strip()
    assert reading is not None, "only what cannot be checked rests on nothing"
    if verdict.verdict == OTHER:
        plain = verdict.plain
        stands = plain.how if plain else claim.quantity.lacking
        said = f"holds only on another reading ({reading.name}): {reading.how}."
        said += f" As it stands: {stands}."
    elif verdict.verdict == STRETCHED:
        said = f"is stretched, as the figure is {_off(verdict)}: {reading.how}."
    elif verdict.verdict == CONTRADICTED:
        said = f"is contradicted: {reading.how}. No other reading of the public figures gives it"
        change = claim.quantity.kind == "change"
        said += ", and no page names a set of forces that would." if change else "."
    else:
        said = f"{verdict.verdict}: {reading.how}."
    return f"{what} {said} {caveats}".strip()


def _not_public(verdict: Verdict) -> str:
    """Return what the release prints, what else is known, and what is not public."""
    parts = [f"{verdict.claim.quantity.lacking}."]
    own = next((r for r in verdict.readings if r.own), None)
    if own is not None:
        parts.append(f"{_upper_first(own.how)}.")
    if verdict.reading is not None and not verdict.reading.own:
        parts.append(f"{_upper_first(verdict.reading.how)}.")
    for other in verdict.readings:
        if other.beside:
            agrees = "agrees" if gives(other, verdict.claim) else "differs"
            parts.append(f"{_upper_first(other.how)}, which {agrees}.")
    return " ".join(parts)


def _off(verdict: Verdict) -> str:
    """Return how far the number lies from the one stated, in percent or in points."""
    assert verdict.reading is not None, "what is stretched has a number"
    value, stated = verdict.reading.value, verdict.claim.stated.value
    side = "below" if value < stated else "above"
    if verdict.claim.quantity.kind == "count":
        return f"{abs(value / stated - 1) * 100:.0f}% {side}"
    return f"{abs(value - stated):.1f} points {side}"


def named(claim: Claim) -> str:
    """Return what a claim is about: ``offences, Wales, 2017/18 to 2022/23``."""
    noun = claim.quantity.noun.format(subject=claim.question.subject.replace("+", " + "))
    noun += {"known": ", of those known", "all": ", of all offences", "": ""}[claim.question.basis]
    return f"{noun}, {claim.question.place.name}, {claim.question.years.in_words()}"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]

"""Certificates and conflicts in words: what a reader adds up, and what one would ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from offences.evidence.certificates import Certificate, ProofLine
from offences.evidence.conflicts import Conflict
from offences.evidence.constraints import Constraint
from offences.reference.bounds import Bounds
from offences.text import as_count, listed, upper_first

PUBLISHER = "the publisher"
"""To whom a question goes that is not about one force's figures only."""


def certificate_in_words(certificate: Certificate) -> str:
    """Return the figures of a proof: ``Cleveland 749 and Durham 450, each for 2017/18``."""
    added = [line for line in certificate.lines if line.multiplier > 0]
    taken = [line for line in certificate.lines if line.multiplier < 0]
    if not added and not taken:
        return "no printed figure"
    words = _figures_in_words(added) if added else "nothing"
    return f"{words}, less {_figures_in_words(taken)}" if taken else words


def conflict_in_words(conflict: Conflict, titles: Mapping[str, str]) -> str:
    """Return which figures cannot all be true, by how much, and what now holds of the oldest.

    Parameters
    ----------
    titles
        What a reader calls each release.
    """
    release = conflict.giving_way[0].release
    held = [
        f"{one.place} for {one.period.in_words()} counts as {_range(one.holds)}"
        for one in conflict.giving_way
    ]
    return (
        f"{_disagreement(conflict)} {upper_first(titles.get(release, release))}, as the oldest of "
        f"them, gives way: {listed(held)}."
    )


def question_about(conflict: Conflict) -> tuple[str, str]:
    """Return whom to ask about a conflict, and the question to send."""
    forces = {force for one in conflict.figures for force in one.forces}
    to = forces.pop() if len(forces) == 1 else PUBLISHER
    return to, f"{_disagreement(conflict)} Which of these figures are right?"


def _disagreement(conflict: Conflict) -> str:
    more, less = _sum_in_words(conflict.more), _figures_in_words(conflict.less)
    room = sum((-line.multiplier * line.number for line in conflict.less), start=Fraction(0))
    text = f"{more} {as_count(conflict.by)} more than {less}"
    if len(conflict.less) > 1 or conflict.less[0].multiplier != -1:
        text += f", which {_verb(conflict.less)} {_as_number(room)}"
    return f"{text}."


def _sum_in_words(lines: Sequence[ProofLine]) -> str:
    if len(lines) == 1 and lines[0].multiplier == 1:
        return f"{_figures_in_words(lines)} is"
    total = sum((line.multiplier * line.number for line in lines), start=Fraction(0))
    return f"{_figures_in_words(lines)} {_verb(lines)} {_as_number(total)},"


def _verb(lines: Sequence[ProofLine]) -> str:
    return "comes to" if len(lines) == 1 else "add up to"


def _figures_in_words(lines: Sequence[ProofLine]) -> str:
    """Return figures with place and period, those of one place or one period together."""
    often = Counter(line.figure.place for line in lines)
    groups: dict[str, list[ProofLine]] = {}
    for line in lines:
        one = line.figure
        groups.setdefault(one.place if often[one.place] > 1 else str(one.period), []).append(line)
    words = list(map(_group_in_words, groups.values()))
    return listed(words) if all(len(group) == 1 for group in groups.values()) else "; ".join(words)


def _group_in_words(lines: list[ProofLine]) -> str:
    """Return figures that share their place, or else their period."""
    one = lines[0].figure
    if len({line.figure.place for line in lines}) == 1:
        numbers = [f"{_number(line)} for {line.figure.period.in_words()}" for line in lines]
        return f"{one.place} {listed(numbers)}"
    numbers = [f"{line.figure.place} {_number(line)}" for line in lines]
    return f"{listed(numbers)}, each for {one.period.in_words()}"


def _number(line: ProofLine) -> str:
    """Return the number that counts, with what was printed where that says something else."""
    times = abs(line.multiplier)
    text = as_count(line.number)
    stated = [one for one, cell in line.figure.texts.items() if cell.value == line.number]
    if stated:
        text = text if line.number in line.figure.numbers_printed else stated[0]
    else:
        end = "at least" if line.number == line.figure.holds.lower else "at most"
        text = f"{end} {text} (printed as {_printed(line.figure)})"
    return text if times == 1 else f"{times} \u00d7 {text}"


def _printed(figure: Constraint) -> str:
    return " or ".join(figure.texts)


def _range(holds: Bounds) -> str:
    if holds.is_open:
        return f"at least {as_count(holds.lower)}"
    if holds.is_exact:
        return as_count(holds.lower)
    return f"{as_count(holds.lower)} to {as_count(holds.upper)}"


def _as_number(number: Fraction) -> str:
    return as_count(int(number)) if number.denominator == 1 else f"{float(number):,.1f}"

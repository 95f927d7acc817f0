"""Say what all printed figures together imply for a place: bounds, their proofs, conflicts.

    offences evidence "North East"
    offences evidence Wales --years 2017/18:2023/24 --as-of 2024-12-01
    offences evidence "South East" --scheme nspcc

Nothing is estimated: the bounds are what must be true if the printed figures are, and each comes
with the figures that prove it, which anyone can add up. Exit status: 0 when it was done, 2 when
what was asked for is wrong.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterable, Iterator

from offences.analysis.parameters import Request, checked
from offences.commands import options
from offences.errors import OffencesError
from offences.evidence.certificates import Certificate
from offences.evidence.follows import Follows, follows
from offences.evidence.implied import Evidence, EvidenceInside, Implied
from offences.evidence.proof_sentences import (
    certificate_in_words,
    conflict_in_words,
    question_about,
)
from offences.project import Project
from offences.releases.clean import clean
from offences.releases.load import load
from offences.text import as_count, listed, several

_WIDTH = 96


def main(arguments: list[str] | None = None, prog: str | None = None) -> int:
    """Run the command line and return its exit status."""
    asked = _parser(prog).parse_args(arguments)
    try:
        project = Project.find()
        loaded = load(project)
        given = {"region": asked.region, "years": asked.years, "as_of": asked.as_of}
        request = checked(project, loaded, **given, scheme=asked.scheme)
        known = clean(project, loaded, request.day)
    except OffencesError as error:
        print(error, file=sys.stderr)
        return 2
    inside = Evidence.of(known).inside(request.place)
    print("\n".join(_report(request, inside, known.titles)))
    return 0


def _parser(prog: str | None) -> argparse.ArgumentParser:
    parser = options.parser(prog, __doc__)
    parser.add_argument("region", help="UK, a nation, an English region or a force")
    options.add_years(parser)
    options.add_as_of_and_scheme(parser)
    return parser


def _report(request: Request, inside: EvidenceInside, titles: dict[str, str]) -> Iterator[str]:
    """Yield the lines: the whole span and each year with their proofs, what follows, conflicts."""
    yield f"{request.in_words()}; {several(len(inside.printed), 'printed figure')}"
    if not inside.printed:
        yield f"No page read so far prints a figure of offences of {request.title}."
        return
    spans = [request.years, *([] if request.years.is_year else request.years.years())]
    for period in spans:
        implied = inside.bounds(period)
        yield from ("", f"{period.in_words()}: {_bounds_in_words(implied)}")
        yield from _proof("from" if implied.bounds.is_exact else "at least", implied.lower)
        if implied.upper is not None and not implied.bounds.is_exact:
            yield from _proof("at most", implied.upper)
    yield from _listed(
        "What follows exactly, though no page prints it:",
        [_follows_in_words(request, one) for one in follows(inside, request.years)],
    )
    yield from _listed(
        "Figures that cannot all be true:",
        [
            f"{conflict_in_words(one, titles)} To ask {question_about(one)[0]}."
            for one in inside.conflicts
        ],
    )


def _bounds_in_words(implied: Implied) -> str:
    bounds = implied.bounds
    if bounds.is_exact:
        return f"exactly {as_count(bounds.lower)} offences"
    if not implied.lower.lines and bounds.is_open:
        return "no printed figure says anything about it"
    most = "" if bounds.is_open else f", at most {as_count(bounds.upper)}"
    return f"at least {as_count(bounds.lower)} offences{most}"


def _proof(side: str, certificate: Certificate) -> list[str]:
    if not certificate.lines:
        return []
    return _wrapped(f"{side}: {certificate_in_words(certificate)}.")


def _follows_in_words(request: Request, one: Follows) -> str:
    whole = one.forces == request.place.forces
    where = request.title if whole else listed(one.forces)
    proof = certificate_in_words(one.implied.lower)
    return f"{where}, {one.period.in_words()}: {as_count(one.number)}, from {proof}."


def _listed(heading: str, entries: Iterable[str]) -> Iterator[str]:
    """Yield a heading with its entries, nothing where there is none."""
    lines = [line for entry in entries for line in _wrapped(entry)]
    if lines:
        yield from ("", heading, *lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ")

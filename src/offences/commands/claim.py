"""Draft an honest sentence about a figure, or list the verdicts on public statements.

    offences claim "offences in Wales 2017/18:2022/23"    a sentence at three lengths
    offences claim "change in Wales 2017/18:2022/23"
    offences claim "share of Snapchat in UK 2023/24"
    offences claim "share of girls in England and Wales 2017/18:2020/21"
    offences claim Wales --ledger                         the verdicts, a sentence each

Exit status: 0 when it was done, 2 when what was asked for is wrong.
"""

from __future__ import annotations

import argparse
import sys
import textwrap

from offences.analysis.parameters import checked
from offences.claims import drafts, ledger, verdicts
from offences.claims.languages import LANGUAGES, Language, read_phrases
from offences.claims.statements import read_claims
from offences.commands import options
from offences.errors import OffencesError
from offences.project import Project
from offences.releases.clean import clean
from offences.releases.load import load

_LENGTHS = {1: "short", 2: "longer", 3: "whole"}


def main(arguments: list[str] | None = None, prog: str | None = None) -> int:
    """Run the command line and return its exit status."""
    asked = _parser(prog).parse_args(arguments)
    try:
        project = Project.find()
        print(_ledger(project, asked) if asked.ledger else _draft(project, asked))
    except OffencesError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser(prog: str | None) -> argparse.ArgumentParser:
    parser = options.parser(prog, __doc__)
    parser.add_argument(
        "what",
        help="'offences in Wales 2017/18:2022/23', 'change in ...', 'share of Snapchat in ...'; "
        "with --ledger a region",
    )
    parser.add_argument(
        "--ledger", action="store_true", help="the verdicts on public statements about a region"
    )
    options.add_as_of_and_scheme(parser)
    return parser


def _draft(project: Project, given: argparse.Namespace) -> str:
    """Return the drafts of three lengths in both languages."""
    loaded = load(project)
    what = drafts.asked(project, loaded, given.what, as_of=given.as_of, scheme=given.scheme)
    cleaned = clean(project, loaded, what.request.day)
    parts = drafts.draft(what, cleaned)
    phrases = read_phrases(project)
    lines = [what.request.in_words()]
    for name in LANGUAGES:
        language = Language(name, phrases)
        lines += ["", name.capitalize() if name == "english" else "Cymraeg"]
        for length, label in _LENGTHS.items():
            said = drafts.written(parts, language, length)
            lines.append(
                textwrap.fill(said, 96, initial_indent=f"  {label:<7} ", subsequent_indent=" " * 10)
            )
    if language.unreviewed:
        used = {"number": language.unreviewed, "expected": len(language.used)}
        lines += ["", textwrap.fill(Language("english", phrases).say("unreviewed", **used), 96)]
    return "\n".join(lines)


def _ledger(project: Project, given: argparse.Namespace) -> str:
    """Return the verdict on each statement about a region, in a sentence."""
    loaded = load(project)
    request = checked(project, loaded, region=given.what, as_of=given.as_of, scheme=given.scheme)
    claims = ledger.about(read_claims(project, loaded), request.place, request.day)
    if not claims:
        return f"No statement about {request.title} known by then is in the ledger."
    known = clean(project, loaded, request.day)
    lines = [f"{request.title}; {request.known_in_words}"]
    for claim in claims:
        judged = verdicts.judge(claim, known)
        lines += ["", f"{claim.source.publisher}, {claim.source.published_on}: {judged.verdict}"]
        lines += textwrap.wrap(judged.sentence, 96, initial_indent="  ", subsequent_indent="  ")
    return "\n".join(lines)

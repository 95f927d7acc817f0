"""Review a run that somebody else made: check it, compare it with another, sign it.

    offences review check   figures/wales/latest-1a2b3c4d
    offences review compare figures/wales/2023-08-15-5e6f7a8b figures/wales
    offences review sign    figures/wales/latest-1a2b3c4d --name "..." --role "..."

A folder that holds runs, as figures/wales, stands for its latest one. Exit status: 0 when all
is well, 1 when a check is red, 2 when what was asked for is wrong.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from offences.commands import options
from offences.errors import OffencesError
from offences.project import Project
from offences.runs import run_page, signatures, store
from offences.runs.run_folder import REVIEW, RunFolder
from offences.tables import rows_of

_SHOWN = 15


def main(arguments: list[str] | None = None, prog: str | None = None) -> int:
    """Run the command line and return its exit status."""
    asked = _parser(prog).parse_args(arguments)
    try:
        project = Project.find()
        run = _run(project, asked.run)
        if asked.what == "sign":
            today = datetime.date.today()
            signed = signatures.sign(project, run, asked.name, asked.role, today)
            run_page.write_again(project, run)
            print(f"{signed.run}: {signatures.state(project, run)}")
            print(f"To keep the signature in the repository: git add {signatures.SIGNATURES}")
            return 0
        if asked.what == "compare":
            return _compare(project, run, _run(project, asked.other))
        return _check(project, run)
    except OffencesError as error:
        print(error, file=sys.stderr)
        return 2


def _check(project: Project, run: RunFolder) -> int:
    from offences.review.checks import Check, check

    colours = {True: "\033[32m", False: "\033[31m"} if sys.stdout.isatty() else {}

    def tell(one: Check) -> None:
        word = "ok " if one.holds else "RED"
        colour, plain = (colours[one.holds], "\033[0m") if colours else ("", "")
        print(f"{colour}{word}{plain}  {one.asks}  {one.said}", flush=True)

    done = check(project, run, tell)
    red = sum(not one.holds for one in done)
    print(f"{run}: {len(done) - red} of {len(done)} checks hold; {signatures.state(project, run)}")
    print(f"Written to {run}/{REVIEW}.")
    return 1 if red else 0


def _compare(project: Project, before: RunFolder, after: RunFolder) -> int:
    from offences.review import compare as comparison
    from offences.review import compare_page

    found = comparison.compare(project, before, after)
    home = after.path.parent
    folder = home / f"{before.path.name}-then-{after.path.name}"
    page = compare_page.write(found, home.name.replace("-", " ").title(), folder)
    print(found.in_words())
    print(f"{len(found.changes)} numbers and verdicts differ, the largest first:")
    for row in rows_of(found.changes.head(_SHOWN)):
        change = f"{row['before'] or 'none'} then {row['after'] or 'none'}"
        print(f"  {row['table']} {row['item']}, {row['column']}: {change}  ({row['cause']})")
    print(f"All of them, with charts side by side: {project.relative(page)} and "
          f"{comparison.CHANGES} beside it.")  # fmt: skip
    return 0


def _run(project: Project, given: str) -> RunFolder:
    """Return the run in a folder; the folder of a region means its latest run."""
    folder = Path(given)
    if not folder.is_absolute() and not folder.exists():
        folder = project.root / given
    folder = folder.resolve()
    run = store.latest(folder) or RunFolder(folder)
    if not run.is_there:
        raise OffencesError(
            f"There is no run in {given!r}: give its folder, as figures/wales/latest-1a2b3c4d, "
            "or that of a region, as figures/wales."
        )
    if not folder.is_relative_to(project.root):
        raise OffencesError(f"{given!r} is not in this project: run this from its checkout.")
    return run


def _parser(prog: str | None) -> argparse.ArgumentParser:
    parser = options.parser(prog, __doc__)
    commands = parser.add_subparsers(dest="what", required=True, metavar="check | compare | sign")
    check = commands.add_parser("check", help="is the run what it says it is?")
    check.add_argument("run", help="folder of the run")
    compare = commands.add_parser("compare", help="what changed between two runs, and why?")
    compare.add_argument("run", help="folder of the earlier run")
    compare.add_argument("other", help="folder of the later run")
    sign = commands.add_parser("sign", help="put your name to a run")
    sign.add_argument("run", help="folder of the run")
    sign.add_argument("--name", required=True, help="who signs")
    sign.add_argument("--role", required=True, help="as what: analyst, reviewer, editor ...")
    return parser

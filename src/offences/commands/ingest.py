"""Take in a round of returns: a folder with what forces sent.

    offences ingest check   FOLDER                   what would be read, what is set aside and why
    offences ingest accept  FOLDER --by "A. Analyst" accept the readings shown, write the figures
    offences ingest queries FOLDER                   questions to send back, force by force
    offences ingest decide  "tha ghost app" --platform Snapchat --by "A. Analyst"
    offences ingest count   PARTS --out COUNTS.csv   platforms in parts of one offence a row
    offences ingest measure                          precision and recall on the labelled strings

Exit status: 0 when all is read, 1 when something waits for a person, 2 when what was asked for
is wrong.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import sys
from pathlib import Path

from tqdm import tqdm

from offences.errors import OffencesError
from offences.project import Project
from offences.reference.places import Places
from offences.reference.platforms import Platforms
from offences.returns.round import accept, as_release, overview, return_queries
from offences.returns.round.rounds import File, Round, count, open_round, read_round
from offences.returns.settle.bulk_counts import count_platforms
from offences.returns.settle.platform_names import decide, measure, read_attributor
from offences.returns.settle.settle import settle
from offences.tables import write

_LABELLED = Path("tests/labelled/free_text.csv")


def main(arguments: list[str] | None = None, prog: str | None = None) -> int:
    """Run the command line and return its exit status."""
    asked = _parser(prog).parse_args(arguments)
    try:
        project = Project.find()
        if asked.what == "measure":
            return _measure(project)
        if asked.what == "count":
            counts = count_platforms(asked.parts, read_attributor(project))
            write(counts, asked.out)
            print(f"{len(counts):,} counts by force, period and platform in {asked.out.name}")
            return 0
        if asked.what == "decide":
            today = datetime.date.today()
            decide(project, asked.spelling, asked.platform, asked.by, today)
            named = asked.platform or "no platform"
            print(f"{asked.spelling!r} names {named}, decided by {asked.by} on {today}.")
            return 0
        around = open_round(project, asked.folder, Places.read(project))
        return {"check": _check, "accept": _accept, "queries": _queries}[asked.what](
            project, around, asked
        )
    except OffencesError as error:
        print(error, file=sys.stderr)
        return 2


def _parser(prog: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=prog,
        description=__doc__,
        allow_abbrev=False,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    commands = parser.add_subparsers(dest="what", required=True)
    for name in ("check", "accept", "queries"):
        command = commands.add_parser(name, allow_abbrev=False)
        command.add_argument("folder", type=Path, help="the folder with what forces sent")
        if name == "accept":
            command.add_argument("--by", required=True, help="who looked at the readings")
            command.add_argument(
                "--file", action="append", default=[], help="only this file; can be repeated"
            )
    command = commands.add_parser("decide", allow_abbrev=False)
    command.add_argument("spelling", help="as typed in a return")
    command.add_argument("--platform", default="", help="what it names; left out: no platform")
    command.add_argument("--by", required=True, help="who decides")
    command = commands.add_parser("count", allow_abbrev=False)
    command.add_argument("parts", type=Path, nargs="+", help="csv or parquet: force, period, means")
    command.add_argument("--out", type=Path, required=True, help="where the counts are written")
    commands.add_parser("measure", allow_abbrev=False)
    return parser


def _read(project: Project, around: Round) -> list[File]:
    """Return what becomes of each file, with a progress bar where there is a terminal."""
    places = Places.read(project)
    each = read_round(project, around, places)
    total = count(around.folder)
    return list(tqdm(each, total=total, unit="file", leave=False, disable=None))


def _check(project: Project, around: Round, asked: argparse.Namespace) -> int:
    files = _read(project, around)
    attributor = read_attributor(project)
    for file in files:
        print(overview.file_lines(file))
    print()
    for line in overview.unmatched_lines(files, attributor, Platforms.read(project)):
        print(line)
    print(f"\n{overview.summary(around, files, attributor)}")
    return int(any(file.state != "accepted" for file in files))


def _accept(project: Project, around: Round, asked: argparse.Namespace) -> int:
    today = datetime.date.today()
    known = {file.path.name: file for file in _read(project, around)}
    for name in asked.file:
        if name not in known:
            raise OffencesError(f"{name}: there is no such file in {around.folder.name}.")
    for name, file in known.items():
        if name in asked.file or (not asked.file and file.state == "recognised"):
            print(f"accepted {accept.accept(file, asked.by, today).name}")
    files = _read(project, around)
    attributor = read_attributor(project)
    cells = [cell for file in files if file.state == "accepted" for cell in file.cells]
    figures = settle(cells, attributor)
    folder = accept.write_settled(around, files, figures, attributor)
    print(f"\n{overview.summary(around, files, attributor)}")
    print(f"\n{len(figures):,} figures in {folder.parent.name}/{folder.name}/figures.csv")
    if around.about.public and around.about.month and not around.about.simulated:
        made = folder / "release"
        places = Places.read(project)
        number = as_release.write_release(around, files, figures, places, made)
        print(f"{number:,} of them as a release in {made.relative_to(around.folder.parent)}:")
        print("copy that folder into data/raw under a name of its own, then make describe")
    return int(any(file.state != "accepted" for file in files))


def _queries(project: Project, around: Round, asked: argparse.Namespace) -> int:
    files = _read(project, around)
    cells = [cell for file in files for cell in file.cells]
    figures = settle(cells, read_attributor(project))
    open_ones = return_queries.questions(around, files, figures)
    print("\n\n".join(return_queries.letter(around, force, q) for force, q in open_ones.items()))
    return 0


def _measure(project: Project) -> int:
    attributor = read_attributor(project)
    with (project.root / _LABELLED).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for half, what in (("tune", "rules were tuned on"), ("held", "kept for measuring")):
        labelled = [
            (row["text"], frozenset(filter(None, row["platforms"].split("|"))))
            for row in rows
            if row["half"] == half
        ]
        done = measure(attributor, labelled)
        print(
            f"{done.strings} strings {what}: precision {done.precision:.3f}, "
            f"recall {done.recall:.3f}"
        )
    return 0

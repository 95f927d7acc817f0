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
import datetime
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from offences.commands import options
from offences.errors import OffencesError
from offences.project import Project
from offences.reference.vocabulary import Vocabulary
from offences.returns.round import accept, as_release, overview, return_queries
from offences.returns.round.rounds import (
    FileState,
    ReturnFile,
    Round,
    count_files,
    open_round,
    read_round,
)
from offences.returns.settle.accuracy import accuracy, read_labelled
from offences.returns.settle.bulk_counts import count_platforms
from offences.returns.settle.decisions import decide
from offences.returns.settle.platform_names import Attributor, read_attributor
from offences.returns.settle.settle import settle
from offences.tables import write
from offences.text import upper_first

_STEPS = {
    "check": "say what would be read, what is set aside and why",
    "accept": "accept the readings shown, and write the figures",
    "queries": "print questions to send back, force by force",
    "decide": "record which platform a spelling names, or that it names none",
    "count": "count platforms in parts of one offence a row",
    "measure": "measure precision and recall on the labelled strings",
}


def main(arguments: list[str] | None = None, prog: str | None = None) -> int:
    """Run the command line and return its exit status."""
    asked = _parser(prog).parse_args(arguments)
    try:
        project = Project.find()
        vocabulary = Vocabulary.read(project)
        if asked.what == "decide":
            return _decide(project, vocabulary, asked.spelling, asked.platform, asked.by)
        attributor = read_attributor(project, vocabulary.platforms)
        if asked.what == "count":
            return _count(attributor, asked.parts, asked.out)
        if asked.what == "measure":
            return _measure(project, attributor)
        opened = open_round(project, asked.folder, vocabulary.places)
        intake = _Intake(project, vocabulary, attributor, opened)
        if asked.what == "check":
            return intake.check()
        if asked.what == "accept":
            return intake.accept(asked.by, asked.file)
        return intake.queries()
    except OffencesError as error:
        print(error, file=sys.stderr)
        return 2


def _parser(prog: str | None) -> argparse.ArgumentParser:
    parser = options.parser(prog, __doc__)
    subparsers = parser.add_subparsers(dest="what", required=True)
    steps = {
        name: subparsers.add_parser(
            name, help=what, description=f"{upper_first(what)}.", allow_abbrev=False
        )
        for name, what in _STEPS.items()
    }
    for name in ("check", "accept", "queries"):
        command = steps[name]
        command.add_argument("folder", type=Path, help="the folder with what forces sent")
        if name == "accept":
            command.add_argument("--by", required=True, help="who looked at the readings")
            command.add_argument(
                "--file", action="append", default=[], help="only this file; can be repeated"
            )
    command = steps["decide"]
    command.add_argument("spelling", help="as typed in a return")
    command.add_argument("--platform", default="", help="what it names; left out: no platform")
    command.add_argument("--by", required=True, help="who decides")
    command = steps["count"]
    command.add_argument("parts", type=Path, nargs="+", help="csv or parquet: force, period, means")
    command.add_argument("--out", type=Path, required=True, help="where the counts are written")
    return parser


@dataclass(frozen=True)
class _Intake:
    """What can be done with one round; each returns the exit status."""

    project: Project
    vocabulary: Vocabulary
    attributor: Attributor
    round: Round

    def check(self) -> int:
        files = self._read()
        for file in files:
            print(overview.file_lines(file))
        print()
        platforms = self.vocabulary.platforms
        for line in overview.unmatched_lines(files, self.attributor, platforms):
            print(line)
        print(f"\n{overview.round_summary(self.round, files, self.attributor)}")
        return _status(files)

    def accept(self, by: str, only: Sequence[str]) -> int:
        today = datetime.date.today()
        known = {file.path.name: file for file in self._read()}
        for name in only:
            if name not in known:
                folder = self.round.folder.name
                raise OffencesError(f"{name}: there is no such file in {folder}.")
        for name, file in known.items():
            if name in only or (not only and file.state is FileState.RECOGNISED):
                print(f"accepted {accept.accept(file, by, today).name}")
        files = self._read()
        cells = [cell for file in files if file.state is FileState.ACCEPTED for cell in file.cells]
        figures = settle(cells, self.attributor)
        settled = accept.write_settled(self.round, files, figures, self.attributor)
        print(f"\n{overview.round_summary(self.round, files, self.attributor)}")
        print(f"\n{len(figures):,} figures in {settled.parent.name}/{settled.name}/figures.csv")
        about = self.round.about
        if about.public and about.month and not about.simulated:
            made = settled / "release"
            places = self.vocabulary.places
            number = as_release.write_release(self.round, files, figures, places, made)
            print(
                f"{number:,} of them as a release in {made.relative_to(self.round.folder.parent)}:"
            )
            print("copy that folder into data/raw under a name of its own, then make describe")
        return _status(files)

    def queries(self) -> int:
        files = self._read()
        cells = [cell for file in files for cell in file.cells]
        asked = return_queries.questions(self.round, files, settle(cells, self.attributor))
        letters = [return_queries.letter(self.round, force, q) for force, q in asked.items()]
        print("\n\n".join(letters))
        return 0

    def _read(self) -> list[ReturnFile]:
        """Return what becomes of each file, with a progress bar where there is a terminal."""
        each = read_round(self.project, self.round, self.vocabulary.places)
        total = count_files(self.round.folder)
        return list(tqdm(each, total=total, unit="file", leave=False, disable=None))


def _status(files: Sequence[ReturnFile]) -> int:
    return int(any(file.state is not FileState.ACCEPTED for file in files))


def _decide(project: Project, vocabulary: Vocabulary, spelling: str, platform: str, by: str) -> int:
    today = datetime.date.today()
    decide(project, vocabulary.platforms, spelling, platform, by, today)
    print(f"{spelling!r} names {platform or 'no platform'}, decided by {by} on {today}.")
    return 0


def _count(attributor: Attributor, parts: Sequence[Path], out: Path) -> int:
    counts = count_platforms(parts, attributor)
    write(counts, out)
    print(f"{len(counts):,} counts by force, period and platform in {out.name}")
    return 0


def _measure(project: Project, attributor: Attributor) -> int:
    labelled = read_labelled(project)
    for half, what in (("tune", "rules were tuned on"), ("held", "kept for measuring")):
        done = accuracy(attributor, [one for one in labelled if one.half == half])
        print(
            f"{done.strings} strings {what}: precision {done.precision:.3f}, "
            f"recall {done.recall:.3f}"
        )
    return 0

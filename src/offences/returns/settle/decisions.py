"""What people decided about spellings that no rule explains, kept with who decided and when."""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata

from offences.errors import DataError, did_you_mean
from offences.project import Project
from offences.reference.platforms import Platforms
from offences.tables import read_rows

DECISIONS = "alias_decisions.csv"
DECISION_COLUMNS = ["spelling", "platform", "decided_by", "decided_on"]


def letters(spelling: str) -> str:
    """Return the letters and digits of a spelling: two that share them are one spelling."""
    plain = unicodedata.normalize("NFKC", spelling).casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


def read_decisions(project: Project, platforms: Platforms) -> dict[str, str]:
    """Return what people decided: the platform of each spelling, empty where it names none.

    Raises
    ------
    DataError
        When a decision names a platform that is not in the table, or nobody took it.
    """
    path = project.reference / DECISIONS
    file = project.relative(path)
    decided = {}
    for row in read_rows(project, path, DECISION_COLUMNS):
        platform = row.cells["platform"]
        if platform and platform not in platforms.kinds:
            problem = (
                f"unknown platform {platform!r}{did_you_mean(platform, platforms.kinds) or '.'}"
            )
            raise DataError(file, problem, row=row.line, column="platform")
        if not row.cells["decided_by"] or not row.cells["decided_on"]:
            raise DataError(file, "a decision needs who took it and when.", row=row.line)
        decided[row.cells["spelling"]] = platform
    return decided


def decide(
    project: Project,
    platforms: Platforms,
    spelling: str,
    platform: str,
    by: str,
    on: datetime.date,
) -> None:
    """Record once that a spelling names a platform, or (empty) none.

    Raises
    ------
    DataError
        When the spelling is decided already, or the platform is not known.
    """
    path = project.reference / DECISIONS
    file = project.relative(path)
    if letters(spelling) in map(letters, read_decisions(project, platforms)):
        raise DataError(file, f"{spelling!r} is decided already; change its row.")
    if platform and platform not in platforms.kinds:
        hint = did_you_mean(platform, platforms.kinds) or "; add it to platforms.csv first."
        raise DataError(file, f"unknown platform {platform!r}{hint}")
    if not by.strip() or not spelling.strip():
        raise DataError(file, "a decision needs a spelling and who decides.")
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerow(
            [spelling.strip(), platform, by.strip(), on.isoformat()]
        )

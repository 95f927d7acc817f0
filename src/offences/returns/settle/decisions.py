"""What people decided about spellings that no rule explains, kept with who decided and when."""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata
from typing import ClassVar

from offences.errors import DataError, did_you_mean
from offences.project import Project
from offences.reference.platforms import Platforms
from offences.tables import TableRow, Text, read_table

DECISIONS = "alias_decisions.csv"


class AliasDecision(TableRow):
    """One row of ``alias_decisions.csv``; ``platform`` is empty where a spelling names none."""

    key: ClassVar = ("spelling",)

    spelling: Text
    platform: str
    decided_by: Text
    decided_on: Text


def letters(spelling: str) -> str:
    """Return the letters and digits of a spelling: two that share them are one spelling."""
    plain = unicodedata.normalize("NFKC", spelling).casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


def read_decisions(project: Project, platforms: Platforms) -> dict[str, str]:
    """Return what people decided: the platform of each spelling, empty where it names none.

    Raises
    ------
    DataError
        When a decision names a platform that is not in the table, does not say who took it and
        when, or is about a spelling that is decided already.
    """
    rows = read_table(project, project.reference / DECISIONS, AliasDecision)
    for row in rows:
        row.require("platform", {"", *platforms.kinds}, "platform", "; add it to platforms.csv.")
    return {row.spelling: row.platform for row in rows}


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

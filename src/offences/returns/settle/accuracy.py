"""How well the rules attribute strings that a person labelled.

The rules were tuned on one half of the strings; the other half is kept for measuring.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from offences.project import Project
from offences.returns.settle.platform_names import Attributor
from offences.tables import Names, TableRow, Text, read_table

LABELLED = Path("tests/labelled/free_text.csv")
"""Where the labelled strings are, from the root of the project."""


class LabelledString(TableRow):
    """A string as an officer might type it, and what a person says it names.

    Attributes
    ----------
    half
        ``tune`` where the rules were tuned on it, ``held`` where it is kept for measuring.
    """

    key: ClassVar = ("text",)

    text: Text
    platforms: Names
    half: Literal["tune", "held"]


def read_labelled(project: Project) -> list[LabelledString]:
    """Return all labelled strings in the order of the file."""
    return read_table(project, project.root / LABELLED, LabelledString)


@dataclass(frozen=True)
class Accuracy:
    """How well labelled strings are attributed, over all (string, platform) pairs.

    Attributes
    ----------
    strings
        How many were labelled.
    right, wrong, missed
        Pairs found and labelled, found and not labelled, labelled and not found.
    """

    strings: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the platforms found that are labelled."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the platforms labelled that are found."""
        return self.right / (self.right + self.missed)


def accuracy(attributor: Attributor, labelled: Iterable[LabelledString]) -> Accuracy:
    """Compare what is attributed with what a person labelled."""
    pairs = [(set(attributor.named(one.text).platforms), set(one.platforms)) for one in labelled]
    return Accuracy(
        strings=len(pairs),
        right=sum(len(found & wanted) for found, wanted in pairs),
        wrong=sum(len(found - wanted) for found, wanted in pairs),
        missed=sum(len(wanted - found) for found, wanted in pairs),
    )

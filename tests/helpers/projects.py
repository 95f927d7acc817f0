"""Copies of the project that a test may break."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from offences.analysis.findings import Findings
from offences.analysis.headline import headline
from offences.analysis.parameters import Request
from offences.project import Project
from offences.releases.clean import Cleaned

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Run:
    """What a run would say, computed without notebooks."""

    request: Request
    found: Findings

    @property
    def cleaned(self) -> Cleaned:
        return self.found.known

    @property
    def force_years(self) -> pd.DataFrame:
        return self.found.force_years

    @cached_property
    def headline(self) -> pd.DataFrame:
        return headline(self.request, self.found)

    def row(self, name: str) -> pd.Series:
        return self.headline.set_index("name").loc[name]


def copied(target: Path) -> Project:
    """Return a project with copies of the data, notebooks and lock file."""
    for name in ("data/raw", "data/reference", "data/claims", "notebooks"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copyfile(ROOT / "requirements.lock", target / "requirements.lock")
    return Project(target.resolve())


def edit(path: Path, old: str, new: str) -> int:
    """Replace text that stands once in a file, and return the line it stood in."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1

"""Reviews of runs that a test may tamper with."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from helpers.projects import ROOT, copied
from offences.files import sha256
from offences.project import Project
from offences.review.checks import Check, check
from offences.runs import store
from offences.runs.run_folder import RunFolder

KEPT = store.renewed(Project(ROOT))

NAMES = {
    "manifest": "Is every file as the manifest says?",
    "inputs": "Are data, code and notebooks those it read?",
    "cells": "Did every cell run once, in order, without error?",
    "parameters": "Were the parameters asked for executed and read?",
    "shown": "Do the notebooks show the saved pictures?",
    "headline": "Do the headline numbers follow from the data?",
    "numbers": "Is every number in titles and words in the data?",
    "policy": "Does it keep to its disclosure policy?",
    "page": "Does the page show the run's files and who signed?",
    "outputs": "Does nbval reproduce the text outputs?",
    "data": "Are tables, charts' data and words the same again?",
    "pictures": "Is every chart, drawn again, the same bytes?",
}


def kept_run(region: str) -> Path:
    """Return the committed run of a region, by the name of its folder."""
    return next(folder for folder in KEPT if folder.parent.name == region)


def copy_of_wales(target: Path) -> Path:
    """Return a copy of the committed Wales run, in a project of its own."""
    wales = kept_run("wales")
    place = copied(target).figures / "wales" / wales.name
    shutil.copytree(wales, place)
    return place


def of(folder: Path) -> Project:
    """Return the project that holds a run."""
    return Project(folder.parents[2].resolve())


def checks(folder: Path) -> list[Check]:
    """Put every question to a run."""
    return check(of(folder), RunFolder(folder))


def quickly(folder: Path) -> list[Check]:
    """Check all that needs no notebook to be executed again."""
    return check(
        of(folder), RunFolder(folder), without=[NAMES[n] for n in ("outputs", "data", "pictures")]
    )


def red(done: list[Check]) -> set[str]:
    """Return the names of the checks that do not hold."""
    names = {asks: name for name, asks in NAMES.items()}
    return {names[one.asks] for one in done if not one.holds}


def reseal(folder: Path) -> None:
    """Make the manifest agree with the files, as somebody who tampers would."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["outputs"] = {name: sha256(folder / name) for name in manifest["outputs"]}
    path.write_text(json.dumps(manifest), encoding="utf-8")


def review(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``offences review`` in the project that holds a run, as a person would."""
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "review.py"), *arguments],
        cwd=of(folder).root,
        capture_output=True,
        text=True,
        check=False,
    )

"""The page of all runs, ``figures/index.html``: the latest run of each place."""

from __future__ import annotations

import math

from offences.analysis.headline import Quoted
from offences.analysis.parameters import NSPCC
from offences.project import Project
from offences.reference.places import Places
from offences.reference.statuses import PlaceKind, Status
from offences.runs import signatures, store
from offences.runs.pages import TEMPLATES
from offences.runs.run_folder import PAGE, RunFolder
from offences.text import as_count, as_least

_COLUMNS = ("place", "years", "offences reported", "force-years", "signed", "made", "version")


def write(project: Project) -> None:
    """Write the page.

    Nations and English regions are listed also when they have no run yet; forces and the
    charity's regions only with one.
    """
    places = Places.read(project)
    by_folder = {places.folder(p): p for s in ("ons", "nspcc") for p in places.runnable(s)}
    rows: list[dict[str, object]] = []
    for folder, place in by_folder.items():
        run = store.latest(project.figures / folder)
        title = places.typed(place) + (NSPCC if place.kind == PlaceKind.NSPCC_REGION else "")
        if run is not None:
            rows.append({"place": title, **_line(project, run)})
        elif place.kind in (PlaceKind.NATION, PlaceKind.ONS_REGION):
            rows.append({"place": title, "page": "", "cells": ["", "no run yet", "", "", "", ""]})
    page = TEMPLATES.get_template("all_runs.html").render(rows=rows, columns=_COLUMNS)
    temporary = project.figures / f".{PAGE}"
    temporary.write_text(page, encoding="utf-8")
    temporary.replace(project.figures / PAGE)


def _line(project: Project, run: RunFolder) -> dict[str, object]:
    """Return the address of a run's page, and what the columns after the first say of it."""
    offences = run.number(Quoted.OFFENCES_REPORTED)
    exact = run.status(Quoted.OFFENCES_REPORTED) == Status.REPORTED
    covered, expected = (
        run.number(Quoted.FORCE_YEARS_REPORTED, column) for column in ("numerator", "denominator")
    )
    return {
        "page": f"{run.path.parent.name}/{run.path.name}/{PAGE}",
        "cells": [
            run.manifest.parameters["years"].replace(":", " to "),
            "none printed" if math.isnan(offences) else as_least(offences, exact=exact),
            f"{as_count(covered)} of {as_count(expected)}",
            signatures.state(project, run),
            run.made.strftime("%-d %B %Y"),
            run.manifest.version,
        ],
    }

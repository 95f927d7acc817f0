"""The data package describes every table and field, and the data keep to it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Annotated

import frictionless
import pytest
from helpers.projects import ROOT
from pydantic import TypeAdapter, ValidationError

from offences.analysis.headline import HEADLINE_COLUMNS
from offences.claims import languages, wordings
from offences.describe import datapackage as dictionary
from offences.describe import readme
from offences.describe.datapackage import datapackage, read_dictionary
from offences.errors import DataError
from offences.project import Project
from offences.reference import measures, places, platforms
from offences.reference.statuses import PlaceKind, Status
from offences.releases import known_issues, layouts, load, sources
from offences.releases.load import UNMATCHED_COLUMNS
from offences.releases.schemas import OBSERVATIONS, SETTLED, VINTAGES


def test_what_describes_the_data_is_current(project: Project) -> None:
    texts = dictionary.written(project) | readme.written(project)
    for path, text in texts.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is stale: run make describe"


def test_the_data_package_validates() -> None:
    report = frictionless.Package(str(ROOT / "data" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "message"])[:10]


def _break(data: Path, path: str, text: str, *, sealed: bool) -> set[str]:
    """Return the kinds of error a copy of the package shows once ``path`` holds ``text``."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        target = data / resource["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / resource["path"], target)
        if not sealed:
            del resource["hash"], resource["bytes"]
    (data / path).write_text(text, encoding="utf-8")
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    report = frictionless.Package(str(data / "datapackage.json")).validate()
    return {row[0] for row in report.flatten(["type"])}


@pytest.mark.parametrize(
    ("path", "old", "new", "error"),
    [
        ("reference/known_issues.csv", ",offences,,", ",offenses,,", "foreign-key"),
        ("reference/known_issues.csv", ",flag,", ",flog,", "constraint-error"),
        ("reference/region_forces.csv", "ons,London,", "ons,Londn,", "foreign-key"),
        ("reference/forces.csv", "E23000026", "E23000036", "unique-error"),
        ("raw/nspcc-2023-08/figures.csv", ",count,", ",counts,", "constraint-error"),
        ("raw/nspcc-2023-08/figures.csv", ",2017/18..2022/23,", ",2017-22,", "constraint-error"),
        ("raw/nspcc-2024-11/sources.csv", ",rewrite,w", ",rewrite,v", "foreign-key"),
        ("raw/nspcc-2024-11/wales_force_by_year.csv", "2018/19", "2018/20", "incorrect-label"),
        ("raw/nspcc-2024-11/wales_force_by_year.csv", "Gwent", "North Wales", "primary-key"),
    ],
)
def test_a_broken_table_does_not_validate(
    tmp_path: Path, path: str, old: str, new: str, error: str
) -> None:
    text = (ROOT / "data" / path).read_text(encoding="utf-8")
    assert old in text
    assert error in _break(tmp_path, path, text.replace(old, new, 1), sealed=False)


def test_a_missing_column_does_not_validate(tmp_path: Path) -> None:
    path = "reference/measures.csv"
    with (ROOT / "data" / path).open(encoding="utf-8", newline="") as file:
        rows = [row[:1] + row[2:] for row in csv.reader(file)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    assert "missing-label" in _break(tmp_path, path, out.getvalue(), sealed=False)


@pytest.mark.parametrize(
    "path", ["raw/nspcc-2023-08/figures.csv", "raw/nspcc-2018-01/release.yaml"]
)
def test_a_raw_file_that_was_changed_does_not_validate(tmp_path: Path, path: str) -> None:
    text = (ROOT / "data" / path).read_text(encoding="utf-8")
    assert "hash-count" in _break(tmp_path, path, f"{text[:-1]} \n", sealed=True)


def test_every_file_is_a_resource_with_descriptions_and_terms(project: Project) -> None:
    resources = {r["path"]: r for r in datapackage(project)["resources"]}
    kept = (project.raw.glob("*/*"), project.reference.glob("*"), project.claims.glob("*"))
    files = [path for folder in kept for path in folder]
    assert set(resources) == {p.relative_to(project.root / "data").as_posix() for p in files}
    assert len({r["name"] for r in resources.values()}) == len(files)
    for path, resource in resources.items():
        assert resource["licenses"], path
        if path.endswith(".csv"):
            assert all(len(f["description"]) > 3 for f in resource["schema"]["fields"]), path
        if path.startswith("raw/"):
            assert resource["sources"], path
            assert all(s["path"].startswith("http") for s in resource["sources"]), path
    printed = resources["raw/nspcc-2024-11/south_east_force_by_year.csv"]["sources"]
    assert len(printed) == 1, "a printed table stands on one page"


def test_a_file_nobody_described_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("i*", "p*"))
    shutil.copy(ROOT / "data/reference/measures.csv", tmp_path / "data/reference/more.csv")
    for name in ("platforms.csv", "platform_groups.csv"):
        shutil.copy(ROOT / "data/reference" / name, tmp_path / "data/reference")
    with pytest.raises(DataError, match=r"more\.csv.*is not described"):
        datapackage(Project(tmp_path))


def test_the_made_tables_are_described_column_by_column(project: Project) -> None:
    made = read_dictionary(project).made
    for name, schema in (
        ("observations", OBSERVATIONS),
        ("vintages", VINTAGES),
        ("settled", SETTLED),
        ("revisions", VINTAGES),
        ("disagreements", OBSERVATIONS),
    ):
        assert list(made[name].fields) == list(schema.columns), name
        assert made[name].fields["status"].enum == list(Status), name
        assert made[name].fields["place_kind"].enum == list(PlaceKind), name
    for name, unique in (("vintages", VINTAGES.unique), ("settled", SETTLED.unique)):
        assert made[name].key == unique, name
    assert list(made["headline"].fields) == HEADLINE_COLUMNS
    assert list(made["unmatched"].fields) == UNMATCHED_COLUMNS


MODELS = {
    "figures": layouts.LoggedFigure,
    "sources": sources.Source,
    "forces": places.ForceRow,
    "regions": places.RegionRow,
    "region_forces": places.RegionForceRow,
    "measures": measures.Measure,
    "platforms": platforms.PlatformRow,
    "platform_groups": platforms.PlatformGroupRow,
    "ambiguous_words": platforms.AmbiguousWordRow,
    "names_set_aside": load.NameSetAside,
    "known_issues": known_issues.KnownIssue,
    "wordings": wordings.WordingRule,
    "phrases": languages.Phrase,
}


@pytest.mark.parametrize("name", MODELS)
def test_the_dictionary_says_of_a_table_what_its_rows_are_held_to(
    project: Project, name: str
) -> None:
    model, described = MODELS[name], read_dictionary(project).tables[name]
    assert model.columns() == list(described.fields)
    assert list(model.key) == described.key
    for column, field in described.fields.items():
        options = ["yes", "no"] if model.model_fields[column].annotation is bool else []
        several = column == "applies_to"  # an enumeration of cells would leave out count|share
        assert ([] if several else model.options(column) or options) == (field.enum or []), column


@pytest.mark.parametrize("name", MODELS)
def test_a_cell_that_may_not_be_empty_is_described_so(project: Project, name: str) -> None:
    model, described = MODELS[name], read_dictionary(project).tables[name]
    for column, field in described.fields.items():
        info = model.model_fields[column]
        adapter = TypeAdapter(Annotated[info.annotation, column, *info.metadata])
        try:
            adapter.validate_python("")
        except ValidationError:
            assert field.required, column
        else:
            # A round's own answers, which accepting makes a release of, may have no address.
            assert not field.required or column == "url", column

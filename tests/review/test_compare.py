"""Two runs compared: every number that changed, and the cause of each."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from helpers.projects import ROOT, copied, edit
from helpers.reviews import kept_run, of, review

from offences.analysis.parameters import checked
from offences.batch import batch
from offences.errors import OffencesError
from offences.project import Project
from offences.releases.load import load
from offences.review.compare import CHANGES_COLUMNS, Cause, compare, in_words
from offences.runs.run_folder import RunFolder

DAY = "2023-08-15"


def executed(project: Project, **parameters: str) -> Path:
    request = checked(project, load(project), region="Wales", **parameters)
    (result,) = batch.run(project, [request])
    assert result.state == "made", result.reason
    return project.root / result.folder


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Wales as known on the day of the broadcast, and the kept run."""
    project = copied(tmp_path_factory.mktemp("compare"))
    kept = kept_run("wales")
    now = project.figures / "wales" / kept.name
    then = executed(project, as_of=DAY)
    shutil.copytree(kept, now)
    return then, now


def change(table: pd.DataFrame, name: str, item: str, column: str) -> pd.Series:
    return table.set_index(["table", "item", "column"]).loc[(name, item, column)]


def test_what_was_known_on_the_day_explains_itself(runs: tuple[Path, Path]) -> None:
    then, now = runs
    found = compare(of(now), RunFolder(then), RunFolder(now))
    assert found.differing_inputs["parameters"] == [f"as_of {DAY} then latest"]
    assert set(found.differing_inputs) <= {"parameters", "claims"}
    total = change(found.changes, "headline", "offences_reported", "value")
    assert (total["before"], total["after"]) == ("626", "1753")
    assert "as_of; data/raw/nspcc-2024-11/wales_force_by_year.csv rows" in total["cause"]
    cell = change(found.changes, "force_by_year", "South Wales 2018/19", "value")
    assert cell["before"] == ""
    raw = ROOT / "data" / "raw" / "nspcc-2024-11" / "wales_force_by_year.csv"
    row = int(cell["cause"].rpartition(" row ")[2])
    assert raw.read_text(encoding="utf-8").splitlines()[row - 1].startswith("South Wales,158,140")
    assert list(found.changes.columns) == list(CHANGES_COLUMNS)


RAW = "data/raw/a/figures.csv"
AS_OF = "parameters: as_of"


@pytest.mark.parametrize(
    ("causes", "words"),
    [
        ([], ""),
        ([Cause("code and packages")], "code and packages"),
        ([Cause("raw data", RAW, 3)], f"raw data: {RAW} row 3"),
        ([Cause(AS_OF, RAW, 3)] * 2, f"parameters: as_of; {RAW} row 3"),
        ([Cause(AS_OF, RAW, row) for row in (3, 2)], f"parameters: as_of; {RAW} rows 3, 2"),
        (
            [Cause("raw data", RAW, row) for row in range(2, 9)],
            f"raw data: {RAW} rows 2, 3, 4, 5 and 3 more",
        ),
        (
            [Cause(AS_OF, RAW, 3), Cause("code"), Cause(AS_OF, "b.csv", 2), Cause(AS_OF, RAW, 4)],
            f"parameters: as_of; {RAW} rows 3, 4; code; parameters: as_of; b.csv row 2",
        ),
    ],
)
def test_causes_in_words(causes: list[Cause], words: str) -> None:
    assert in_words(causes) == words


def test_the_same_run_has_no_changes(runs: tuple[Path, Path]) -> None:
    _, now = runs
    found = compare(of(now), RunFolder(now), RunFolder(now))
    assert found.changes.empty
    assert found.in_words() == "Nothing that went in differs."


def test_a_raw_file_that_changed_is_named_with_its_row(
    runs: tuple[Path, Path], tmp_path: Path
) -> None:
    project = copied(tmp_path)
    kept = project.figures / "wales" / runs[1].name
    shutil.copytree(runs[1], kept)
    table = project.raw / "nspcc-2024-11" / "wales_force_by_year.csv"
    edit(table, "Gwent,44,26,144,", "Gwent,44,27,144,")
    anew = executed(project)
    found = compare(project, RunFolder(kept), RunFolder(anew))
    assert found.differing_inputs["raw data"] == ["data/raw/nspcc-2024-11/wales_force_by_year.csv"]
    cell = change(found.changes, "force_by_year", "Gwent 2018/19", "status")
    assert cell["after"] == "disputed"
    assert cell["cause"] == "raw data: data/raw/nspcc-2024-11/wales_force_by_year.csv row 3"


def test_a_number_on_the_same_figures_is_laid_to_what_else_differs(
    runs: tuple[Path, Path], tmp_path: Path
) -> None:
    project = copied(tmp_path)
    kept, other = (project.figures / "wales" / name for name in (runs[1].name, "latest-00000000"))
    for folder in (kept, other):
        shutil.copytree(runs[1], folder)
    edit(other / "headline.csv", "platforms_named,23,23,23,", "platforms_named,24,24,24,")
    manifest = json.loads((other / "manifest.json").read_text(encoding="utf-8"))
    manifest["inputs"]["src/offences/analysis/platform_shares.py"] = "0" * 64
    manifest["packages"]["pandas"] = "2.0"
    (other / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    found = compare(project, RunFolder(kept), RunFolder(other))
    causes = set(found.changes["cause"])
    assert causes == {"code and packages"}
    assert found.differing_inputs["code"] == ["src/offences/analysis/platform_shares.py"]
    assert found.changes.iloc[0]["difference"] == 1


def test_the_command_line_writes_a_page_and_a_table(runs: tuple[Path, Path]) -> None:
    then, now = runs
    done = review(now, "compare", str(then), str(now))
    assert done.returncode == 0, done.stderr
    assert "as_of 2023-08-15 then latest" in done.stdout
    folder = now.parent / f"{then.name}-then-{now.name}"
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count("data:image/webp;base64,") >= 8
    assert "<script" not in page
    assert len(pd.read_csv(folder / "changes.csv")) > 50


def test_a_manifest_that_cannot_be_read_is_named(runs: tuple[Path, Path], tmp_path: Path) -> None:
    _, now = runs
    torn = tmp_path / "figures" / "wales" / "latest-00000000"
    torn.mkdir(parents=True)
    (torn / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(
        OffencesError, match=r"figures/wales/latest-00000000/manifest.json cannot be read"
    ):
        compare(of(now), RunFolder(torn), RunFolder(now))


def test_different_places_are_not_compared(runs: tuple[Path, Path]) -> None:
    _, now = runs
    uk = kept_run("uk")
    with pytest.raises(OffencesError, match="different places"):
        compare(of(now), RunFolder(now), RunFolder(uk))

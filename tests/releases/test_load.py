"""Loading: nothing dropped, nothing guessed, and errors that a person can act on."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.projects import edit

from offences.errors import DataError
from offences.files import checksums
from offences.project import Project
from offences.releases.load import Loaded, load

LOG = "data/raw/nspcc-2023-08/figures.csv"
TABLE = "data/raw/nspcc-2024-11/wales_force_by_year.csv"


def test_every_printed_cell_is_an_observation_or_set_aside(
    project: Project, loaded: Loaded
) -> None:
    cells = 0
    for path in project.raw.glob("*/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        if path.name == "figures.csv":
            cells += len(rows)
        elif path.name != "sources.csv":
            cells += sum(len(row) - 1 for row in rows)
    assert len(loaded.observations) + len(loaded.set_aside) == cells


def test_every_observation_can_be_traced_to_its_row_and_page(
    project: Project, loaded: Loaded
) -> None:
    pages = {
        f"{release.name}/{name}": source.url
        for release in loaded.releases
        for name, source in release.sources.items()
    }
    for row in loaded.observations.sample(60, random_state=1).itertuples():
        line = (project.root / row.file).read_text(encoding="utf-8").splitlines()[row.row - 1]
        assert row.printed.split(",")[0] in line
        assert pages[row.source].startswith("http")


def test_what_a_person_set_aside_is_listed_with_the_reason(loaded: Loaded) -> None:
    assert list(loaded.set_aside["place"]) == ["West of England (BBC 'the west')"]
    assert loaded.set_aside["why"].str.len().min() > 10


BROKEN: list[tuple[str, str, str, str, list[str]]] = [
    (
        "negative count in a log",
        LOG,
        "2017/18..2022/23,offences,,983,",
        "2017/18..2022/23,offences,,-983,",
        ["row ", "'printed'", "below zero"],
    ),
    (
        "negative count in a table",
        TABLE,
        "Gwent,44",
        "Gwent,-44",
        ["row 3", "'2017/18'", "below zero"],
    ),
    (
        "duplicated force",
        TABLE,
        "North Wales,53",
        "Gwent,53",
        ["row 4", "'Gwent' is already in row 3"],
    ),
    ("unknown force", TABLE, "Gwent,44", "Gwnet,44", ["row 3", "'Gwnet'", "did you mean 'Gwent'"]),
    ("unknown year", TABLE, "2018/19", "2018/20", ["row 2", "'2018/20'", "'2018/19' may be meant"]),
    (
        "missing column",
        LOG,
        "subject,printed",
        "subject,prnted",
        ["row 1", "'printed'", "did you mean 'prnted'"],
    ),
    ("a comma too many", TABLE, "Gwent,44", "Gwent,,44", ["row 3", "9 cells, the header 8"]),
    (
        "unknown measure",
        "data/raw/nspcc-2019-10/figures.csv",
        "offences",
        "offenses",
        ["row 2", "'measure'", "did you mean 'offences'"],
    ),
    (
        "unknown source",
        "data/raw/nspcc-2019-10/figures.csv",
        "east-anglian",
        "east-anglia",
        ["row 2", "'source'", "did you mean"],
    ),
    (
        "a share as a count",
        "data/raw/nspcc-2019-10/figures.csv",
        "count",
        "percent",
        ["row 2", "'unit'", "in count"],
    ),
    (
        "unknown layout key",
        "data/raw/nspcc-2024-11/uk_by_year.yaml",
        "unit: count",
        "unti: count",
        ["uk_by_year.yaml", "unti"],
    ),
]


@pytest.mark.parametrize(("case", "file", "old", "new", "said"), BROKEN, ids=[b[0] for b in BROKEN])
def test_bad_input_is_named_with_file_row_and_column(
    copy: Project, case: str, file: str, old: str, new: str, said: list[str]
) -> None:
    edit(copy.root / file, old, new)
    with pytest.raises(DataError) as error:
        load(copy)
    message = str(error.value)
    assert message.startswith(file.rsplit("/", 1)[0]), message
    for part in said:
        assert part in message, message


def _cut(at: float) -> Callable[[bytes], bytes]:
    return lambda data: data[: int(len(data) * at)]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_cut(0.5), "cut short|cells, the header"),
        (_cut(0.99), "cut short|cells, the header"),
        (lambda data: data[:-1], "cut short"),
        (lambda data: data + b"\0\n", "NUL byte"),
        (lambda data: data.replace(b"Gwent", b"Gw\xe9nt"), "UTF-8"),
        (lambda data: b"", "the file is empty"),
    ],
    ids=["half", "nearly all", "last newline", "NUL", "Latin-1", "empty"],
)
def test_a_damaged_file_is_refused(
    copy: Project, harm: Callable[[bytes], bytes], said: str
) -> None:
    path = copy.root / TABLE
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(DataError, match=said) as error:
        load(copy)
    assert TABLE in str(error.value)


def test_names_that_match_nothing_are_listed_for_a_person(copy: Project) -> None:
    edit(copy.root / TABLE, "Gwent,44", "Gwnet,44")
    with pytest.raises(DataError, match="unmatched.csv"):
        load(copy)
    with (copy.interim / "unmatched.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["printed"] for row in rows} == {"Gwnet"}
    assert {row["suggestions"] for row in rows} == {"Gwent"}


def test_yaml_is_data_and_never_executed(copy: Project, tmp_path: Path) -> None:
    path = copy.raw / "nspcc-2024-11" / "uk_by_year.yaml"
    marker = tmp_path / "executed"
    path.write_text(f"!!python/object/apply:pathlib.Path.touch [{marker}]\n", encoding="utf-8")
    with pytest.raises(DataError, match="well-formed YAML"):
        load(copy)
    assert not marker.exists()


def test_platforms_that_match_nothing_are_listed_too(copy: Project) -> None:
    figures = copy.raw / "nspcc-2018-06" / "figures.csv"
    row = edit(
        figures,
        "the-lincolnite,force,Lincolnshire,2017/18,platform_count,Facebook+Instagram+Snapchat,",
        "the-lincolnite,force,Lincolnshire,2017/18,platform_count,Facebook+Instagram+Snapchta,",
    )
    with pytest.raises(DataError, match=r"did you mean 'Snapchat'\? Correct the name"):
        load(copy)
    with (copy.interim / "unmatched.csv").open(encoding="utf-8", newline="") as file:
        (listed,) = csv.DictReader(file)
    assert listed == {
        "file": "data/raw/nspcc-2018-06/figures.csv",
        "row": str(row),
        "column": "subject",
        "what": "platform",
        "printed": "Facebook+Instagram+Snapchta",
        "suggestions": "Snapchat",
    }


def test_a_figure_typed_twice_from_one_page_is_refused(copy: Project) -> None:
    path = copy.root / "data/raw/nspcc-2019-10/figures.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{text.splitlines()[1]}\n", encoding="utf-8")
    with pytest.raises(DataError, match="row 3, column 'place': .* is already in .*, row 2"):
        load(copy)


def test_a_new_release_takes_no_code(copy: Project) -> None:
    folder = copy.raw / "nspcc-2027-11"
    folder.mkdir()
    (folder / "release.yaml").write_text(
        'title: SIMULATED release\nmonth: "2027-11"\ncovers: Wales\n', encoding="utf-8"
    )
    (folder / "sources.csv").write_text(
        "source,publisher,published_on,url,kind,rewrite_of,note\n"
        "simulated,SIMULATED,2027-11-02,https://example.org,simulated,,SIMULATED\n",
        encoding="utf-8",
    )
    (folder / "table.csv").write_text("Police Force,2026/27\nGwent,5\n", encoding="utf-8")
    (folder / "table.yaml").write_text(
        "source: simulated\nmeasure: offences\nunit: count\nrows: force\n", encoding="utf-8"
    )
    again = load(copy)
    assert str(again.years).endswith("2026/27")
    new = again.observations[again.observations["release"] == "nspcc-2027-11"]
    assert list(new["value"]) == [5]


def test_loading_changes_nothing_in_the_raw_data(project: Project) -> None:
    before = checksums(project, project.raw)
    load(project)
    assert checksums(project, project.raw) == before

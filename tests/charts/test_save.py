"""A chart is saved as four files: two pictures, the data drawn, and the words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from offences.charts.frame import page
from offences.charts.save import save, title


@pytest.fixture
def figure(run: Callable) -> Figure:
    """Return a page with a point on it."""
    with page(run().request, "A finding that is long enough to be broken " * 3, "F.", 2.0) as drawn:
        drawn.subplots().plot(1, 1, "o")
    return drawn


DATA = pd.DataFrame({"force": ["Gwent", "Kent"], "value": [44.0, None]})
WORDS = "Gwent recorded 44 offences & more. " * 5


def test_the_title_is_the_finding_on_one_line(figure: Figure) -> None:
    assert title(figure) == ("A finding that is long enough to be broken " * 3).strip()


def test_four_files_are_written_and_the_picture_is_returned(figure: Figure, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    picture = save(folder, "chart", figure, DATA, WORDS)
    assert picture == folder / "chart.png"
    assert sorted(path.name for path in folder.iterdir()) == [
        "chart.csv", "chart.png", "chart.svg", "chart.txt",
    ]  # fmt: skip
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_words_stand_beside_the_picture_and_inside_it(figure: Figure, tmp_path: Path) -> None:
    save(tmp_path, "chart", figure, DATA, WORDS)
    text = (tmp_path / "chart.txt").read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert max(map(len, text.splitlines())) <= 88
    assert " ".join(text.split()) == WORDS.strip()
    svg = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert WORDS.strip().replace("&", "&amp;") in svg
    assert f"<dc:title>{title(figure)}</dc:title>" in svg


def test_the_data_are_the_table_with_empty_cells_for_what_is_not_known(
    figure: Figure, tmp_path: Path
) -> None:
    save(tmp_path, "chart", figure, DATA, WORDS)
    lines = (tmp_path / "chart.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "force,value"
    assert lines[2] == "Kent,"
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "chart.csv"), DATA)


def test_saving_again_replaces_all_four(figure: Figure, tmp_path: Path) -> None:
    save(tmp_path, "chart", figure, DATA, WORDS)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    save(tmp_path, "chart", figure, DATA[:1], "Other words.")
    second = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert second["chart.png"] == first["chart.png"]
    assert second["chart.txt"] == b"Other words.\n"
    assert b"Kent" not in second["chart.csv"]
    assert second["chart.svg"] != first["chart.svg"]

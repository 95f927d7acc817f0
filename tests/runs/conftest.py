"""A small run made by hand, with all that readers of a run ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from offences.files import sha256
from offences.runs.run_folder import Manifest, RunFolder

FILES = {
    "headline.csv": "name,value,lower,upper,numerator,denominator,unit,status,note\n"
    "offences_reported,1753,1753,,,,offences,partial,\n"
    "force_years_reported,22,22,22,22,24,force-years,reported,\n",
    "change.csv": "force,value\nGwent,07\nKent,\n",
    "change.txt": "Gwent went from 97 to 159, twenty-\ntwo more.\n",
    "change.svg": "<svg><dc:title>Gwent &amp; Kent: up.</dc:title></svg>",
    "change.png": "picture",
    "bare.svg": "<svg></svg>",
    "notebooks/03_force_analysis.ipynb": "{}",
}


@pytest.fixture
def made(tmp_path: Path) -> RunFolder:
    """A whole run at figures/wales/latest-1a2b3c4d, with views beside it."""
    folder = tmp_path / "figures" / "wales" / "latest-1a2b3c4d"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    Manifest(
        version=folder.name,
        parameters={"region": "Wales", "years": "2017/18:2022/23", "as_of": "latest"},
        forces=["Gwent"],
        inputs={"data/raw/a.csv": "0" * 64},
        outputs={name: sha256(folder / name) for name in FILES},
        packages={"pandas": "3.0"},
        python="3.11",
    ).write(folder)
    for view in ("index.html", "review.json"):
        (folder / view).write_text("view", encoding="utf-8")
    return RunFolder(folder)

"""The architecture page: its picture and lists are those of the code, and the walks name code."""

from __future__ import annotations

import importlib
import re

from offences.describe import architecture
from offences.project import Project


def test_the_page_is_as_made_from_the_code_today(project: Project) -> None:
    for path, text in architecture.written(project).items():
        assert path.read_text(encoding="utf-8") == text, "run make describe"


def test_an_arrow_leads_from_what_is_used_to_its_user() -> None:
    lines = architecture.picture().splitlines()
    assert "    reference --> releases" in lines
    assert "    charts --> runs" in lines
    assert "    releases --> reference" not in lines


def test_an_arrow_that_follows_from_others_is_left_out() -> None:
    picture = architecture.picture()
    assert "reference --> analysis" not in picture, "it follows from releases --> analysis"
    assert "commands" not in picture


def test_every_module_is_listed_once_with_what_it_knows() -> None:
    pattern = r"^- `(\w+)`: (.+?)\.(?: \(|$)"
    listed = re.findall(pattern, architecture.list_of_packages(), flags=re.MULTILINE)
    modules = [
        path.stem
        for path in architecture.CODE.rglob("*.py")
        if path.stem not in ("__init__", "__main__")
    ]
    assert sorted(name for name, _ in listed) == sorted(modules)
    assert all(len(knows) > 15 for _, knows in listed)


def test_the_code_that_the_page_names_exists(project: Project) -> None:
    text = (project.root / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = (
        "reference|releases|evidence|returns|analysis|claims|charts|runs|execution|describe|batch"
        "|review|commands"
    )
    written = text[text.index("## Where does a line belong?") :]
    named = set(re.findall(rf"`((?:{rooms})(?:\.\w+)+)`", written))
    assert len(named) > 40
    for name in named:
        module, attributes = name, []
        while True:
            try:
                found = importlib.import_module(f"offences.{module}")
                break
            except ModuleNotFoundError:
                module, _, last = module.rpartition(".")
                attributes.insert(0, last)
        for attribute in attributes:
            found = getattr(found, attribute)

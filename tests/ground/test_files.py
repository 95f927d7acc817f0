"""YAML is data that keeps to a model, and a checksum tells whether a file was changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from offences.errors import DataError
from offences.files import checksums, read_yaml, sha256
from offences.project import Project


class Page(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    title: str
    year: int


@pytest.fixture
def folder(tmp_path: Path) -> Project:
    return Project(tmp_path.resolve())


def test_yaml_is_read_as_a_model(folder: Project) -> None:
    path = folder.root / "page.yaml"
    path.write_text("title: Almost 34,000\nyear: 2023\n", encoding="utf-8")
    assert read_yaml(folder, path, Page) == Page(title="Almost 34,000", year=2023)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: [", "is not well-formed YAML"),
        ("title: A\nyear: '2023'\n", "year: Input should be a valid integer"),
        ("title: A\nyear: 1\nmonth: 2\n", "month: Extra inputs are not permitted"),
        ("just a text\n", "the file: "),
    ],
)
def test_what_is_wrong_in_yaml_is_named_with_what_is_known(
    folder: Project, text: str, message: str
) -> None:
    path = folder.root / "page.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=f"^page.yaml: {message}"):
        read_yaml(folder, path, Page)


def test_a_missing_file_is_named(folder: Project) -> None:
    with pytest.raises(DataError, match=r"^page.yaml: cannot be read \(No such file"):
        read_yaml(folder, folder.root / "page.yaml", Page)


def test_checksums_are_of_every_file_below_by_path(folder: Project) -> None:
    inner = folder.root / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "c.txt").write_bytes(b"19,41,39\n")
    digest = hashlib.sha256(b"19,41,39\n").hexdigest()
    assert checksums(folder, folder.root / "a") == {"a/b/c.txt": digest}
    assert sha256(inner / "c.txt") == digest

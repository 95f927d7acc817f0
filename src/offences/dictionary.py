"""The data dictionary: what every table and field means, written out for machines and people.

``data/dictionary.yaml`` is the one home of the descriptions. From it come the Frictionless data
package ``data/datapackage.json`` and the field tables of ``data/README.md``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from offences.errors import DataError
from offences.marked import between
from offences.project import Project
from offences.sources import read_releases, read_yaml, sha256

BEGIN, END = "<!-- fields: begin, made by make describe -->", "<!-- fields: end -->"


class Field(BaseModel):
    """One field: its Frictionless type, its meaning with the unit, and its constraints."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["string", "number", "integer", "boolean", "date"]
    description: str
    required: bool | None = None
    unique: bool | None = None
    enum: list[str] | None = None
    pattern: str | None = None

    @property
    def constraints(self) -> dict[str, Any]:
        """Its constraints, as Frictionless names them."""
        return self.model_dump(exclude={"type", "description"}, exclude_none=True)


class Table(BaseModel):
    """One table, or several files laid out alike."""

    model_config = ConfigDict(extra="forbid")

    files: str
    title: str
    description: str
    fields: dict[str, Field]
    licence: str = ""
    key: str = ""
    header: bool = True
    references: dict[str, tuple[str, str]] = {}


class Dictionary(BaseModel):
    """All tables: those in the repository, and those that notebooks make."""

    model_config = ConfigDict(extra="forbid")

    terms: dict[str, dict[str, str]]
    package: dict[str, str]
    tables: dict[str, Table]
    made: dict[str, Table]


def read_dictionary(project: Project) -> Dictionary:
    """Read ``data/dictionary.yaml``."""
    return read_yaml(project, project.root / "data" / "dictionary.yaml", Dictionary)


def datapackage(project: Project) -> dict[str, Any]:
    """Return the Frictionless descriptor: one resource for each CSV file in the repository.

    Raises
    ------
    DataError
        When a CSV file under ``data/raw`` or ``data/reference`` is not described.
    """
    dictionary = read_dictionary(project)
    pages = {
        release.name: [
            {"title": f"{s.publisher}, {s.published_on}", "path": s.url}
            for s in release.sources.values()
        ]
        for release in read_releases(project)
    }
    data = project.root / "data"
    described: dict[Path, str] = {}
    for name, table in dictionary.tables.items():
        for path in sorted(data.glob(table.files)):
            described[path] = name
    for path in sorted([*project.raw.rglob("*.csv"), *project.reference.glob("*.csv")]):
        if path not in described:
            raise DataError(
                project.relative(path), "is not described: add it to data/dictionary.yaml."
            )
    resources = [
        _resource(dictionary, name, path, data, pages) for path, name in sorted(described.items())
    ]
    return {
        **dictionary.package,
        "profile": "data-package",
        "licenses": list(dictionary.terms.values()),
        "resources": resources,
    }


def _resource(
    dictionary: Dictionary,
    name: str,
    path: Path,
    data: Path,
    pages: dict[str, list[dict[str, str]]],
) -> dict[str, Any]:
    table = dictionary.tables[name]
    release = path.parent.name if path.is_relative_to(data / "raw") else ""
    schema: dict[str, Any] = {
        "fields": [
            {"name": n, "type": f.type, "description": f.description}
            | ({"constraints": f.constraints} if f.constraints else {})
            for n, f in table.fields.items()
        ]
    }
    if table.key:
        schema["primaryKey"] = [table.key]
    keys = {field: tuple(target) for field, target in table.references.items()}
    if name == "figures":
        keys = {"source": (f"{release}-sources", "source"), "measure": ("measures", "measure")}
    if keys:
        schema["foreignKeys"] = [
            {"fields": [f], "reference": {"resource": r.replace("_", "-"), "fields": [column]}}
            for f, (r, column) in keys.items()
        ]
    found: dict[str, Any] = {
        "name": f"{release}-{name}".strip("-").replace("_", "-"),
        "title": table.title,
        "description": table.description,
        "path": path.relative_to(data).as_posix(),
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
        "licenses": [dictionary.terms[table.licence]],
        "schema": schema,
    }
    if not table.header:
        found["dialect"] = {"header": False}
    if release:
        found["sources"] = pages[release]
    return found


def field_tables(project: Project) -> str:
    """Return the tables of fields for ``data/README.md``, in Markdown."""
    dictionary = read_dictionary(project)
    parts = []
    for table in [*dictionary.tables.values(), *dictionary.made.values()]:
        lines = [f"### {table.title}", "", f"`{table.files}`: {table.description}", ""]
        lines += ["| field | type | meaning |", "|---|---|---|"]
        for name, field in table.fields.items():
            allowed = field.constraints.get("enum")
            more = f" One of: {', '.join(allowed)}." if allowed else ""
            meaning = f"{field.description.rstrip('.')}.{more}".replace("|", "\\|")
            lines.append(f"| `{name}` | {field.type} | {meaning} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def written(project: Project) -> dict[Path, str]:
    """Return the text of each file that describes the data, as it should be, by path.

    Raises
    ------
    DataError
        When ``data/README.md`` lacks the two marks between which the field tables stand.
    """
    readme = project.root / "data" / "README.md"
    package = json.dumps(datapackage(project), indent=1, ensure_ascii=False)
    return {
        project.root / "data" / "datapackage.json": f"{package}\n",
        readme: between(project, readme, BEGIN, END, field_tables(project)),
    }

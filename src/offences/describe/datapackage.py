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
from offences.files import read_yaml, sha256
from offences.project import Project
from offences.releases.sources import read_releases

FIELDS_BEGIN, FIELDS_END = "<!-- fields: begin, made by make describe -->", "<!-- fields: end -->"


class DescribedField(BaseModel):
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


class DescribedTable(BaseModel):
    """One table, or several files laid out alike; a YAML file has no fields."""

    model_config = ConfigDict(extra="forbid")

    files: str
    title: str
    description: str
    fields: dict[str, DescribedField] = {}
    licences: list[str] = []
    key: list[str] = []
    header: bool = True
    references: list[tuple[list[str], str, list[str]]] = []


class _Layout(BaseModel):
    source: str


class Dictionary(BaseModel):
    """All that lies in the repository, and the tables that notebooks make."""

    model_config = ConfigDict(extra="forbid")

    terms: dict[str, dict[str, str]]
    package: dict[str, str]
    tables: dict[str, DescribedTable]
    made: dict[str, DescribedTable]


def read_dictionary(project: Project) -> Dictionary:
    """Read ``data/dictionary.yaml``."""
    return read_yaml(project, project.root / "data" / "dictionary.yaml", Dictionary)


def datapackage(project: Project) -> dict[str, Any]:
    """Return the Frictionless descriptor: one resource for each file of data in the repository.

    Raises
    ------
    DataError
        When a file under ``data/raw``, ``data/reference`` or ``data/claims`` is not described.
    """
    dictionary = read_dictionary(project)
    data = project.root / "data"
    described: dict[Path, DescribedTable] = {}
    for kind in dictionary.tables.values():
        for path in data.glob(kind.files):
            described.setdefault(path, kind)
    kept = {*project.raw.glob("*/*"), *project.reference.glob("*"), *project.claims.glob("*")}
    for path in sorted(kept - {*described}):
        problem = "is not described: add it to data/dictionary.yaml."
        raise DataError(project.relative(path), problem)
    releases = {release.name: release for release in read_releases(project)}
    resources = []
    for path, kind in sorted(described.items()):
        release = releases.get(path.parent.name)
        found = _file(path, data) | {"title": kind.title, "description": kind.description}
        found["licenses"] = [dictionary.terms[licence] for licence in kind.licences]
        if kind.fields:
            found |= _table(kind, path.parent.name if release else "")
        if release:
            found["title"] = f"{kind.title} ({release.title})"
            layout = path.with_suffix(".yaml")
            printed = path.stem != "release" and layout.exists()
            page = read_yaml(project, layout, _Layout).source if printed else ""
            found["sources"] = [
                {"title": f"{s.publisher}, {s.published_on}", "path": s.url}
                for s in release.sources.values()
                if page in ("", s.source)
            ]
        resources.append(found)
    return {
        **dictionary.package,
        "profile": "data-package",
        "licenses": list(dictionary.terms.values()),
        "resources": resources,
    }


def _file(path: Path, data: Path) -> dict[str, Any]:
    """Return what the descriptor says of any file."""
    csv = path.suffix == ".csv"
    parts = [*path.relative_to(data).parts[1:-1], path.stem, *([] if csv else ["yaml"])]
    return {
        "name": "-".join(parts).replace("_", "-").lower(),
        "path": path.relative_to(data).as_posix(),
        "type": "table" if csv else "file",
        "format": "csv" if csv else "yaml",
        "mediatype": "text/csv" if csv else "application/yaml",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
    }


def _table(table: DescribedTable, release: str) -> dict[str, Any]:
    """Return what the descriptor says of a table beside that: its fields, keys and dialect."""
    schema: dict[str, Any] = {
        "fields": [
            {"name": n, "type": f.type, "description": f.description}
            | ({"constraints": f.constraints} if f.constraints else {})
            for n, f in table.fields.items()
        ]
    }
    if table.key:
        schema["primaryKey"] = table.key
    if table.references:
        names = {"sources": f"{release}-sources"}
        schema["foreignKeys"] = [
            {"fields": own, "reference": {"resource": names.get(other, other), "fields": theirs}}
            for own, other, theirs in table.references
        ]
    found: dict[str, Any] = {"profile": "tabular-data-resource", "schema": schema}
    return found if table.header else found | {"dialect": {"header": False}}


def field_tables(project: Project) -> str:
    """Return the tables of fields for ``data/README.md``, in Markdown."""
    dictionary = read_dictionary(project)
    tables = {**dictionary.tables, **dictionary.made}
    parts = []
    for name, table in tables.items():
        lines = [f"### {table.title}", "", f"`{table.files}`: {table.description}", ""]
        if table.key:
            lines += [f"One row for each: `{'`, `'.join(table.key)}`.", ""]
        for own, other, _ in table.references:
            lines += [f"`{'`, `'.join(own)}`: must be in `{other}`.", ""]
        alike = next(n for n, t in tables.items() if t.fields == table.fields)
        if table.fields and alike != name:
            lines += [f"Fields as in: {tables[alike].title}.", ""]
        elif table.fields:
            lines += ["| field | type | meaning |", "|---|---|---|"]
            lines += [_row(n, field) for n, field in table.fields.items()]
        parts.append("\n".join(lines).rstrip())
    return "\n\n".join(parts)


def _row(name: str, field: DescribedField) -> str:
    more = f" One of: {', '.join(field.enum)}." if field.enum else ""
    more += " Never empty." if field.required else ""
    meaning = f"{field.description.rstrip('.')}.{more}".replace("|", "\\|")
    return f"| `{name}` | {field.type} | {meaning} |"


def written(project: Project) -> dict[Path, str]:
    """Return the text of each file that describes the data, as it should be, by path.

    Raises
    ------
    DataError
        When ``data/README.md`` lacks the two marks between which the field tables belong.
    """
    readme = project.root / "data" / "README.md"
    package = json.dumps(datapackage(project), indent=1, ensure_ascii=False)
    return {
        project.root / "data" / "datapackage.json": f"{package}\n",
        readme: between(project, readme, FIELDS_BEGIN, FIELDS_END, field_tables(project)),
    }


def between(project: Project, path: Path, begin: str, end: str, made: str) -> str:
    """Return the text of a page with all that is between the marks replaced.

    Raises
    ------
    DataError
        When one of the marks is not there exactly once.
    """
    text = path.read_text(encoding="utf-8")
    if text.count(begin) != 1 or text.count(end) != 1:
        raise DataError(project.relative(path), f"must hold {begin!r} and {end!r} once each.")
    head, rest = text.split(begin)
    return f"{head}{begin}\n\n{made}\n\n{end}{rest.split(end)[1]}"

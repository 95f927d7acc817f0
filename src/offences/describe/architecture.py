"""The picture of the packages: made from the imports, so that it cannot differ from the code."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

from offences.describe.datapackage import between
from offences.project import Project
from offences.runs.dependencies import import_graph
from offences.runs.versions import CODE

BEGIN, END = "<!-- packages: begin, made by make describe -->", "<!-- packages: end -->"
_GROUND = "ground"

Edges = set[tuple[str, str]]
"""Pairs of a package and one that it imports."""


def written(project: Project) -> dict[Path, str]:
    """Return the text of ``docs/architecture.md`` with its picture as it is now, by path."""
    path = project.root / "docs" / "architecture.md"
    made = f"{picture()}\n\n{list_of_packages()}"
    return {path: between(project, path, BEGIN, END, made)}


def picture() -> str:
    """Return the packages as a Mermaid diagram: an arrow leads to what is made from a package.

    Arrows that follow from others are left out, and those to and from the command line, which
    calls everything.
    """
    lines = ["```mermaid", "flowchart TB"]
    edges = {(user, used) for user, used in _imports() if user != "commands"}
    lines += [f"    {used} --> {user}" for user, used in sorted(_needed(edges))]
    return "\n".join([*lines, "```"])


def list_of_packages() -> str:
    """Return the packages, the lowest first, each with what it knows and its modules."""
    folders = [path.parent for path in CODE.glob("*/**/__init__.py")]
    folders.sort(key=lambda folder: (_height(folder.relative_to(CODE).parts[0]), folder))
    parts = [_listed(_GROUND, "What every room stands on", CODE)]
    for folder in folders:
        name = ".".join(folder.relative_to(CODE).parts)
        parts.append(_listed(f"`{name}`", _first_sentence(folder / "__init__.py"), folder))
    return "\n\n".join(parts)


def _listed(name: str, knows: str, folder: Path) -> str:
    """Return a package as a heading and a list of its modules with what each knows and offers."""
    lines = [f"### {name}", "", f"{knows}.", ""]
    for path in sorted(folder.glob("[a-z]*.py")):
        lines.append(f"- `{path.stem}`: {_first_sentence(path)}.{_offered(path)}")
    return "\n".join(lines).rstrip()


def _offered(path: Path) -> str:
    """Return the public classes and functions of a module, in brackets."""
    kinds = (ast.ClassDef, ast.FunctionDef)
    body = ast.parse(path.read_text(encoding="utf-8")).body
    names = [node.name for node in body if isinstance(node, kinds) and node.name[0] != "_"]
    return f" ({', '.join(f'`{name}`' for name in names)})" if names else ""


@lru_cache(maxsize=1)
def _imports() -> Edges:
    """Return which package imports which; the modules outside packages are one, the ground."""
    graph = import_graph()
    return {
        (_room(user), _room(used))
        for user in graph.modules - {"offences.__main__"}
        for used in graph.find_modules_directly_imported_by(user)
        if _room(user) != _room(used)
    }


def _room(module: str) -> str:
    """Return the package that a module lies in."""
    parts = module.split(".")[1:]
    return parts[0] if parts and (CODE / parts[0]).is_dir() else _GROUND


@lru_cache
def _height(package: str) -> int:
    """Return how many packages lie below one, on the longest way down to the ground."""
    return 1 + max((_height(used) for user, used in _imports() if user == package), default=0)


def _needed(edges: Edges) -> Edges:
    """Return the arrows that do not follow from others; there are no circles."""
    reached: dict[str, set[str]] = {}

    def below(package: str) -> set[str]:
        if package not in reached:
            direct = {used for user, used in edges if user == package}
            reached[package] = direct.union(*map(below, direct))
        return reached[package]

    return {
        (user, used)
        for user, used in edges
        if not any(used in below(other) for other in {o for u, o in edges if u == user} - {used})
    }


def _first_sentence(path: Path) -> str:
    """Return the first line of a module's docstring, without its full stop."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).rstrip(".").replace("``", "`")

"""Means of communication: the names of platforms, their parents, and groups as printed.

A subject is what a share or count is printed for: one platform (``Snapchat``), a parent company
(``Meta``), or a group (``Facebook+Instagram+Snapchat``). A group is one printed figure and is
never split into its members.
"""

from __future__ import annotations

from dataclasses import dataclass

from offences.errors import DataError, did_you_mean
from offences.project import Project
from offences.reference.places import normalise
from offences.tables import read_rows


@dataclass(frozen=True)
class Subject:
    """What a platform figure is about.

    Attributes
    ----------
    name
        As in the tables: canonical names joined by ``+``.
    kind
        ``platform``, ``parent`` or ``group``.
    members
        Canonical names of its parts; a platform is its own only member.
    """

    name: str
    kind: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Platforms:
    """Every platform, parent and group that the reference tables know.

    Attributes
    ----------
    parents, kinds
        Parent company and kind of each platform.
    groups
        Members of each group, by its printed name.
    aliases
        Platform of each name, by its normal form; ``spellings`` has them as listed.
    ambiguous
        What is enough for an ambiguous word to name a platform in free text: ``alone``,
        ``channel``, ``app`` or ``never``.
    """

    parents: dict[str, str]
    kinds: dict[str, str]
    groups: dict[str, tuple[str, ...]]
    aliases: dict[str, str]
    spellings: tuple[tuple[str, str], ...]
    ambiguous: dict[str, str]

    @classmethod
    def read(cls, project: Project) -> Platforms:
        """Read ``platforms.csv``, ``platform_groups.csv`` and ``ambiguous_words.csv``.

        Raises
        ------
        DataError
            When a platform stands twice.
        """
        path = project.reference / "platforms.csv"
        file = project.relative(path)
        parents: dict[str, str] = {}
        aliases: dict[str, str] = {}
        rows = read_rows(project, path, ["platform", "parent", "kind", "aliases", "source"])
        for row in rows:
            name = row.cells["platform"]
            if name in parents:
                raise DataError(file, f"{name!r} stands twice.", row=row.line, column="platform")
            parents[name] = row.cells["parent"]
            aliases[normalise(name)] = name
        for row in rows:
            for alias in filter(None, row.cells["aliases"].split("|")):
                aliases.setdefault(normalise(alias), row.cells["platform"])
        groups = {
            row.cells["printed"]: tuple(filter(None, row.cells["platforms"].split("|")))
            for row in read_rows(
                project, project.reference / "platform_groups.csv", ["printed", "platforms", "note"]
            )
        }
        ambiguous = {
            normalise(row.cells["word"]): row.cells["enough"]
            for row in read_rows(
                project,
                project.reference / "ambiguous_words.csv",
                ["word", "why_ambiguous", "enough"],
            )
        }
        kinds = {row.cells["platform"]: row.cells["kind"] for row in rows}
        spellings = tuple(
            (name, row.cells["platform"])
            for row in rows
            for name in (row.cells["platform"], *filter(None, row.cells["aliases"].split("|")))
        )
        return cls(parents, kinds, groups, aliases, spellings, ambiguous)

    def printed(self, text: str) -> Subject | None:
        """Return what a printed label names, or None when it or a part of it is not known.

        A word that is ambiguous on its own (``snap``, ``messenger``) names nothing here.
        """
        parts = text.split("+")
        if len(parts) > 1:
            subjects = [self.printed(part) for part in parts]
            if any(subject is None for subject in subjects):
                return None
            known = [subject for subject in subjects if subject]
            name = "+".join(subject.name for subject in known)
            return Subject(name, "group", tuple(m for subject in known for m in subject.members))
        if text in self.groups:
            return Subject(text, "group", self.groups[text])
        if text in self.parents.values():
            return Subject(text, "parent", (text,))
        if normalise(text) in self.ambiguous:
            return None
        platform = self.aliases.get(normalise(text))
        return Subject(platform, "platform", (platform,)) if platform else None

    def suggestions(self, text: str) -> list[str]:
        """Return known names that look like the parts of ``text``."""
        known = [*self.parents, *self.groups, *filter(None, self.parents.values())]
        hints = [did_you_mean(part, known) for part in text.split("+") if not self.printed(part)]
        return [
            hint.removeprefix(": did you mean ").rstrip("?").strip("'") for hint in hints if hint
        ]

    def parent_of(self, subject: Subject) -> str:
        """Return the one parent of all its members, or an empty string."""
        parents = {
            member if subject.kind == "parent" else self.parents.get(member, "")
            for member in subject.members
        }
        return parents.pop() if len(parents) == 1 else ""

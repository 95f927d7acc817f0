"""Means of communication: the names of platforms, their parents, and groups as printed.

A subject is what a share or count is printed for: one platform (``Snapchat``), a parent company
(``Meta``), or a group (``Facebook+Instagram+Snapchat``). A group is one printed figure and is
never split into its members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from offences.errors import nearest
from offences.project import Project
from offences.reference.places import normalise
from offences.tables import Names, TableRow, Text, read_table


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
        Platform of each name, by its normal form.
    spellings
        Each name as listed, with its platform.
    ambiguous
        What is enough for an ambiguous word to name a platform in free text; ``dictionary.yaml``
        says what each means.
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
            When one of them is wrong, or names something twice.
        """
        folder = project.reference
        rows = read_table(project, folder / "platforms.csv", PlatformRow)
        groups = read_table(project, folder / "platform_groups.csv", PlatformGroupRow)
        words = read_table(project, folder / "ambiguous_words.csv", AmbiguousWordRow)
        aliases = {normalise(row.platform): row.platform for row in rows}
        for row in rows:
            for alias in row.aliases:
                aliases.setdefault(normalise(alias), row.platform)
        return cls(
            {row.platform: row.parent for row in rows},
            {row.platform: row.kind for row in rows},
            {row.printed: row.platforms for row in groups},
            aliases,
            tuple((name, row.platform) for row in rows for name in (row.platform, *row.aliases)),
            {normalise(row.word): row.enough for row in words},
        )

    def printed(self, text: str) -> Subject | None:
        """Return what a printed label names, or None when it or a part of it is not known.

        A word that is ambiguous on its own (``snap``, ``messenger``) names nothing here.
        """
        if not text:
            return None
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
        parts = [part for part in text.split("+") if not self.printed(part)]
        return [name for part in parts for name in nearest(part, known)]

    def parent_of(self, subject: Subject) -> str:
        """Return the one parent of all its members, or an empty string."""
        parents = {
            member if subject.kind == "parent" else self.parents.get(member, "")
            for member in subject.members
        }
        return parents.pop() if len(parents) == 1 else ""


class PlatformRow(TableRow):
    """One row of ``platforms.csv``."""

    key: ClassVar = ("platform",)

    platform: Text
    parent: str
    kind: Text
    aliases: Names
    source: Text


class PlatformGroupRow(TableRow):
    """One row of ``platform_groups.csv``."""

    key: ClassVar = ("printed",)

    printed: Text
    platforms: Annotated[Names, Field(min_length=1)]
    note: str


class AmbiguousWordRow(TableRow):
    """One row of ``ambiguous_words.csv``."""

    key: ClassVar = ("word",)

    word: Text
    why_ambiguous: Text
    enough: Literal["alone", "alone or channel", "channel", "app", "beside", "never"]

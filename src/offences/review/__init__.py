"""Whether a run is what it says it is, and what changed between two.

In come the folders of runs; out come checks that hold or do not, changes with their causes, and
pages of them. Doors: ``checks`` and ``compare``.
"""

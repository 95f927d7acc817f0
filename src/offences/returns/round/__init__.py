"""A round as a whole: file by file, what was accepted, what to ask, and the release it becomes.

In comes a folder; out come files with their state, settled figures on disk, letters to forces and
a release folder. Doors: ``rounds`` and ``accept``.
"""

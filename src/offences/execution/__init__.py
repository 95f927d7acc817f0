"""Notebooks executed, each in a process of its own, and seen to have run to their end.

In come a notebook and parameters; out comes the executed notebook, or an error that names the
cell. Knows processes and kernels, nothing of figures. Doors: ``execute`` and ``processes``.
"""

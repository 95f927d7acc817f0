"""What a received file is, whether it is safe to open, and its tables as text.

In come files that nobody has looked at; out come grids of text, or the reason why a file is set
aside. Each is read in a process of its own. Door: ``isolation``.
"""

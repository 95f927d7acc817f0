"""Many runs: which are due and why, made side by side on this machine or on others.

In come requests; out come runs in their places, the results of a batch, and places side by side.
Doors: ``plan``, ``batch`` and ``results``.
"""

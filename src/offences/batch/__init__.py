"""Many runs: which are due and why, made side by side on this machine or on others.

In come requests; out come runs in their places, the record of how each ended, and places side by
side. Doors: ``plan`` and ``batch``.
"""

"""Returns as forces send them: from a folder of attachments to settled figures and a release.

A return is one force's answer to a freedom-of-information request, a round is a folder of them.
It passes through ``files``, ``cells``, ``settle`` and ``round`` in this order; ``simulated``
writes SIMULATED rounds to try them on. Door: ``round.rounds``.
"""

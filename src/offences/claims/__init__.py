"""Statements made in public, what their words allow, and whether the figures give them.

In come the ledger of ``data/claims`` and what is known by a day; out come verdicts with the rows
they rest on, and honest drafts in English and Welsh. Doors: ``statements``, ``ledger``, ``drafts``.
"""

"""The command line: ``offences run | review | claim | evidence | ingest | simulate | describe``.

In comes what a person types; out come lines on the terminal and an exit status. Thin: everything
that is computed lies below. Door: ``main``.
"""

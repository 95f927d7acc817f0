"""Reproducible analysis of recorded offences of sexual communication with a child in the UK.

Data flow one way, from the packages named first to those named last; each imports only from those
before it (``make lint`` holds them to it):

the ground (``errors``, ``project``, ``files``, ``tables``, ``text``), ``reference``, ``releases``,
``evidence``, ``returns`` and ``analysis``, ``claims``, ``charts``, ``runs``,
``execution`` and ``describe``, ``batch`` and ``review``, ``commands``.

``docs/architecture.md`` has the picture and says what each package knows.
"""

__version__ = "0.2.0"

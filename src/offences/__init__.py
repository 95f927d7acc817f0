"""Reproducible analysis of recorded offences of sexual communication with a child in the UK.

The modules, in the order in which the data flow; each imports only from those before it:

``errors``, ``project``, ``tables``, ``periods``, ``places``, ``cells``, ``sources``, ``layouts``,
``load``, ``parameters``, ``clean``, ``stages``, ``forces``, ``victims``, ``platforms``,
``headline``, ``words``, ``charts``, ``figures``, ``runs``, ``batch``.
"""

__version__ = "0.1.0"

"""Reproducible analysis of recorded offences of sexual communication with a child in the UK.

The modules, in the order in which the data flow; each imports only from those before it:

``errors``, ``project``, ``tables``, ``periods``, ``places``, ``cells``, ``wordings``, ``sources``,
``layouts``, ``means``, ``load``, ``disclosure``, ``parameters``, ``clean``, ``forces``,
``published``, ``victims``, ``platforms``, ``words``, ``questions``, ``readings``,
``change_readings``, ``share_readings``, ``quantities``, ``claims``, ``verdicts``, ``ledger``,
``phrases``, ``drafts``, ``headline``, ``page``, ``force_charts``, ``platform_charts``,
``claim_charts``, ``figures``, ``summary``, ``analysis``, ``runs``, ``signatures``, ``workbook``,
``crate``, ``report``, ``closing``, ``plan``, ``errands``, ``processes``, ``kernels``, ``shell``,
``execution``, ``preloaded``, ``batch``, ``cluster``; then what describes the data and checks our
own words: ``own_numbers``, ``marked``, ``dictionary``, ``readme``; then what reviews a run:
``recovery``, ``checks``, ``comparison``, ``comparison_page``.
"""

__version__ = "0.2.0"

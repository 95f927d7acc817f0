"""Returns as forces send them: from a folder of attachments to settled figures.

A return is one force's answer to a freedom-of-information request. The modules, in the order in
which a return passes through them; each imports only from those before it, and from the modules
of :mod:`offences` up to ``load``:

``grids``, ``containers``, ``formats``, ``received``; ``marks``, ``spans``, ``people``,
``declared``, ``runs_of_digits``, ``reading``, ``margins``, ``recognised``, ``folder``;
``free_text``, ``records``, ``settled``, ``send_back``, ``accepted``, ``release``,
``overview``; ``writers``,
``simulated_layouts``, ``simulated``.
"""

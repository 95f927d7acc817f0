"""A papermill engine that runs a notebook in an IPython shell of this very process.

No kernel is started and nothing goes over sockets: what costs seconds is paid by whoever prepared
the process. Outputs are those of a kernel, cell by cell. Use it in a process made for one
notebook (see ``processes``), else one notebook's state reaches the next.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import v4
from papermill.engines import Engine
from traitlets.config import Config

ENGINE = "offences-shell"
"""Name under which papermill knows it: an entry point of this package."""


class Outputs:
    """The outputs of a cell in the order in which they came."""

    def __init__(self) -> None:
        self.cells: list[Any] = []

    def add(self, kind: str, **content: Any) -> None:
        """Append one output; what is written to one stream in a row is one output."""
        last = self.cells[-1] if self.cells else None
        same = last is not None and last.output_type == kind == "stream"
        if last is not None and same and last.name == content["name"]:
            last.text += content["text"]
            return
        self.cells.append(v4.new_output(kind, **content))  # type: ignore[no-untyped-call]


class _Stream:
    """What stands in for stdout or stderr while a cell runs."""

    encoding = "utf-8"

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name = name
        self._outputs = outputs

    def write(self, text: str) -> int:
        if text:
            self._outputs.add("stream", name=self.name, text=text)
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        return False


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    """Return a bundle of representations as a kernel would send it: text and base64 only."""
    return dict(json_clean(encode_images(data)))  # type: ignore[no-untyped-call]


class _Results(DisplayHook):
    """Keeps what the last line of a cell is worth, as a kernel would send it."""

    _message: dict[str, Any]

    def start_displayhook(self) -> None:
        self._message = {}

    def write_output_prompt(self) -> None:
        self._message["execution_count"] = self.prompt_count

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        self._message["data"] = _clean(format_dict)
        self._message["metadata"] = md_dict or {}

    def finish_displayhook(self) -> None:
        if self._message.get("data"):
            shell: Any = self.shell
            shell.kept.add("execute_result", **self._message)


class _Displayed(DisplayPublisher):
    """Keeps what a cell displays."""

    def publish(  # type: ignore[override]
        self, data: dict[str, Any], metadata: dict[str, Any] | None = None, **_: Any
    ) -> None:
        self.shell.kept.add("display_data", data=_clean(data), metadata=metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        self.shell.kept.cells.clear()


class Shell(InteractiveShell):
    """An IPython shell whose outputs are kept, cell by cell."""

    kept: Outputs

    @classmethod
    def fresh(cls) -> Shell:
        """Return a shell without anything in it, and make it the one IPython knows."""
        InteractiveShell.clear_instance()
        settings = Config()
        settings.HistoryManager.enabled = False
        settings.InteractiveShell.cache_size = 1000
        settings.InteractiveShell.xmode = "Context"
        shell = cls.instance(
            config=settings, displayhook_class=_Results, display_pub_class=_Displayed
        )
        assert isinstance(shell, Shell)
        return shell

    def init_sys_modules(self) -> None:
        """Let ``__main__`` be the notebook's, as in a kernel."""
        super().init_sys_modules()  # type: ignore[no-untyped-call]
        sys.modules["__main__"] = self.user_module

    def run(self, source: str) -> tuple[list[Any], BaseException | None]:
        """Run a cell and return its outputs and what it raised, ``sys.exit`` included."""
        outputs = self.kept = Outputs()
        streams: Any = _Stream("stdout", outputs), _Stream("stderr", outputs)
        with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
            result = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        raised = result.error_before_exec or result.error_in_exec
        if raised is not None:
            self._outputs_of(raised, outputs)
        return outputs.cells, raised

    def showtraceback(self, *_: Any, **__: Any) -> None:
        """Print nothing: what was raised becomes an output."""

    showsyntaxerror = showtraceback

    def _outputs_of(self, raised: BaseException, outputs: Outputs) -> None:
        lines = self.InteractiveTB.structured_traceback(
            type(raised), raised, raised.__traceback__, tb_offset=1
        )
        outputs.add("error", ename=type(raised).__name__, evalue=str(raised), traceback=lines)


class ShellEngine(Engine):  # type: ignore[misc]
    """Papermill's engine interface over :class:`Shell`."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, started: Any = None, **_: Any
    ) -> Any:
        """Execute the cells in order up to the first that raises.

        Parameters
        ----------
        started
            Called with the number of each code cell, from 1, as it starts.
        """
        shell = Shell.fresh()
        number = 0
        keep, nb_man.save = nb_man.save, lambda **_: None  # papermill saves twice a cell
        for index, cell in enumerate(nb_man.nb.cells):
            nb_man.cell_start(cell, index)
            if cell.cell_type != "code" or not cell.source.strip():
                nb_man.cell_complete(cell, cell_index=index)
                continue
            number += 1
            keep()
            if started is not None:
                started(number)
            cell.execution_count = number
            cell.outputs, raised = shell.run(cell.source)
            if raised is not None:
                nb_man.cell_exception(cell, cell_index=index, exception=raised)
            nb_man.cell_complete(cell, cell_index=index)
            if raised is not None:
                break
        nb_man.save = keep
        return nb_man.nb

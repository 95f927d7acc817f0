"""Kernels forked with their imports done, for whatever talks to kernels: nbval, JupyterLab.

A provisioner of ``jupyter_client``, registered by its entry point. It serves Python kernels when
asked for by name, in a kernel specification or for all with the environment variable
``JUPYTER_DEFAULT_PROVISIONER_NAME=offences-warm``; any other kernel starts as ever.
"""

from __future__ import annotations

import os
from contextlib import suppress
from multiprocessing.process import BaseProcess
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from offences.execution.processes import after_fork, can_fork, context

PROVISIONER = "offences-warm"
_LAUNCHER = "ipykernel_launcher"


class _Forked:
    """A forked process that behaves like what ``subprocess`` starts."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self.pid = process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.pid is not None and self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()


class WarmProvisioner(LocalProvisioner):
    """Starts Python kernels by forking; where that cannot be, as the local provisioner does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel and return how to connect to it."""
        if _LAUNCHER not in cmd or not can_fork():
            return await super().launch_kernel(cmd, **kwargs)
        arguments = cmd[cmd.index(_LAUNCHER) + 1 :]
        process = context().Process(
            target=_kernel, args=(arguments, kwargs.get("cwd"), dict(kwargs.get("env") or {}))
        )
        process.start()
        self.process = _Forked(process)  # type: ignore[assignment]
        self.pid = process.pid
        self.pgid = None
        return self.connection_info


def _kernel(arguments: list[str], folder: str | None, environment: dict[str, str]) -> None:
    """Be a kernel, in this process, until it is shut down."""
    from ipykernel.kernelapp import IPKernelApp

    after_fork()
    os.environ.update(environment)
    # The kernel ends with the process that forked it.
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    if folder:
        os.chdir(folder)
    IPKernelApp.launch_instance(argv=arguments)

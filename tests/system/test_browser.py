"""Pages and notebooks as people see them: in a real browser, checked for accessibility."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from helpers.projects import ROOT, copied, edit
from playwright.sync_api import Browser, Page, sync_playwright

from offences.project import Project
from offences.runs import index_page, store
from offences.runs.run_folder import PAGE

pytestmark = pytest.mark.browser

KEPT = store.renewed(Project(ROOT))
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
MINUTE = 60_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, "there is no Chromium here: apt install chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of all runs, of a project that holds the kept ones."""
    project = copied(tmp_path_factory.mktemp("index"))
    for folder in KEPT:
        shutil.copytree(folder, project.figures / folder.parent.name / folder.name)
        (project.figures / folder.parent.name / "latest").write_text(f"{folder.name}\n")
    index_page.write(project)
    return project.figures / PAGE


def opened(browser: Browser, path: Path, size: str) -> tuple[Page, list[str]]:
    """Open a file, and collect what the browser complains of and what it asks for."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if _outside(request.url) else None)
    page.goto(path.as_uri())
    return page, said


def _outside(address: str) -> bool:
    return not address.startswith(("file:", "data:"))


def violations(page: Page) -> list[str]:
    found = Axe().run(page)["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("folder", KEPT, ids=lambda folder: folder.parent.name)
def test_the_page_of_a_run(browser: Browser, folder: Path, size: str, tmp_path: Path) -> None:
    page, said = opened(browser, folder / "index.html", size)
    assert said == []
    assert violations(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, "the page itself scrolls sideways"
    assert page.locator("img").count() >= 6
    sizes = page.eval_on_selector_all("img", "all => all.map(i => i.naturalWidth)")
    assert all(sizes), "a picture is broken"
    picture = tmp_path / "page.png"
    page.screenshot(path=picture, full_page=True)
    assert picture.stat().st_size > 50_000
    page.context.close()


def test_the_check_for_accessibility_can_fail(browser: Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    text = (KEPT[0] / "index.html").read_text(encoding="utf-8")
    bad.write_text(text.replace(' lang="en-GB"', "").replace("alt=", "data-alt="), "utf-8")
    page, _ = opened(browser, bad, "desk")
    found = " ".join(violations(page))
    assert "html-has-lang" in found
    assert "image-alt" in found
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_the_page_of_all_runs(browser: Browser, index: Path, size: str) -> None:
    page, said = opened(browser, index, size)
    assert said == []
    assert violations(page) == []
    page.get_by_role("link", name="Wales", exact=True).click()
    assert page.locator("h1").inner_text() == "Wales, 2017/18 to 2022/23"
    page.context.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, str]]:
    """A JupyterLab on a copy of the project, with Scotland asked for in notebook 3."""
    project = copied(tmp_path_factory.mktemp("lab"))
    shutil.copyfile(ROOT / "START.md", project.root / "START.md")
    shutil.copytree(ROOT / ".jupyterlab", project.root / ".jupyterlab")
    edit(
        project.notebooks / "03_force_analysis.ipynb",
        'region = \\"Wales\\"',
        'region = \\"Scotland\\"',
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = project.root / "jupyter"
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
         f"--port={port}", "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True",
         *_options_of_make_lab()],
        cwd=project.root,
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(own), "JUPYTERLAB_SETTINGS_DIR": str(own),
             "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=2)
            break
        except OSError:
            time.sleep(0.5)
    yield project, address
    server.terminate()
    server.wait(20)


def _options_of_make_lab() -> list[str]:
    """Return what ``make lab`` gives to JupyterLab."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    line = next(line for line in text.splitlines() if line.startswith("LAB :="))
    return line.removeprefix("LAB :=").split()


def _lab_page(browser: Browser, address: str, path: str) -> Page:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(f"{address}/{path}", wait_until="domcontentloaded")
    page.wait_for_function("window.jupyterapp !== undefined", timeout=2 * MINUTE)
    return page


def test_the_start_page_shows_the_notebooks(browser: Browser, lab: tuple[Project, str]) -> None:
    page = _lab_page(browser, lab[1], "")
    page.wait_for_selector(".jp-MarkdownViewer h1", timeout=MINUTE)
    shown = page.locator(".jp-MarkdownViewer")
    assert shown.locator("h1").inner_text().startswith("Start here")
    assert shown.locator("tbody tr").count() == len(list((ROOT / "notebooks").glob("*.ipynb")))
    page.context.close()


@pytest.mark.parametrize("name, pictures", [
    ("01_load", 0), ("02_clean", 0), ("03_force_analysis", 4),
    ("04_platform_attribution", 2), ("05_claims", 1),
])  # fmt: skip
def test_a_notebook_runs_in_jupyterlab(
    browser: Browser, lab: tuple[Project, str], name: str, pictures: int
) -> None:
    project, address = lab
    page = _lab_page(browser, address, f"lab/tree/notebooks/{name}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", state="attached", timeout=MINUTE)
    page.wait_for_function(
        "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
        timeout=2 * MINUTE,
    )
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(
        """() => {
            const cells = [...jupyterapp.shell.currentWidget.content.model.cells];
            const code = cells.filter(cell => cell.type === 'code');
            return code.every(cell => cell.executionCount > 0);
        }""",
        timeout=3 * MINUTE,
    )
    outputs = page.evaluate(
        """() => [...jupyterapp.shell.currentWidget.content.model.cells]
            .filter(cell => cell.type === 'code')
            .flatMap(cell => cell.outputs.toJSON())"""
    )
    assert [o for o in outputs if o["output_type"] == "error"] == []
    kinds = [kind for output in outputs for kind in output.get("data", {})]
    assert kinds.count("image/png") == pictures
    assert "text/html" in kinds, "tables render as tables"
    if name == "03_force_analysis":
        assert "Scotland" in str(outputs)
        assert (project.figures / "scotland" / "draft" / "force_by_year.png").is_file()
    page.context.close()

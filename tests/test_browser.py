"""The dashboard in a real browser: the map is drawn, an arrow's sentences are read, and nothing outside this machine is called."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

HERE = Path(__file__).parents[1]
CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs chromium and chromedriver (Debian: chromium chromium-driver)"),
]
FLAGS = "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-background-networking --disable-component-update --disable-sync --window-size=1280,1600"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard of the sample case on a free port."""
    folder = tmp_path_factory.mktemp("page")
    env = {k: v for k, v in os.environ.items() if not k.startswith("WHOM_")} | {"WHOM_CACHE": str(folder / "cache")}
    whom = [sys.executable, str(HERE / "whom.py")]
    subprocess.run([*whom, "demo", "--no-dashboard"], cwd=folder, env=env, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*whom, "dashboard", "--store", "whom-demo/whom.db", "--port", str(port)],
            cwd=folder,
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            for _ in range(120):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.5)
            else:
                pytest.fail((folder / "log").read_text(encoding="utf-8"))
            yield f"http://127.0.0.1:{port}/"
        finally:
            os.killpg(server.pid, 15)
            server.wait(20)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in [*FLAGS.split(), f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    yield driver
    driver.quit()


def wait(until: object, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not until():  # type: ignore[operator]
        assert time.monotonic() < end, "the page did not come"
        time.sleep(0.25)


def test_the_map_is_drawn_and_an_arrow_read(address: str, browser: object) -> None:
    from selenium.webdriver.common.by import By

    page = browser
    page.get(f"{address}?pair={quote('AWS → Parler')}")  # type: ignore[attr-defined]
    wait(lambda: page.find_elements(By.CSS_SELECTOR, "iframe"))  # type: ignore[attr-defined]
    wait(lambda: "AWS → Parler" in page.find_element(By.TAG_NAME, "body").text and page.find_elements(By.TAG_NAME, "mark"))  # type: ignore[attr-defined]
    marks = [m.text for m in page.find_elements(By.TAG_NAME, "mark")]  # type: ignore[attr-defined]
    assert any("suspend" in m for m in marks)
    page.switch_to.frame(page.find_element(By.CSS_SELECTOR, "iframe"))  # type: ignore[attr-defined]
    painted = "const c=document.querySelector('canvas');if(!c)return 0;const d=c.getContext('2d').getImageData(0,0,c.width,c.height).data;let n=0;for(let i=3;i<d.length;i+=4)n+=d[i]>0;return n"
    wait(lambda: page.execute_script(painted) > 2000)  # type: ignore[attr-defined]
    page.switch_to.default_content()  # type: ignore[attr-defined]
    called = set()
    for line in page.get_log("performance"):  # type: ignore[attr-defined]
        message = json.loads(line["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            address_ = urlsplit(message["params"]["request"]["url"])
            if address_.scheme in ("http", "https", "ws", "wss"):
                called.add(address_.hostname)
    assert called == {"127.0.0.1"}
    errors = [e["message"] for e in page.get_log("browser") if e["level"] == "SEVERE"]  # type: ignore[attr-defined]
    assert errors == []

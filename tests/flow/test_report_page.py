"""The report in a real browser: filters work, text from outside stays text, and nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from browser import chromium
from conftest import Ran

pytestmark = pytest.mark.slow
TEXTS = [
    "Heavy rain and wind tore the roof off the mill.",
    "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script> brought in barley & beans",
    "The library will open an hour later.",
]


def test_the_page_filters_and_runs_nothing_from_outside(
    miniature: Path, tmp_path: Path, nutgraf: Callable[..., Ran]
) -> None:
    data = tmp_path / "d.jsonl"
    data.write_text("\n".join(json.dumps({"id": str(n), "article": "a", "text": t}) for n, t in enumerate(TEXTS)))
    nutgraf("label", data, "--unit", "paragraph", "--model", miniature, "--out", tmp_path / "l.jsonl")
    assert nutgraf("report", tmp_path / "l.jsonl", "--out", tmp_path / "page.html").code == 0
    labels = [
        {name for name in ("storm", "harvest") if row[name]}
        for row in map(json.loads, (tmp_path / "l.jsonl").read_text().splitlines())
    ]
    assert labels == [{"storm"}, {"harvest"}, set()]
    with chromium(tmp_path / "profile") as browser:
        browser.get((tmp_path / "page.html").as_uri())

        def shown() -> list[str]:
            found = browser.find_elements(By.CSS_SELECTOR, ".paragraph p")
            return [element.text for element in found if element.is_displayed()]

        def tick(name: str) -> None:
            browser.find_element(By.CSS_SELECTOR, f".filters input[value='{name}']").click()

        assert shown() == TEXTS
        assert browser.title == "Labelled articles"
        assert not browser.find_elements(By.CSS_SELECTOR, "main img, main script")
        tick("none")
        assert shown() == TEXTS[:2]
        tick("storm")
        assert shown() == TEXTS[1:2]
        assert "1 of 3" in browser.find_element(By.ID, "count").text
        tick("harvest")
        assert shown() == []
        assert not browser.find_element(By.CSS_SELECTOR, "article").is_displayed()
        fetched = browser.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
        assert fetched == []

"""The comparison of `tests/test_browser_agreement.py`, in Chromium: for machines without Node."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import browser_scripts
from tests.test_browser_agreement import JAVASCRIPT, answer, questions, random_tables, sent_to_browser


@pytest.mark.parametrize("seed", [2, 5])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_browser_and_the_server_agree(chromium: Browser, tmp_path: Path, seed: int, language: str) -> None:
    tables = random_tables(tmp_path, seed, count=60)
    asked = questions(seed)
    page = chromium.new_page()
    page.goto("about:blank")
    for name in ("data", "time", "filters", "words", "story"):
        page.evaluate((browser_scripts.SCRIPTS / f"{name}.js").read_text("utf-8"))
    answers = page.evaluate(f"(input) => {{{JAVASCRIPT}}}", json.loads(json.dumps(sent_to_browser(tables, asked, language))))
    page.close()
    assert len(answers) == len(asked)
    for question, told in zip(asked, answers, strict=True):
        assert told == answer(tables, question, language), question

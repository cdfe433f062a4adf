"""What the pages promise is there."""

import re
from pathlib import Path

import pytest

from demo import data_model

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def known_tests():
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return set(re.findall(r"def (test_\w+)", sources))


def test_every_must_of_the_sync_page_names_a_test_that_exists():
    page = (ROOT / "docs" / "sync.md").read_text("utf-8")
    sentences = re.findall(r"^\d+\. .*?(?=^\d+\. |^## |\Z)", page, re.S | re.M)
    assert len(sentences) >= 36
    assert [said for said in sentences if not re.search(r"`test_\w+`", said)] == []
    assert set(re.findall(r"`(test_\w+)`", page)) - known_tests() == set()


def test_every_requirement_of_the_tables_names_a_test_that_exists():
    rows = [line for line in (ROOT / "docs" / "requirements.md").read_text("utf-8").splitlines() if "| R" in line[:3]]
    assert len(rows) >= 25
    assert [row for row in rows[1:] if "`test_" not in row] == []
    assert set(re.findall(r"`(test_\w+)`", "\n".join(rows))) - known_tests() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_exists(page):
    """Paths in backticks that begin with a folder of ours."""
    named = re.findall(
        r"`((?:visit_core|field_app|sync_server|demo|devtools|bench|torture|tests|assets|docs)/[\w./]+)`",
        page.read_text("utf-8"),
    )
    missing = [path for path in named if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()]
    assert missing == []


def test_the_data_model_page_is_what_the_declarations_say():
    """`python3 dev.py data-model` writes it anew."""
    assert (ROOT / "docs" / "data-model.md").read_text("utf-8") == data_model.page()

"""Do the tools install only where they may, and say the one line that helps where they may not?"""

from devtools.browser_at_hand import bring_browser
from devtools.debian import apt_line, install


def test_nothing_is_installed_unasked():
    assert install(["chromium"], may_install=False) is False


def test_nothing_is_installed_where_there_is_no_apt(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install(["chromium"], may_install=True) is False


def test_a_missing_browser_is_told_in_one_line_and_stops_nothing(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    bring_browser(may_install=False)
    assert apt_line(["chromium"]) in capsys.readouterr().out


def test_a_browser_that_is_there_is_not_mentioned(monkeypatch, tmp_path, capsys):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    bring_browser(may_install=True)
    assert capsys.readouterr().out == ""

"""Does whatever is waited for have an end, so that no test and no tool of ours waits for ever?"""

import ast
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from demo.processes import ProcessFailed, hear_out, next_line
from devtools.say import StepFailed, run_step

ROOT = Path(__file__).parents[2]
FOLDERS = ("bench", "demo", "devtools", "tests", "torture")
WITH_A_LIMIT_OF_THEIR_OWN = {
    "demo/__main__.py": ["wait()"],  # the story stays open until Ctrl-C
    "demo/processes.py": ["readline()"],  # listened for on a thread that is not waited for longer
    "devtools/limited.py": ["with Popen"],  # all that it started is killed before
    "devtools/say.py": ["with Popen"],  # likewise
}
TELLS_ITS_PID = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
SAYS_NOTHING = "import time; time.sleep(600)"


def unlimited_waits(tree: ast.AST) -> list[str]:
    """What in it waits for a process, a thread or an event for as long as that pleases."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    awaited = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Await)}
    awaited |= {id(each) for call in calls if ast.unparse(call.func) == "asyncio.wait_for" for each in call.args}
    found = [f"{name}()" for call in calls if id(call) not in awaited and (name := _unlimited(call))]
    for node in ast.walk(tree):
        if isinstance(node, ast.With):
            found += ["with Popen" for item in node.items if "Popen(" in ast.unparse(item.context_expr)]
    return found


def _unlimited(call: ast.Call) -> str:
    name, owner = call.func.attr, ast.unparse(call.func.value)  # type: ignore[attr-defined]
    has_limit = bool(call.args) or any(keyword.arg == "timeout" for keyword in call.keywords)
    if name in ("wait", "join", "communicate"):
        return "" if has_limit else name
    if name == "readline":
        return "" if owner == "sys.stdin" else name  # that ends with whoever speaks there
    return name if owner == "subprocess" and name == "run" and not _has(call, "timeout") else ""


def _has(call: ast.Call, word: str) -> bool:
    return any(keyword.arg == word for keyword in call.keywords)


def test_nothing_in_the_tests_and_the_tools_waits_for_ever():
    found = {}
    for path in (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        text = path.read_text("utf-8")
        waits = unlimited_waits(ast.parse(text)) if any(word in text for word in WORDS) else []
        name = path.relative_to(ROOT).as_posix()
        found[name] = [wait for wait in waits if not (wait == "run()" and name.startswith("devtools/"))]
    assert {name: waits for name, waits in found.items() if waits} == WITH_A_LIMIT_OF_THEIR_OWN


WORDS = (".wait(", ".join()", ".communicate(", ".readline(", "Popen(", "subprocess.run(")


@pytest.mark.parametrize(
    "line", ["process.wait()", "thread.join()", "process.communicate()", "pipe.readline()", "subprocess.run([1])"]
)
def test_a_wait_without_a_limit_is_found(line):
    assert unlimited_waits(ast.parse(line))


def started(program):
    return Popen([sys.executable, "-c", program], stdout=PIPE, text=True)


def test_a_program_that_says_nothing_is_killed():
    silent = started(SAYS_NOTHING)
    with pytest.raises(ProcessFailed, match="said nothing"):
        next_line(silent, 0.2)
    assert silent.returncode


def test_a_program_that_does_not_end_is_killed_and_what_it_said_before_is_heard():
    goes_on = started(TELLS_ITS_PID)
    assert next_line(goes_on) == f"{goes_on.pid}\n"
    with pytest.raises(ProcessFailed, match="did not end"):
        hear_out(goes_on, 0.2)
    assert goes_on.returncode


def test_what_was_read_ahead_with_the_first_line_is_heard_later():
    lines = started("print(*range(2_000), sep='\\n')")
    lines.wait(60)
    assert next_line(lines) == "0\n"
    said, _ = hear_out(lines)
    assert said.split() == [str(number) for number in range(1, 2_000)]


def test_a_program_that_ends_without_a_word_is_told():
    with pytest.raises(ProcessFailed, match="ended before"):
        next_line(started("pass"))


def test_a_step_of_a_tool_that_hangs_is_ended(capsys):
    with pytest.raises(StepFailed, match="hanging"):
        run_step("hanging", [sys.executable, "-c", SAYS_NOTHING], at_most_s=0.2)
    assert "✗ hanging" in capsys.readouterr().out

"""The blank: harmless to look at, clear when used."""

import copy
import operator
import os
import pickle
from functools import partial

import pytest

from hflearn.checks import Blank, NotAttempted, ____
from hflearn.checks.blank import left_in

USES = {
    "called": lambda: ____("a"),
    "in an f-string": lambda: f"{____}",
    "as text": lambda: str(____),
    "iterated": lambda: list(____),
    "unpacked": lambda: print(*____),
    "added": lambda: ____ + 1,
    "added on the right": lambda: 1 + ____,
    "negated": lambda: -____,
    "an attribute": lambda: ____.id,
    "an attribute set": lambda: setattr(____, "id", 1),
    "an index": lambda: ____[0],
    "compared": lambda: ____ == 3,
    "ordered": lambda: ____ > 3,
    "a condition": lambda: 1 if ____ else 2,
    "a number": lambda: int(____),
    "a length": lambda: len(____),
    "looked in": lambda: 3 in ____,
    "a key": lambda: {____: 1},
    "a path": lambda: os.fspath(____),
    "a context": lambda: ____.__enter__(),
    "matrix product": lambda: operator.matmul([1], ____),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_using_it_says_not_attempted_in_one_sentence(use):
    with pytest.raises(NotAttempted, match="there is still a blank"):
        use()


def test_it_can_be_shown():
    assert repr(____) == "____"
    assert repr([____, 1]) == "[____, 1]"


def test_it_can_be_copied_as_tools_do():
    assert isinstance(copy.copy(____), Blank)
    assert isinstance(pickle.loads(pickle.dumps(____)), Blank)


def test_ipython_shows_one_line_for_it(capsys):
    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.instance().run_cell("from hflearn.checks import ____\n____ + 1")
    shown = capsys.readouterr().out
    assert "Traceback" not in shown
    assert shown.strip().count("\n") == 0
    assert "still a blank" in shown


def half_written(repo_id):
    files = [name for name in ____ if name]
    return files


LEFT = {
    "itself": ____,
    "in a list": [1, ____],
    "in a tuple of lists": (1, [____]),
    "in a dict": {"a": ____},
    "in a function": half_written,
    "in a lambda": lambda x: ____,
    "in a function inside": lambda: lambda: ____,
    "in a partial": partial(half_written, "a"),
}


@pytest.mark.parametrize("answer", LEFT.values(), ids=LEFT.keys())
def test_a_blank_left_in_an_answer_is_found_without_running_it(answer):
    assert left_in(answer)


@pytest.mark.parametrize("answer", [None, 0, "____", [], {"____": 1}, len, lambda: "____"])
def test_an_answer_without_a_blank_has_none(answer):
    assert not left_in(answer)

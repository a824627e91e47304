"""From an exception to its diagnosis: which link of a chain speaks, and what silence there is."""

import subprocess
import sys
from dataclasses import replace

import pytest
from huggingface_hub import hf_hub_download

from hflearn.explain import diagnose, rules


def raised(code: str, **names) -> Exception:
    with pytest.raises(Exception) as caught:
        exec(
            compile(code, "<cell>", "exec"),
            {"__name__": "__main__", "hf_hub_download": hf_hub_download, **names},
        )
    return caught.value


MALFORMED = "hf_hub_download('a/b/c', 'x')"


def test_a_librarys_error_is_explained():
    assert diagnose(raised(MALFORMED)).rule == "malformed_id"


def test_an_error_raised_from_a_librarys_is_explained_by_its_cause():
    error = raised(f"try: {MALFORMED}\nexcept Exception as error: raise ValueError('no model') from error")
    assert diagnose(error).rule == "malformed_id"


def test_an_error_raised_while_the_learner_handled_a_librarys_is_the_learners_own():
    assert diagnose(raised(f"try: {MALFORMED}\nexcept Exception: raise ValueError('no model')")) is None


def test_an_error_raised_from_none_has_no_past():
    assert (
        diagnose(raised(f"try: {MALFORMED}\nexcept Exception: raise ValueError('no model') from None"))
        is None
    )


def test_an_error_passed_on_is_still_the_librarys():
    assert diagnose(raised(f"try: {MALFORMED}\nexcept Exception: raise")).rule == "malformed_id"


def test_a_librarys_error_that_the_learner_raises_is_the_learners():
    code = "from huggingface_hub.errors import HFValidationError\nraise HFValidationError(\": 'a/b/c'\")"
    assert diagnose(raised(code)) is None


def test_an_exception_that_was_never_raised():
    assert diagnose(ValueError("Unknown split")) is None


def test_a_chain_that_bites_its_tail_ends():
    error = raised("1 / 0")
    error.__cause__ = error
    assert diagnose(error) is None


def test_a_rule_that_fails_is_silent(monkeypatch):
    def fail(raised, match):
        raise RuntimeError("the library has changed")

    broken = [replace(rule, tell=fail) for rule in rules.RULES]
    monkeypatch.setattr(rules, "RULES", broken)
    assert diagnose(raised(MALFORMED)) is None


def test_a_rule_that_fails_leaves_the_others_their_turn(monkeypatch):
    def fail(raised, match):
        raise RuntimeError("the library has changed")

    rule = next(rule for rule in rules.RULES if rule.id == "malformed_id")
    monkeypatch.setattr(rules, "RULES", [replace(rule, tell=fail), rule])
    assert diagnose(raised(MALFORMED)).rule == "malformed_id"


class Hostile(Exception):
    def __str__(self):
        raise RuntimeError("no text")


def test_an_error_without_a_message_is_no_problem():
    assert diagnose(raised("[].remove(error)", error=Hostile())) is None
    assert diagnose(raised("raise error", error=Hostile())) is None


def test_neither_the_package_nor_a_diagnosis_imports_the_heavy_libraries():
    code = """
        import sys
        from hflearn.explain import diagnose
        assert "hflearn.explain.rules" not in sys.modules  # they wait for an exception
        try: {}["x"]
        except KeyError as error: assert diagnose(error) is None
        print(sorted({"torch", "transformers", "datasets", "huggingface_hub", "IPython"} & set(sys.modules)))
    """
    import textwrap

    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr

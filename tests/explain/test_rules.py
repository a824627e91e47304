"""Each rule against the real error it is about, and all of them against errors that are none of theirs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hflearn.explain.rules import RULES
from tests.explain.ordinary import ORDINARY

BENCH = Path(__file__).with_name("bench.py")
SAMPLES = [
    pytest.param(rule, code, id=f"{rule.id}-{i}") for rule in RULES for i, code in enumerate(rule.samples)
]


@pytest.fixture(scope="module")
def diagnoses(tmp_path_factory) -> dict[str, dict]:
    """What came of each piece of code; see bench.py."""
    folder = tmp_path_factory.mktemp("bench")
    done = subprocess.run(
        [sys.executable, BENCH, folder],
        cwd=folder,
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize(("rule", "code"), SAMPLES)
def test_a_real_error_gets_its_diagnosis_with_the_values_of_this_call(rule, code, diagnoses):
    if "/dev/full" in code and not Path("/dev/full").exists():
        pytest.skip("only Linux has a disk that is always full, /dev/full")
    found = diagnoses[code]
    assert found["error"], "the sample raised nothing"
    assert found.get("rule") == rule.id, found["error"]
    shown = " ".join(found["text"].split())
    assert [told for told in rule.samples[code] if told not in shown] == [], found["text"]


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_error_gets_none(name, diagnoses):
    found = diagnoses[ORDINARY[name]]
    assert found["error"], "nothing was raised"
    assert "rule" not in found, found["text"]


def test_there_are_enough_of_both():
    assert len(RULES) >= 25
    assert len(ORDINARY) >= 25


def test_every_rule_has_a_sample():
    assert [rule.id for rule in RULES if not rule.samples] == []


def test_no_two_rules_have_the_same_name():
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_a_box_says_all_three_things(diagnoses):
    for rule in RULES:
        for code in rule.samples:
            text = diagnoses[code]["text"]
            assert all(label in text for label in ("what happened", "likely cause", "what to do")), text


def test_no_sentence_is_left_without_its_values(diagnoses):
    for rule in RULES:
        for code in rule.samples:
            text = diagnoses[code]["text"]
            assert not any(hole in text for hole in ("`None`", "``", "[]", "( ", "  .")), text

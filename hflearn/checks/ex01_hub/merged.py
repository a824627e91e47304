"""What q10 expects: a merged pull request that added a section to the card, and nothing lost on the way."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Any

from ..describe import describe
from ..expect import Expectation
from ..learner import api
from .card_text import HEADING, body, limits, metadata, says_something
from .mine import MINE, text_on_hub
from .publish import missing_metadata

AGAIN = "Run question 9's cell again, which puts the old card back, "


class Flaw(Enum):
    """What keeps a card from being the one before with the section below."""

    ABSENT = "no section"
    NO_METADATA = "no metadata"
    REPLACED = "nothing but the section"
    TWICE = "the section more than once"
    OTHER_METADATA = "other metadata"
    OTHER_LINES = "other lines"
    NOT_BELOW = "the section elsewhere"
    EMPTY = "a heading alone"


@dataclass(frozen=True)
class Version:
    """README.md after one commit on main; ``pull`` is the pull request that was merged by it, if any."""

    pull: int | None
    card: str


@dataclass(frozen=True)
class PullRequest:
    """What stands on the Hub under the number that was handed in."""

    answer: Any
    number: int | None  # None where the answer is no number of a pull request
    status: str
    flaw: Flaw | None  # what is amiss with main's card
    brought: bool  # whether main's card came whole by a merge, and not by a direct change
    by: int | None  # the pull request that made it whole
    direct: bool  # whether the section went to main by a direct change
    labels: bool  # whether labels.json is still there
    metadata: str | None  # which metadata main's card lacks


class Merged(Expectation):
    """The number of the merged pull request that left main's card whole, with the section below."""

    def observe(self, answer: Any) -> PullRequest | None:
        """None where there is no card to change yet."""
        if not api().repo_exists(MINE):
            return None
        pulls = {pull.num: pull for pull in api().get_repo_discussions(MINE, discussion_type="pull_request")}
        versions = _versions([num for num, pull in pulls.items() if pull.status == "merged"])
        card = versions[-1].card
        if not card:
            return None
        number = answer if type(answer) is int and answer in pulls else None
        flaws = _flaws(versions)
        whole = _last(versions, [flaw is None for flaw in flaws])
        section = _last(versions, [bool(limits(body(version.card))) for version in versions])
        return PullRequest(
            answer,
            number,
            pulls[number].status if number else "",
            flaws[-1],
            whole is not None and whole.pull is not None,
            whole.pull if whole else None,
            section is not None and section.pull is None and flaws[-1] is not Flaw.ABSENT,
            "labels.json" in api().list_repo_files(MINE),
            missing_metadata(metadata(card)),
        )

    def complaint(self, seen: PullRequest | None) -> str | None:
        if seen is None:
            return f"`{MINE}` has no card yet: question 9 comes first."
        if type(seen.answer) is not int:
            return f"Expected the number of a pull request, got {describe(seen.answer)}."
        if seen.number is None:
            return f"`{MINE}` has no pull request {seen.answer}."
        if seen.status != "merged":
            return f"The pull request is {seen.status}."
        if seen.flaw is Flaw.ABSENT:
            return f"It is merged, but the card on main has no section `{HEADING}`."
        if seen.flaw:
            return f"{_SAYS.get(seen.flaw) or seen.metadata or _CHANGED} {AGAIN}and add the section alone."
        if seen.number != seen.by:
            return f"Pull request {seen.number} did not bring the section `{HEADING}`: another one did."
        return None if seen.labels else "Your change took `labels.json` away; it was to add a section."


_CHANGED = "Other lines of the card changed too, and the section was to be added to what it says already."

_SAYS = {
    Flaw.OTHER_LINES: _CHANGED,
    Flaw.NOT_BELOW: "The section is on main, but not below what the card says already.",
    Flaw.EMPTY: f"The section `{HEADING}` is empty: a heading alone tells nobody where the model ends.",
}


def _versions(merged: list[int]) -> list[Version]:
    """The card after each commit on main, the oldest first."""
    merges = {api().get_discussion_details(MINE, number).merge_commit_oid: number for number in merged}
    commits = [commit.commit_id for commit in api().list_repo_commits(MINE)]
    return [Version(merges.get(commit), _card_at(commit)) for commit in reversed(commits)]


@cache
def _card_at(commit: str) -> str:
    """README.md in a commit, "" where it has none."""
    try:
        return text_on_hub(MINE, "README.md", commit)
    except FileNotFoundError:
        return ""


def _flaws(versions: list[Version]) -> list[Flaw | None]:
    """What is amiss with each, held against the last good card that question 9 put there before it."""
    flaws, old = [], ""
    for version in versions:
        fit = not missing_metadata(metadata(version.card)) and not limits(body(version.card))
        if version.pull is None and fit:
            old = version.card
        flaws.append(_flaw(old, version.card))
    return flaws


def _last(versions: list[Version], so: list[bool]) -> Version | None:
    """The version that last made it so."""
    made = [
        version
        for version, (before, now) in zip(versions, pairwise([False, *so]), strict=True)
        if now > before
    ]
    return made[-1] if made else None


def _flaw(old: str, card: str) -> Flaw | None:
    said, says = body(old), body(card)
    places = limits(says)
    if not places:
        return Flaw.ABSENT
    if said and places[0] == 0 and not set(said) & set(says):
        return Flaw.REPLACED
    if not metadata(card):
        return Flaw.NO_METADATA
    if len(places) > 1:
        return Flaw.TWICE
    if missing_metadata(metadata(card)) or not metadata(old).keys() <= metadata(card).keys():
        return Flaw.OTHER_METADATA
    if not set(said) <= set(says):
        return Flaw.OTHER_LINES
    if says[: len(said)] != said or places[0] < len(said):
        return Flaw.NOT_BELOW
    return None if says_something(says, places[0]) else Flaw.EMPTY

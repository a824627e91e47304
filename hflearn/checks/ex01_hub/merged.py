"""What q10 expects: a merged pull request that added a section to the card, and nothing lost on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..describe import describe
from ..expect import Expectation
from .learner import MINE, api, text_on_hub
from .publish import missing_metadata

HEADING = "## Limits"


@dataclass(frozen=True)
class PullRequest:
    """What stands on the Hub under the number that was handed in."""

    answer: Any
    number: int | None  # None where the answer is no number of a pull request
    status: str
    sections: int  # how often main's card has the section
    brought_by: Sequence[int]  # the merged pull requests that added it
    lost: bool  # whether main's card lacks a line of text that it had before the pull request
    labels: bool  # whether labels.json is still there
    metadata: str | None  # what is amiss with the metadata of main's card


class Merged(Expectation):
    """The number of a merged pull request that added the section to main's card, and lost nothing."""

    def observe(self, answer: Any) -> PullRequest | None:
        """None where there is no card to change yet."""
        try:
            card = text_on_hub(MINE, "README.md")
        except FileNotFoundError:
            return None
        pulls = {pull.num: pull for pull in api().get_repo_discussions(MINE, discussion_type="pull_request")}
        number = answer if type(answer) is int and answer in pulls else None
        brought_by = [
            num for num, pull in pulls.items() if pull.status == "merged" and HEADING in _added(num)
        ]
        before = _card_before(number) if number in brought_by else ""
        return PullRequest(
            answer,
            number,
            pulls[number].status if number else "",
            card.splitlines().count(HEADING),
            brought_by,
            not set(_text(before)) <= set(_text(card)),
            "labels.json" in api().list_repo_files(MINE),
            missing_metadata(_metadata()),
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
        if not seen.sections:
            return f"It is merged, but the card on main has no section `{HEADING}`."
        if seen.number not in seen.brought_by:
            return f"Pull request {seen.number} did not bring the section `{HEADING}`: another one did."
        if seen.sections > 1 or seen.lost:
            return "The card on main is not the one before with one section added."
        return (
            seen.metadata if seen.labels else "Your change took `labels.json` away; it was to add a section."
        )


def _added(number: int) -> list[str]:
    """The lines that a pull request added."""
    diff = api().get_discussion_details(MINE, number).diff or ""
    return [line[1:].strip() for line in diff.splitlines() if line.startswith("+")]


def _card_before(number: int | None) -> str:
    """README.md as it was on main before this pull request was merged."""
    merge = api().get_discussion_details(MINE, number or 0).merge_commit_oid
    commits = [commit.commit_id for commit in api().list_repo_commits(MINE)]  # the newest first
    return text_on_hub(MINE, "README.md", commits[commits.index(merge or "") + 1])


def _text(card: str) -> list[str]:
    """The lines under a card's metadata."""
    lines = [line.strip() for line in card.splitlines()]
    if "---" in lines[1:] and lines[0] == "---":
        lines = lines[lines.index("---", 1) + 1 :]
    return [line for line in lines if line]


def _metadata() -> dict[str, Any]:
    data = api().model_info(MINE).card_data
    return data.to_dict() if data else {}

"""q10: a pull request, opened and merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..describe import describe
from ..expect import Expectation
from ..question import Misconception, Question
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
        return seen.metadata


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


_MERGE = """
api.merge_pull_request("learner/mail-sorter", change.pr_num)
"""
_LIMITS = "\\n## Limits\\nTrained on English mails. Never measured on damaged parcels.\\n"


def _propose(card: str, create_pr: str = ", create_pr=True") -> str:
    return f"""
repo_id = "learner/mail-sorter"
card = {card}
change = api.upload_file(
    path_or_fileobj=card.encode(), path_in_repo="README.md", repo_id=repo_id{create_pr}
)
"""


_OPEN = _propose(f'f"{{ModelCard.load(repo_id)}}{_LIMITS}"')
_TRIVIAL = """
change = api.upload_file(
    path_or_fileobj=b"Hello", path_in_repo="notes.txt", repo_id="learner/mail-sorter", create_pr=True
)
"""

question = Question(
    title="Change it the way a team does",
    needs=("q9",),
    expects=Merged,
    reference=_OPEN + _MERGE + "number = change.pr_num",
    alternatives=[
        """
        mine = "learner/mail-sorter"
        readme = Path(api.hf_hub_download(mine, "README.md")).read_text() + "\\n## Limits\\nMany.\\n"
        number = api.create_pull_request(mine, title="Say where it ends").num
        api.upload_file(
            path_or_fileobj=readme.encode(),
            path_in_repo="README.md",
            repo_id=mine,
            revision=f"refs/pr/{number}",
        )
        api.change_discussion_status(mine, number, new_status="open")
        api.merge_pull_request(mine, number)
        """,
        """
        card = ModelCard.load("learner/mail-sorter")
        card.text += "\\n## Limits\\nMany.\\n"
        change = card.push_to_hub("learner/mail-sorter", create_pr=True)
        number = change.pr_num
        api.merge_pull_request("learner/mail-sorter", number)
        """,
        # what a broken first attempt destroyed, a second may mend
        _propose(f'ModelCard.load(repo_id).text + "{_LIMITS}"')
        + _MERGE
        + "number = change.pr_num"
        + _propose('"---\\nlicense: apache-2.0\\npipeline_tag: text-classification\\n---\\n" + card')
        + _MERGE,
    ],
    hints=[
        "`api.upload_file(..., create_pr=True)` opens a pull request instead of changing main.",
        "It gives the commit back; its `.pr_num` is the number of the pull request.",
        "`ModelCard.load(repo_id)` as a string is the whole card, metadata included; `.text` is only what "
        "follows them.",
        "`api.merge_pull_request(repo_id, number)` brings it into main.",
    ],
    misconceptions=[
        Misconception(
            "a commit is a pull request",
            _propose(f'f"{{ModelCard.load(repo_id)}}{_LIMITS}"', "") + "number = change.pr_num",
            when=lambda seen: seen.sections > 0 and not seen.brought_by and seen.number is None,
            says="The section is on main, but it went there directly: nobody was asked. "
            "Run question 9's cell again, which puts the old card back, and open a pull request: "
            "`create_pr=True`.",
        ),
        Misconception(
            "any pull request makes up for a direct change",
            _propose(f'f"{{ModelCard.load(repo_id)}}{_LIMITS}"', "")
            + _TRIVIAL
            + _MERGE
            + "number = change.pr_num",
            when=lambda seen: seen.sections > 0 and not seen.brought_by and seen.status == "merged",
            says="The pull request is merged, but the section did not come with it: it went to main "
            "directly. Run question 9's cell again, which puts the old card back, and propose the section "
            "itself.",
        ),
        Misconception(
            "opened is done",
            _OPEN + "number = change.pr_num",
            when=lambda seen: seen.number is not None and seen.status in ("open", "draft"),
            says="The pull request is open, and main is as before. `api.merge_pull_request` brings it in.",
        ),
        Misconception(
            "closing brings it in",
            _OPEN
            + """
number = change.pr_num
api.change_discussion_status("learner/mail-sorter", number, new_status="closed")
""",
            when=lambda seen: seen.number is not None and seen.status == "closed",
            says="You closed the pull request without merging it: the change was turned down. "
            "`api.merge_pull_request` brings one in.",
        ),
        Misconception(
            "the commit is its number",
            _OPEN + _MERGE + "number = change",
            when=lambda seen: type(seen.answer).__name__ == "CommitInfo" and seen.answer.pr_num is not None,
            says="That is all the Hub told about your commit. The number of the pull request is its "
            "`.pr_num`.",
        ),
        Misconception(
            "a card is the section that is new",
            _propose(f'"{_LIMITS}"') + _MERGE + "number = change.pr_num",
            when=lambda seen: seen.number in seen.brought_by and seen.lost,
            says="The section took the place of the card: what `README.md` said before is gone from main. "
            "An upload replaces the file, so start from `ModelCard.load(repo_id)` and add to it.",
        ),
        Misconception(
            "a card is its text",
            _propose(f'ModelCard.load(repo_id).text + "{_LIMITS}"') + _MERGE + "number = change.pr_num",
            when=lambda seen: seen.number in seen.brought_by and bool(seen.metadata),
            says="The card on main has lost its metadata, and no filter finds the model any more: `.text` "
            "is only what follows them. The whole card is `str(ModelCard.load(repo_id))`.",
        ),
        Misconception(
            "a cell that ran twice did its work once",
            (_OPEN + _MERGE) * 2 + "number = change.pr_num",
            when=lambda seen: seen.number in seen.brought_by and seen.sections > 1,
            says="The section stands in the card more than once: each run of this cell added one. Run "
            "question 9's cell again, which puts the old card back, then this one.",
        ),
        Misconception(
            "the last pull request is the one",
            _OPEN + _MERGE + _TRIVIAL + _MERGE + "number = change.pr_num",
            when=lambda seen: (
                bool(seen.brought_by) and seen.number not in seen.brought_by and seen.status == "merged"
            ),
            says="That pull request is merged, but the section came with another one. Hand over that one's "
            "number.",
        ),
    ],
    follows="The discussion stays with the model: in a year it says who changed the card, and why.",
)

"""q10: a pull request, opened and merged."""

from dataclasses import dataclass
from typing import Any

from ..describe import describe
from ..expect import Expectation
from ..question import Misconception, Question
from .learner import MINE, api, text_on_hub

HEADING = "## Limits"


@dataclass(frozen=True)
class PullRequest:
    """What stands on the Hub under the number that was handed in."""

    answer: Any
    number: int | None  # None where the answer is no number of a pull request
    status: str
    on_main: bool  # whether main's card has the section
    pull_requests: int


class Merged(Expectation):
    """The number of a merged pull request, after which main's card has the section on limits."""

    def observe(self, answer: Any) -> PullRequest:
        on_main = HEADING in text_on_hub(MINE, "README.md").splitlines()
        found = api().get_repo_discussions(MINE, discussion_type="pull_request")
        pulls = {pull.num: pull.status for pull in found}
        number = answer if type(answer) is int and answer in pulls else None
        return PullRequest(answer, number, pulls[number] if number else "", on_main, len(pulls))

    def complaint(self, seen: PullRequest) -> str | None:
        if type(seen.answer) is not int:
            return f"Expected the number of a pull request, got {describe(seen.answer)}."
        if seen.number is None:
            return f"`{MINE}` has no pull request {seen.answer}."
        if seen.status != "merged":
            return f"The pull request is {seen.status}."
        return None if seen.on_main else f"It is merged, but the card on main has no section `{HEADING}`."


_NEW_CARD = """
card = ModelCard.load("learner/mail-sorter", token=api.token)
card.text += "\\n## Limits\\nTrained on English mails. It does not know damaged parcels.\\n"
data = str(card).encode()
"""
_OPEN = (
    _NEW_CARD
    + """
commit = api.upload_file(
    path_or_fileobj=data, path_in_repo="README.md", repo_id="learner/mail-sorter", create_pr=True
)
"""
)
_MERGE = """
api.merge_pull_request("learner/mail-sorter", commit.pr_num)
"""

question = Question(
    title="Change it the way a team does",
    needs=("q9",),
    expects=Merged,
    reference=_OPEN + _MERGE + "number = commit.pr_num",
    alternatives=[
        """
        mine = "learner/mail-sorter"
        readme = Path(api.hf_hub_download(mine, "README.md")).read_text() + "\\n## Limits\\nMany.\\n"
        number = api.create_pull_request(mine, title="Say where it ends").num
        operation = CommitOperationAdd("README.md", readme.encode())
        api.create_commit(mine, [operation], commit_message="Limits", revision=f"refs/pr/{number}")
        api.change_discussion_status(mine, number, new_status="open")
        api.merge_pull_request(mine, number)
        """
    ],
    hints=[
        "`api.upload_file(..., create_pr=True)` opens a pull request instead of changing main.",
        "It gives the commit back; its `.pr_num` is the number of the pull request.",
        "`api.merge_pull_request(repo_id, number)` brings it into main.",
    ],
    misconceptions=[
        Misconception(
            "a commit is a pull request",
            _OPEN.replace(", create_pr=True", "") + "number = commit.pr_num",
            when=lambda seen: seen.on_main and not seen.pull_requests,
            says="The section is on main, but it went there directly: nobody was asked. "
            "`create_pr=True` opens a pull request instead.",
        ),
        Misconception(
            "opened is done",
            _OPEN + "number = commit.pr_num",
            when=lambda seen: seen.number is not None and seen.status in ("open", "draft"),
            says="The pull request is open, and main is as before. `api.merge_pull_request` brings it in.",
        ),
        Misconception(
            "closing brings it in",
            _OPEN
            + """
number = commit.pr_num
api.change_discussion_status("learner/mail-sorter", number, new_status="closed")
""",
            when=lambda seen: seen.number is not None and seen.status == "closed",
            says="You closed the pull request without merging it: the change was turned down. "
            "`api.merge_pull_request` brings one in.",
        ),
        Misconception(
            "the commit is its number",
            _OPEN + _MERGE + "number = commit",
            when=lambda seen: type(seen.answer).__name__ == "CommitInfo" and seen.answer.pr_num is not None,
            says="That is all the Hub told about your commit. The number of the pull request is its "
            "`.pr_num`.",
        ),
    ],
    follows="The discussion stays with the model: in a year it says who changed the card, and why.",
)

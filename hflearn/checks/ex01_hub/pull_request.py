"""q10: a pull request, opened and merged."""

from ..question import Misconception, Question, Slip
from .merged import AGAIN, Flaw, Merged

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


_REPLACE = "whole = str(ModelCard.load('learner/mail-sorter'))" + _propose(f'"{_LIMITS}"') + _MERGE
_RESTORE = _propose(f'whole + "{_LIMITS}"') + _MERGE
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
        + _propose('"---\\nlicense: apache-2.0\\npipeline_tag: text-classification\\n---\\n" + card')
        + _MERGE
        + "number = change.pr_num",
        _REPLACE + _RESTORE + "number = change.pr_num",
        # blank lines above the metadata do no harm
        _propose(f'"\\n\\n" + str(ModelCard.load(repo_id)) + "{_LIMITS}"')
        + _MERGE
        + "number = change.pr_num",
        # a wrong heading may go again, and a heading may be closed with ##
        _propose('f"{ModelCard.load(repo_id)}\\n### Limits ...\\nMany.\\n"')
        + _MERGE
        + _propose('str(ModelCard.load(repo_id)).replace("### Limits ...", "## Limits ##")')
        + _MERGE
        + "number = change.pr_num",
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
            when=lambda seen: seen.direct and seen.number is None,
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
            when=lambda seen: seen.direct and not seen.flaw and seen.status == "merged",
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
            when=lambda seen: seen.status == "merged" and seen.flaw is Flaw.REPLACED,
            says="The section took the place of the card: what `README.md` said before is gone from main. "
            f"An upload replaces the file. {AGAIN}then start from `ModelCard.load(repo_id)` and add to it.",
        ),
        Misconception(
            "a card is its text",
            _propose(f'ModelCard.load(repo_id).text + "{_LIMITS}"') + _MERGE + "number = change.pr_num",
            when=lambda seen: seen.status == "merged" and seen.flaw is Flaw.NO_METADATA,
            says="The card on main has lost its metadata, and no filter finds the model any more: `.text` "
            f"is only what follows them. {AGAIN}and start from the whole: `str(ModelCard.load(repo_id))`.",
        ),
        Misconception(
            "a cell that ran twice did its work once",
            (_OPEN + _MERGE) * 2 + "number = change.pr_num",
            when=lambda seen: seen.status == "merged" and seen.flaw is Flaw.TWICE,
            says="The section stands in the card more than once: each run of this cell added one. Run "
            "question 9's cell again, which puts the old card back, then this one.",
        ),
        Misconception(
            "the last pull request is the one",
            _OPEN + _MERGE + _TRIVIAL + _MERGE + "number = change.pr_num",
            when=lambda seen: (
                not seen.flaw and seen.brought and seen.status == "merged" and seen.number != seen.by
            ),
            says="That pull request is merged, but another one made the card what it is now: what it said "
            "before, with the section below. Hand over that one's number.",
            also=[_REPLACE + "number = change.pr_num" + _RESTORE],
        ),
    ],
    slips=[
        Slip(
            _OPEN
            + """
ref = f"refs/pr/{change.pr_num}"
api.delete_file("labels.json", repo_id="learner/mail-sorter", revision=ref)
"""
            + _MERGE
            + "number = change.pr_num",
            "took `labels.json` away",
        ),
        Slip(
            _OPEN.replace("## Limits", "# Limits") + _MERGE + "number = change.pr_num",
            "no section `## Limits`",
        ),
        Slip(_OPEN + _MERGE + "number = 99", "no pull request 99"),
        *(
            Slip(_propose(card) + _MERGE + "number = change.pr_num", says)
            for card, says in {
                f'str(ModelCard.load(repo_id)).replace("# Mail", "{_LIMITS}# Mail")': "not below what",
                f'str(ModelCard.load(repo_id)).replace("Sorts", "{_LIMITS}Sorts")': "not below what the card",
                'f"{ModelCard.load(repo_id)}\\n## Limits\\n"': "is empty",
                'f"{ModelCard.load(repo_id)}\\n```\\n## Limits\\nMany.\\n```\\n"': "no section `## Limits`",
                f'str(ModelCard.load(repo_id)).replace("apache-2.0", "mit") + "{_LIMITS}"': "`license: mit`",
                f'str(ModelCard.load(repo_id)).replace("four", "4") + "{_LIMITS}"': "Other lines of the card",
            }.items()
        ),
    ],
    follows="The discussion stays with the model: in a year it says who changed the card, and why.",
)

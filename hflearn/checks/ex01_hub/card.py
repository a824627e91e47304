"""q4: what a figure on a card is worth."""

from ..expect import Number, Parts, Text
from ..question import Misconception, Question, Slip
from .shop import BASE, RESEARCH, SPANISH, XL

_ON_CARD = {BASE: 0.91, XL: 0.99, RESEARCH: 0.95, SPANISH: 0.93}


def _named(answer: str, repo_id: str) -> bool:
    """Whether it is this model's id, with or without the owner."""
    return answer in (repo_id, repo_id.split("/")[1])


question = Question(
    title="Which candidate can you trust?",
    expects=lambda: Parts(
        {"repo_id": Text(BASE, kind="a repository id"), "accuracy": Number(0.91, rel=1e-3)}
    ),
    reference="""
        card = ModelCard.load("parcelshop/mail-sorter-base")
        choice = ("parcelshop/mail-sorter-base", card.data.eval_results[0].metric_value)
    """,
    alternatives=["""choice = ["parcelshop/mail-sorter-base", 0.91]"""],
    hints=[
        "`ModelCard.load(repo_id)` gives the text in `.text` and the figures in "
        "`.data.eval_results`. Read all three.",
        "A figure says something about mails the model has never seen, in the language your customers write.",
        "Of the three from question 1, one was measured on its own training mails, and one reads Spanish.",
    ],
    misconceptions=[
        Misconception(
            "any figure goes with any card",
            """choice = ("parcelshop/mail-sorter-xl", 0.91)""",
            when=lambda seen: any(
                _named(seen[0], name) and seen[1] != figure and seen[1] in _ON_CARD.values()
                for name, figure in _ON_CARD.items()
            ),
            says="The name is from one card and the accuracy from another. Which card gives that figure?",
            also=["""choice = ("parcelshop/mail-sorter-base", 0.99)"""],
        ),
        Misconception(
            "the highest accuracy is the best model",
            """choice = ("parcelshop/mail-sorter-xl", 0.99)""",
            when=lambda seen: _named(seen[0], XL),
            says="Its 0.99 was measured on the very mails it was trained on: that shows memory, not skill. "
            "Look at `dataset_split` in its figures.",
        ),
        Misconception(
            "the next highest will do",
            """choice = ("parcelshop/mail-sorter-research", 0.95)""",
            when=lambda seen: _named(seen[0], RESEARCH),
            says="A good figure, honestly measured, and cc-by-nc-4.0 forbids the shop to use it.",
        ),
        Misconception(
            "an accuracy holds for any language",
            """choice = ("parcelshop/mail-sorter-es", 0.93)""",
            when=lambda seen: _named(seen[0], SPANISH),
            says="Measured on mails kept aside, but on Spanish ones, and your customers write English. "
            "A figure holds for data like that on which it was measured.",
        ),
        Misconception(
            "the accuracy as a percentage",
            """choice = ("parcelshop/mail-sorter-base", 91)""",
            when=lambda seen: seen[0] == BASE and seen[1] == 91,
            says="The right model. Give its accuracy as the card does, as a share between 0 and 1.",
        ),
    ],
    slips=[
        Slip("""choice = ("mail-sorter-base", 0.91)""", "the owner is missing"),
        Slip("""choice = ("parcelshop/mail-sorter-base", "0.91")""", "The digits are text"),
        Slip("""choice = (0.91, "parcelshop/mail-sorter-base")""", "in another order"),
    ],
    follows="The lowest figure of the three, and the only one measured on English mails that were kept "
    "aside. Which mails those were is question 8.",
)

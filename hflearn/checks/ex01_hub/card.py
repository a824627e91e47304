"""q4: what a figure on a card is worth."""

from ..expect import Number, Parts, Text
from ..question import Misconception, Question
from .shop import BASE, RESEARCH, SPANISH, XL

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
        "One was measured on its own training mails, one reads Spanish. The third is left.",
    ],
    misconceptions=[
        Misconception(
            "the highest accuracy is the best model",
            """choice = ("parcelshop/mail-sorter-xl", 0.99)""",
            when=lambda seen: seen[0] == XL,
            says="0.99 was measured on the very mails it was trained on: it shows memory, not skill. "
            "Look at `dataset_split` in its figures.",
        ),
        Misconception(
            "the next highest will do",
            """choice = ("parcelshop/mail-sorter-research", 0.95)""",
            when=lambda seen: seen[0] == RESEARCH,
            says="A good figure, honestly measured, and cc-by-nc-4.0 forbids the shop to use it.",
        ),
        Misconception(
            "an accuracy holds for any language",
            """choice = ("parcelshop/mail-sorter-es", 0.93)""",
            when=lambda seen: seen[0] == SPANISH,
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
    follows="The lowest figure of the three, and the only one that says anything about your mail.",
)

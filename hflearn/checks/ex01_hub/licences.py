"""q1: search by owner, task and licence."""

from ..expect import Strings
from ..question import Misconception, Question
from .shop import BASE, RESEARCH, SPANISH, TAGGER, XL

question = Question(
    title="Which models may the shop use?",
    expects=lambda: Strings([BASE, XL, SPANISH], ordered=False, kind="repository ids"),
    reference="""
        candidates = [
            model.id
            for licence in ("apache-2.0", "mit")
            for model in api.list_models(
                author="parcelshop", pipeline_tag="text-classification", filter=f"license:{licence}"
            )
        ]
    """,
    alternatives=[
        """
        allowed = {"license:apache-2.0", "license:mit"}
        models = api.list_models(author="parcelshop", filter="text-classification")
        candidates = sorted(model.id for model in models if allowed & set(model.tags))
        """
    ],
    hints=[
        "`api.list_models` takes `author`, `pipeline_tag` and `filter`; a licence is a tag, such as "
        "`license:mit`.",
        "Several filters in one call must all hold at once. A model has one licence.",
        "Ask once for each licence, and collect `model.id` from both answers.",
    ],
    misconceptions=[
        Misconception(
            "the task alone is enough",
            """
            models = api.list_models(author="parcelshop", pipeline_tag="text-classification")
            candidates = [model.id for model in models]
            """,
            when=lambda seen: set(seen) == {BASE, XL, RESEARCH, SPANISH},
            says="The task is right, but one of these may not be used in trade: its licence is "
            "cc-by-nc-4.0. "
            "A free download is not a permission.",
        ),
        Misconception(
            "two filters mean either",
            """
            licences = ["license:apache-2.0", "license:mit"]
            models = api.list_models(author="parcelshop", pipeline_tag="text-classification", filter=licences)
            candidates = [model.id for model in models]
            """,
            when=lambda seen: list(seen) == [],
            says="The list is empty: filters in one call add up, and no model has both licences. "
            "Ask once for each.",
        ),
        Misconception(
            "the licence alone is enough",
            """
            candidates = [
                model.id
                for licence in ("apache-2.0", "mit")
                for model in api.list_models(author="parcelshop", filter=f"license:{licence}")
            ]
            """,
            when=lambda seen: set(seen) == {BASE, XL, SPANISH, TAGGER},
            says="You filtered by licence alone: one of these marks words in a mail "
            "(token-classification) and "
            "cannot sort whole mails.",
        ),
        Misconception(
            "a model's info is its id",
            """
            candidates = [
                model
                for licence in ("apache-2.0", "mit")
                for model in api.list_models(
                    author="parcelshop", pipeline_tag="text-classification", filter=f"license:{licence}"
                )
            ]
            """,
            when=lambda seen: type(seen[0]).__name__ == "ModelInfo",
            says="These are `ModelInfo` objects, everything the Hub told about each model. "
            "The id that other calls want is their `.id`.",
        ),
    ],
    follows="Three may be used. Write the licence filter into the search, and nobody has to remember it.",
)

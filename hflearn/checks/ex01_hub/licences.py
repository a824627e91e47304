"""q1: search by owner, task and licence."""

from ..expect import Strings
from ..question import Misconception, Question, Slip
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
        candidates = (
            model.id
            for licence in ("apache-2.0", "mit")
            for model in api.list_models(
                author="parcelshop", pipeline_tag="text-classification", filter=f"license:{licence}"
            )
        )
        """,
        """
        allowed = {"license:apache-2.0", "license:mit"}
        models = api.list_models(author="parcelshop", filter="text-classification")
        candidates = sorted(model.id for model in models if allowed & set(model.tags))
        """,
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
            says="Nothing was found, for one of two reasons. Filters in one call add up, and no model has "
            "both licences: ask once for each. And a licence is a tag, written out: `license:apache-2.0`.",
            also=[
                """
                models = api.list_models(author="parcelshop", filter=["text-classification", "mit"])
                candidates = [model.id for model in models]
                """,
                """
                models = api.list_models(author="parcelshop", filter="license:apache")
                candidates = [model.id for model in models]
                """,
            ],
        ),
        Misconception(
            "one of the two licences is enough",
            """
            models = api.list_models(
                author="parcelshop", pipeline_tag="text-classification", filter="license:apache-2.0"
            )
            candidates = [model.id for model in models]
            """,
            when=lambda seen: set(seen) in ({BASE, SPANISH}, {XL}),
            says="Those have one of the two licences. The lawyer allows the other as well: ask for it too, "
            "and put both answers together.",
            also=[
                """
                models = api.list_models(
                    author="parcelshop", pipeline_tag="text-classification", filter="license:mit"
                )
                candidates = [model.id for model in models]
                """
            ],
        ),
        Misconception(
            "all the Hub is the team",
            """
            candidates = [
                model.id
                for licence in ("apache-2.0", "mit")
                for model in api.list_models(pipeline_tag="text-classification", filter=f"license:{licence}")
            ]
            """,
            when=lambda seen: (
                type(seen) is not str
                and any("/" in name and not name.startswith("parcelshop/") for name in seen)
            ),
            says="Some of these belong to others: the search went over the whole Hub. "
            'Your team\'s are those with `author="parcelshop"`.',
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
            also=['candidates = api.list_models(author="parcelshop", pipeline_tag="text-classification")'],
        ),
    ],
    slips=[
        Slip('candidates = ["mail-sorter-base", "mail-sorter-xl", "mail-sorter-es"]', "the owner is missing"),
        Slip('candidates = "parcelshop/mail-sorter-base"', "Expected a list of repository ids"),
        Slip('candidates = ["parcelshop/mail-sorter-base", "parcelshop/mail-sorter-es", ""]', "1 is missing"),
    ],
    follows="Three may be used. Write the licence filter into the search, and nobody has to remember it.",
)

"""q8: the labels of a split, and the one that is not there."""

from ..expect import Counts
from ..question import Misconception, Question
from .shop import MAILS

_TEST = {name: len(texts) for name, texts in MAILS["test"].items()}
_TRAIN = {name: len(texts) for name, texts in MAILS["train"].items()}
_BOTH = {name: _TEST[name] + _TRAIN[name] for name in _TEST}
_NUMBERED = dict(enumerate(_TEST.values()))

question = Question(
    title="What is in the test split?",
    expects=lambda: Counts(_TEST, kind="a dict of label and count"),
    reference="""
        mails = load_dataset("parcelshop/customer-mail", split="test")
        names = mails.features["label"].names
        counts = {name: mails["label"][:].count(number) for number, name in enumerate(names)}
    """,
    alternatives=[
        """
        mails = load_dataset("parcelshop/customer-mail", split="test", streaming=True)
        label = mails.features["label"]
        counts = dict.fromkeys(label.names, 0)
        for mail in mails:
            counts[label.int2str(mail["label"])] += 1
        """
    ],
    hints=[
        '`load_dataset("parcelshop/customer-mail", split="test")` gives the rows of one split.',
        'The column holds numbers; `mails.features["label"].names` says what they mean.',
        "Start from the names, so that a label without a mail gets its 0.",
    ],
    misconceptions=[
        Misconception(
            "a label that does not occur does not exist",
            """
            mails = load_dataset("parcelshop/customer-mail", split="test")
            label = mails.features["label"]
            counts = Counter(label.int2str(number) for number in mails["label"])
            """,
            when=lambda seen: dict(seen) == {name: count for name, count in _TEST.items() if count},
            says="You counted the labels that occur. The dataset has one more, of which this split "
            "has no mail: "
            "that 0 is what you were sent to find.",
        ),
        Misconception(
            "the numbers are the labels",
            """
            mails = load_dataset("parcelshop/customer-mail", split="test")
            counts = Counter(mails["label"])
            """,
            when=lambda seen: set(seen) <= set(_NUMBERED) and len(seen) > 1,
            says="The keys are class numbers, which nobody can read in a report. "
            '`mails.features["label"].names` says what they mean.',
        ),
        Misconception(
            "the first split is the test split",
            """
            mails = load_dataset("parcelshop/customer-mail", split="train")
            names = mails.features["label"].names
            counts = {name: mails["label"][:].count(number) for number, name in enumerate(names)}
            """,
            when=lambda seen: dict(seen) == _TRAIN,
            says="Those are the mails to train on. The question is about the split on which a model "
            "is measured.",
        ),
        Misconception(
            "both splits together",
            """
            mails = load_dataset("parcelshop/customer-mail", split="train+test")
            names = mails.features["label"].names
            counts = {name: mails["label"][:].count(number) for number, name in enumerate(names)}
            """,
            when=lambda seen: dict(seen) == _BOTH,
            says="You counted both splits together, and a gap in the one is filled by the other. "
            'Ask for `split="test"`.',
        ),
        Misconception(
            "a dataset is its splits",
            """
            mails = load_dataset("parcelshop/customer-mail")
            counts = {name: len(rows) for name, rows in mails.items()}
            """,
            when=lambda seen: set(seen) == set(MAILS),
            says="Without `split`, `load_dataset` gives all splits by name, and you counted the rows "
            "of each. "
            "Ask for one split.",
        ),
    ],
    follows="No mail about damage in it: an accuracy on this split is silent about the mails that "
    "cost the shop most.",
)

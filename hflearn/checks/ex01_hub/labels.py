"""q8: the labels of a split, and the one that is not there."""

from ..expect import Counts
from ..question import Misconception, Question, Slip
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
        '`mails = load_dataset("parcelshop/customer-mail", split="test")` gives the rows of one split.',
        'The column `mails["label"]` holds numbers; `mails.features["label"].names` says what they mean.',
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
            'The names are in the dataset: `.features["label"].names`.',
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
            "labels stand in the order in which one thinks of them",
            """
            mails = load_dataset("parcelshop/customer-mail", split="test")
            names = ["delivery", "refund", "question", "damage"]
            counts = {name: mails["label"][:].count(number) for number, name in enumerate(names)}
            """,
            when=lambda seen: (
                set(seen) == set(_TEST)
                and sorted(seen.values()) == sorted(_TEST.values())
                and dict(seen) != _TEST
            ),
            says="The counts are right and stand beside the wrong names. Which number means which label is "
            "the "
            'dataset\'s own order, `.features["label"].names`; no other list has to agree with it.',
            also=[
                """
                mails = load_dataset("parcelshop/customer-mail", split="test")
                names = json.loads(
                    Path(hf_hub_download("parcelshop/mail-sorter-base", "labels.json")).read_text()
                )
                counts = {name: mails["label"][:].count(number) for number, name in enumerate(names)}
                """
            ],
        ),
        Misconception(
            "the rows are the counts",
            """
            counts = load_dataset("parcelshop/customer-mail", split="test")
            """,
            when=lambda seen: type(seen).__name__ in ("Dataset", "IterableDataset", "DatasetDict"),
            says="That is the data itself. Go through its column `label` and count how often each occurs.",
            also=['counts = load_dataset("parcelshop/customer-mail", split="test", streaming=True)'],
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
    slips=[
        Slip("counts = [250, 0, 100, 150]", "got a list of 4 items"),
        Slip(
            "counts = dict.fromkeys(['delivery', 'damage', 'question', 'refund'], 125)",
            "0 of the 4 counts are",
        ),
    ],
    follows="500 mails, none about damage: so the 0.91 of question 4 is silent about the mails that cost "
    "the shop most. Have some labelled and measure on those before you rely on it.",
)

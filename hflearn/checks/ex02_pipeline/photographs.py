"""q4: what a threshold costs, when a wrong answer scores above a right one."""

from collections.abc import Callable, Collection
from typing import Any

from ..expect import Parts, Strings
from ..question import Misconception, Question, Slip

# as the model has it: right are cat .39, coffee .95, tripod .94; wrong are clock .57, rocket .34, suit .16
_RIGHT, _WRONG = {"cat", "coffee", "tripod"}, {"clock", "rocket", "suit"}
_LOST = {"cat"}
_IN_TOP_FIVE = {"clock", "rocket"}
_UNSURE = {"cat", "rocket", "suit"}  # below 0.5


def _gave(wrong: Collection[str], lost: Collection[str] | None = None) -> Callable[[Any], bool]:
    """Whether the answer is these two, or these first and whatever follows."""
    return lambda seen: (
        set(seen[0]) == set(wrong)
        and len(seen[0]) == len(wrong)
        and (lost is None or (set(seen[1]) == set(lost) and type(seen[1]) is not str))
    )


_TAGS = "tags = {name: answers[0] for name, answers in said.items()}\n"
_FALSE = 'wrong = [name for name, tag in tags.items() if tag["label"] not in accepted[name]]\n'
_BAR = 'bar = max(tags[name]["score"] for name in wrong)\n'
_GONE = 'lost = [name for name, tag in tags.items() if name not in wrong and tag["score"] <= bar]'

question = Question(
    title="Which tags are wrong, and what would a threshold cost?",
    expects=lambda: Parts(
        {
            "wrong": Strings(sorted(_WRONG), ordered=False, kind="names of photographs"),
            "lost": Strings(sorted(_LOST), ordered=False, kind="names of photographs"),
        }
    ),
    reference=_TAGS + _FALSE + _BAR + _GONE,
    alternatives=[
        """
        tags = {name: look(photo, top_k=1)[0] for name, photo in photos.items()}
        wrong = {name for name in tags if tags[name]["label"] not in accepted[name]}
        surest = sorted(tags[name]["score"] for name in wrong)[-1]
        lost = {name for name in tags if tags[name]["score"] <= surest} - wrong
        """,
    ],
    hints=[
        "`said[name]` is what the model said of a photograph, the highest score first: the tag is "
        '`said[name][0]["label"]`.',
        "A tag is wrong if it is not among `accepted[name]`, whatever its score.",
        "A threshold that stops every wrong tag lies above the highest score of a wrong one. Which right "
        "tags have no more than that?",
    ],
    misconceptions=[
        Misconception(
            "a low score is a wrong tag",
            """
            wrong = [name for name, answers in said.items() if answers[0]["score"] < 0.5]
            lost = []
            """,
            when=_gave(_UNSURE),
            says="You took a low score for a mistake. One of these is right, though unsure, and a wrong one "
            "scores higher: compare the label with `accepted`.",
        ),
        Misconception(
            "a label is a name",
            """
            wrong = [name for name, answers in said.items() if answers[0]["label"] != name]
            lost = []
            """,
            when=lambda seen: set(seen[0]) >= _WRONG and len(set(seen[0]) & _RIGHT) >= 2,
            says="You compared the label with our own name for the thing: `espresso` is a right tag for "
            "`coffee`. The labels that count as right are in `accepted`.",
        ),
        Misconception(
            "among the first five is right",
            """
            wrong = [
                name
                for name, answers in said.items()
                if not accepted[name] & {answer["label"] for answer in answers}
            ]
            lost = []
            """,
            when=_gave(_WRONG - _IN_TOP_FIVE),
            says="You called a photograph right if a good label is anywhere among the five. The tag that is "
            "printed is the first.",
        ),
        Misconception(
            "what nothing fits is not wrong",
            """
            wrong = [n for n, a in said.items() if accepted[n] and a[0]["label"] not in accepted[n]]
            lost = []
            """,
            when=_gave(_WRONG - {"suit"}),
            says="The suit is missing. No label fits it, so its tag is wrong whatever the model says, and it "
            "gets printed like the others: that `accepted` is empty makes nothing right.",
        ),
        Misconception(
            "the right ones are asked for",
            _TAGS
            + """
wrong = [name for name, tag in tags.items() if tag["label"] in accepted[name]]
lost = ["cat"]
""",
            when=_gave(_RIGHT),
            says="Those are the photographs whose tags are right. `wrong` wants the others.",
        ),
        Misconception(
            "a threshold costs nothing",
            _TAGS + _FALSE + "lost = []",
            when=_gave(_WRONG, ()),
            says="The wrong tags are found. A threshold that stops them all stops a right one, too: which "
            "right tag scores no higher than the surest wrong one?",
        ),
        Misconception(
            "whatever is stopped is lost",
            _TAGS + _FALSE + _BAR + 'lost = [name for name, tag in tags.items() if tag["score"] <= bar]',
            when=_gave(_WRONG, _WRONG | _LOST),
            says="`lost` is everything below the threshold, and most of it should be stopped. The loss is "
            "what was right.",
        ),
        Misconception(
            "the bar is the mean",
            _TAGS
            + _FALSE
            + 'bar = 0.95\nlost = [n for n, tag in tags.items() if n not in wrong and tag["score"] <= bar]',
            when=lambda seen: _gave(_WRONG)(seen) and _LOST < set(seen[1]) <= _RIGHT,
            says="Your threshold is higher than it need be, and costs right tags without stopping one wrong "
            "tag more. It has to lie just above the surest wrong tag.",
        ),
        Misconception(
            "the labels are the photographs",
            _TAGS
            + """
wrong = [tag["label"] for name, tag in tags.items() if tag["label"] not in accepted[name]]
lost = ["tiger cat"]
""",
            when=lambda seen: "football helmet" in seen[0],
            says="Those are the model's labels. Hand over our names for the photographs, the keys of "
            "`photos`, so that somebody can go and mend the tags.",
        ),
    ],
    slips=[
        Slip(_TAGS + _FALSE + 'lost = "cat"', "`lost`: Expected a list of names of photographs"),
        Slip('wrong, lost = ["rocket", "suit"], ["cat"]', "`wrong`: Expected a list of names"),
    ],
    follows="A bubble at 0.57, a cat at 0.39: no threshold tells this wrong tag from this right one. Six "
    "pictures show that it happens; how often, a few hundred of your own would.",
)

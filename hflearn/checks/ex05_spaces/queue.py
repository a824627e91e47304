"""q6: how many calls may run at once, when everybody comes at the same time."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from .. import plain
from ..alike import follows
from ..expect import Expectation, Number, Parts
from ..function import Case, Function
from ..question import Misconception, Question, Slip

Seconds = Mapping[int, float]
_CORES: Seconds = {1: 1.0, 2: 1.8, 4: 3.8, 8: 9.0}  # two cores that compute
_REMOTE: Seconds = {1: 2.0, 2: 2.0, 4: 2.1, 8: 2.6}  # somebody else's computer answers
_EVEN: Seconds = {1: 1.0, 2: 2.0, 4: 4.0}

CASES: Sequence[tuple[Seconds, int]] = [
    (_CORES, 8),
    (_CORES, 9),
    (_REMOTE, 8),
    (_REMOTE, 10),
    (_REMOTE, 1),
    (_EVEN, 8),
    ({4: 4.0, 2: 2.0, 1: 1.0}, 4),
]


def last_answer(seconds_at: Seconds, callers: int, limit: int) -> float:
    """After how many seconds the last of the callers has an answer, with this concurrency_limit."""
    return ceil(callers / limit) * seconds_at[limit]


def best(seconds_at: Seconds, callers: int) -> tuple[int, float]:
    """The limit with which the last has the answer first, the smaller where two are even, and when."""
    limit = min(sorted(seconds_at), key=lambda limit: round(last_answer(seconds_at, callers, limit), 6))
    return limit, last_answer(seconds_at, callers, limit)


def _expectation() -> Expectation:
    return Function(
        [
            Case(
                (dict(seconds_at), callers),
                Parts(
                    {
                        "limit": Number(best(seconds_at, callers)[0]),
                        "seconds": Number(best(seconds_at, callers)[1], rel=1e-3),
                    }
                ),
            )
            for seconds_at, callers in CASES
        ]
    )


def _most(seconds_at: Seconds, callers: int) -> tuple[int, float]:
    limit = max(seconds_at)
    return limit, seconds_at[limit]


def _quickest(seconds_at: Seconds, callers: int) -> tuple[int, float]:
    limit = min(sorted(seconds_at), key=lambda limit: seconds_at[limit])
    return limit, seconds_at[limit]


def _as_text(seen: Sequence[Any]) -> bool:
    """Whether the seconds are text with digits in it, in every row."""
    return all(any(letter.isdigit() for letter in plain.text(seconds) or "") for _, seconds in seen)


def _waits_by(rounds: Any, of: Any = min) -> Any:
    def rule(seconds_at: Seconds, callers: int) -> tuple[int, float]:
        waits = {limit: rounds(callers, limit) * seconds_at[limit] for limit in sorted(seconds_at)}
        limit = of(waits, key=lambda limit: round(waits[limit], 6))
        return limit, waits[limit]

    return rule


def _largest_of_even(seconds_at: Seconds, callers: int) -> tuple[int, float]:
    waits = {limit: last_answer(seconds_at, callers, limit) for limit in sorted(seconds_at, reverse=True)}
    limit = min(waits, key=lambda limit: round(waits[limit], 6))
    return limit, waits[limit]


def _default(seconds_at: Seconds, callers: int) -> tuple[int, float]:
    return 1, callers * seconds_at[1]


def _alone(seconds_at: Seconds, callers: int) -> tuple[int, float]:
    waits = {limit: ceil(callers / limit) * seconds_at[min(seconds_at)] for limit in sorted(seconds_at)}
    limit = min(waits, key=lambda limit: waits[limit])
    return limit, waits[limit]


def _average(seconds_at: Seconds, callers: int) -> tuple[int, float]:
    def mean(limit: int) -> float:
        return sum((i // limit + 1) * seconds_at[limit] for i in range(callers)) / callers

    limit = min(sorted(seconds_at), key=lambda limit: round(mean(limit), 6))
    return limit, mean(limit)


_WAITS = """
waits = {{limit: {rounds} * seconds for limit, seconds in seconds_at.items()}}
limit = min({among}, key=lambda limit: {key})
return limit, waits[limit]
"""


def _sample(
    rounds: str = "math.ceil(callers / limit)", among: str = "sorted(waits)", key: str = "waits[limit]"
) -> str:
    return _WAITS.format(rounds=rounds, among=among, key=key)


question = Question(
    title="Eight at the same moment",
    expects=_expectation,
    reference=_sample(),
    alternatives=[
        """
        best = None
        for limit in sorted(seconds_at):
            rounds = -(-callers // limit)
            seconds = rounds * seconds_at[limit]
            if best is None or seconds < best[1]:
                best = (limit, seconds)
        return best
        """,
        "return min(((limit, len(range(0, callers, limit)) * s) for limit, s in seconds_at.items()),"
        " key=lambda pair: (pair[1], pair[0]))",
    ],
    hints=[
        "With a limit of 4, eight callers come in two rounds. How many rounds are nine?",
        "The last one waits for all rounds: how many, times what one takes when so many run at once. Do that "
        "for each limit, and take the smallest.",
        "`math.ceil(callers / limit)`; and go through the limits from the smallest, so that of two that are "
        "even the smaller is taken.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            "limit = max(seconds_at)\nreturn limit, seconds_at[limit]",
            when=follows(_most, CASES),
            says="More at once is not sooner: on two cores eight calls get in each other's way, and each "
            "takes nine times as long as alone. And who comes ninth waits for a second round, which you do "
            "not count. Work out, for each limit, when the last one is answered.",
        ),
        Misconception(
            "the shortest call is the shortest wait",
            "limit = min(seconds_at, key=seconds_at.get)\nreturn limit, seconds_at[limit]",
            when=follows(_quickest, CASES),
            says="You took the shortest call, and how many callers there are makes no difference to that. "
            "Eight callers at a limit of 1 are eight rounds, and the last one waits for all of them: rounds "
            "times seconds, for each limit.",
            also=["seconds, limit = min((s, n) for n, s in seconds_at.items())\nreturn limit, seconds"],
        ),
        Misconception(
            "the default was well chosen",
            "return 1, callers * seconds_at[1]",
            when=follows(_default, CASES),
            says="One at a time: that is Gradio's default, and also the limit with which a single call is "
            "quickest. It is right where calls compete for the same cores. Where somebody else's computer "
            "does the work, all but one of your callers wait for nothing: see the second row of the table.",
            also=[_sample(key="(seconds_at[limit], limit)")],
        ),
        Misconception(
            "a part of a round takes a part of the time",
            _sample("callers / limit"),
            when=follows(_waits_by(lambda callers, limit: callers / limit), CASES),
            says="Nine callers at a limit of 8 are two rounds, not one and an eighth: the ninth begins when "
            "one of the first eight is done, and takes as long. Round up.",
        ),
        Misconception(
            "what is left over is done in passing",
            _sample("(callers // limit)"),
            when=follows(_waits_by(lambda callers, limit: callers // limit), CASES),
            says="You rounded down: the callers who are left over after the full rounds are never answered "
            "(with one caller and a limit of 2 there is no round at all).",
            also=[_sample("int(callers / limit)")],
        ),
        Misconception(
            "each call is as quick as alone",
            _sample().replace("* seconds for limit, seconds", "* seconds_at[1] for limit, _"),
            when=follows(_alone, CASES),
            says="You took the time of a call that runs alone for all limits. When several run at once, each "
            "takes what the table says for so many.",
            also=[
                _sample().replace("* seconds for limit, seconds", "* min(seconds_at.values()) for limit, _")
            ],
        ),
        Misconception(
            "waiting is the average",
            """
            waits = {
                limit: sum((i // limit + 1) * seconds for i in range(callers)) / callers
                for limit, seconds in seconds_at.items()
            }
            limit = min(sorted(waits), key=lambda limit: round(waits[limit], 6))
            return limit, waits[limit]
            """,
            when=follows(_average, CASES),
            says="That is how long they wait on the average. A good question, and another: asked was for the "
            "last one, who is the one to complain.",
        ),
        Misconception(
            "if it is even, more is better",
            _sample(among="sorted(waits, reverse=True)"),
            when=follows(_largest_of_even, CASES),
            says="Right, but where two limits are even you take the larger: it needs the memory of more "
            "calls at once and gains nothing.",
            also=[_sample(key="(waits[limit], -limit)")],
        ),
        Misconception(
            "the longest wait is the largest",
            _sample().replace("min(", "max("),
            when=follows(_waits_by(lambda callers, limit: ceil(callers / limit), max), CASES),
            says="You chose the limit with which the last one waits longest.",
        ),
        Misconception(
            "an answer is to be read",
            _sample().replace("limit, waits[limit]", 'limit, f"{waits[limit]:.1f}"'),
            when=_as_text,
            says="Your seconds are text, and what calls this function wants to compare them and to count "
            'with them. Give back the number itself, without quotes, `str()` or `f"…"`; it becomes text '
            "where somebody reads it.",
            also=[
                _sample().replace("limit, waits[limit]", "limit, str(waits[limit])"),
                _sample().replace("limit, waits[limit]", 'limit, f"{waits[limit]:.1f} s"'),
                'return 4, "3.8"',
            ],
        ),
    ],
    slips=[
        Slip(_sample().replace("limit, waits[limit]", "limit"), "Expected the 2 parts (limit, seconds)"),
        Slip(_sample().replace("limit, waits[limit]", "waits[limit], limit"), "in another order"),
        Slip(_sample().replace("return ", ""), "gave nothing back"),
        Slip(_sample().replace("limit, waits[limit]", "limit, seconds_at[limit]"), "`seconds`"),
    ],
    follows="`click(…, concurrency_limit=1)` for what computes here, more for what waits for others; and "
    "`demo.queue(max_size=20)` lets twenty wait and tells the next at once that the queue is full. (Those "
    "whose call runs are not among the twenty.) Measure the table on the machine that the Space runs on.",
)

"""From an answer to a verdict: fair, one sentence, and never a raw traceback."""

import pytest

from hflearn.checks import Misconception, Question, Status, ____
from hflearn.checks.expect import Number, Strings
from hflearn.checks.function import Case, Function
from hflearn.checks.judge import judge


def question(expects, *misconceptions):
    return Question("", lambda: expects, "", (), (), misconceptions, follows="So do it.")


DOUBLE = question(
    Function([Case((2,), Number(4)), Case((3,), Number(6))]),
    Misconception("square", "", when=lambda seen: seen == [4, 9], says="That is the square."),
    Misconception("no return", "", when=lambda seen: seen == [None, None], says="It returns nothing."),
    Misconception(
        "text", "", when=lambda seen: "unsupported operand" in str(seen), says="You got a type error."
    ),
)


def verdict(answer, asked=DOUBLE):
    return judge("q1", asked, answer)


def test_right():
    said = verdict(lambda x: 2 * x)
    assert (said.status, said.message) == (Status.RIGHT, "So do it.")


@pytest.mark.parametrize("answer", [____, lambda x: ____, [____]])
def test_a_blank_is_not_attempted(answer):
    assert verdict(answer).status is Status.NOT_ATTEMPTED


def test_a_blank_met_only_when_run_is_not_attempted():
    helper = [____]
    assert verdict(lambda x: helper[0] + x).status is Status.NOT_ATTEMPTED


def test_a_misconception_earns_its_message():
    said = verdict(lambda x: x * x)
    assert (said.status, said.message) == (Status.WRONG, "That is the square.")


def test_an_exception_may_be_a_misconception():
    assert verdict(lambda x: x + "a").message == "You got a type error."


def test_a_predicate_that_fails_on_an_odd_answer_means_no():
    asked = question(Number(1), Misconception("", "", when=lambda seen: seen.size > 3, says="Big."))
    assert "Expected a number" in verdict(None, asked).message


def test_any_other_wrong_answer_is_told_for_which_arguments():
    assert verdict(lambda x: 4).message.startswith("For the arguments `3`: Expected a number")


def test_a_function_without_a_return_is_told_so():
    assert "`3`: your function gave nothing back (None)" in verdict(lambda x: 4 if x == 2 else None).message


def test_what_a_case_does_before_its_call_is_done_then():
    world = []
    asked = question(Function([Case((), Number(0)), Case((), Number(1), before=lambda: world.append(1))]))
    assert verdict(lambda: len(world), asked).right


def gives(*items):
    yield from items
    raise ValueError("no more")


def test_what_a_generator_raises_is_the_learners():
    said = verdict(gives("a"), question(Strings(["a"])))
    assert (said.status, said.message) == (
        Status.RAISED,
        "Listing a generator raised ValueError: no more.",
    )


def test_a_blank_that_a_generator_gives_is_not_attempted():
    assert verdict((____ for _ in "a"), question(Strings(["a"]))).status is Status.NOT_ATTEMPTED


def test_what_is_no_function_is_told_so():
    assert "Expected a function (its name, without brackets), got the number 4" in verdict(4).message


def broken(x):
    y = x
    return 1 / (y - y)


def test_their_exception_is_reported_with_their_line():
    said = verdict(broken)
    assert said.status is Status.RAISED
    assert "`broken(2)` raised ZeroDivisionError: division by zero" in said.message
    assert "`return 1 / (y - y)`" in said.message


def exits(x):
    raise SystemExit(3)


class MuteError(Exception):
    def __str__(self):
        raise RuntimeError


def mute(x):
    raise MuteError


def endless(x):
    return endless(x)


@pytest.mark.parametrize("answer", [exits, mute, endless, lambda: 3, int.__add__])
def test_every_way_to_fail_is_feedback(answer):
    said = verdict(answer)
    assert said.status is Status.RAISED
    assert len(repr(said)) < 700


class Hostile:
    """Raises whatever is asked of it."""

    def _raise(self, *_):
        raise RuntimeError("hostile")

    __eq__ = __repr__ = __str__ = __len__ = __iter__ = __bool__ = __float__ = __getattr__ = _raise
    __hash__ = None


ODD = [
    Hostile(),
    [Hostile()],
    {"a": Hostile()},
    lambda x: Hostile(),
    None,
    ["a"] * 10,
    "x" * 10**6,
    object,
    ...,
]


@pytest.mark.parametrize(
    "asked", [DOUBLE, question(Number(1)), question(Strings(["a"]))], ids=["f", "n", "s"]
)
@pytest.mark.parametrize("answer", ODD, ids=range(len(ODD)))
def test_odd_objects_are_wrong_in_few_words(asked, answer):
    said = verdict(answer, asked)
    assert not said.right
    assert len(repr(said)) < 700
    assert len(said._repr_html_()) < 1000


def test_a_hub_that_is_gone_is_the_checks_trouble_and_not_the_learners():
    def gone():
        raise ConnectionError("refused")

    asked = Question("", gone, "", (), (), (), "")
    assert judge("q1", asked, 1).status is Status.UNABLE


def test_a_hub_that_goes_while_the_check_looks_is_too():
    class Gone(Number):
        def observe(self, answer):
            raise ConnectionError("refused")

    assert verdict(1, question(Gone(1))).status is Status.UNABLE

"""q1: tokens of the text itself, as a ratio."""

from collections.abc import Callable

from ..alike import follows
from ..expect import Expectation, Number
from ..function import Case
from ..question import Misconception, Question, Slip
from .loaded import content
from .unwarned import Unwarned

_LAMP = "Please repair the street lamp outside number 12. ", "Por favor, reparen la farola del número 12. "
_PAIRS = [
    ("My bin was not emptied this week.", "Esta semana no han vaciado mi contenedor."),
    (
        "The lamp by the school and the lamp by the church are dark.",
        "No alumbra la farola de la iglesia ni la de la escuela.",
    ),
    ("Thank you!", "¡Muchísimas gracias!"),
    (_LAMP[0] * 70, _LAMP[1] * 70),  # longer than the model takes
]
_SHORT = _PAIRS[:3]


def _tokens(text: str) -> int:
    return len(content("sentiment", text))


def _ratio(count: Callable[[str], int]) -> Callable[[str, str], float]:
    return lambda english, spanish: count(spanish) / count(english)


def _expects() -> Expectation:
    right = _ratio(_tokens)
    return Unwarned([Case(pair, Number(right(*pair), abs=0.006)) for pair in _PAIRS])


_COUNT = "return len({spanish}) / len({english})"


def _counting(how: str) -> str:
    return _COUNT.format(spanish=how.format("spanish"), english=how.format("english"))


question = Question(
    title="What does a message in Spanish cost?",
    expects=_expects,
    reference="return len(tokenizer.tokenize(spanish)) / len(tokenizer.tokenize(english))",
    alternatives=[
        _counting('tokenizer({}, add_special_tokens=False)["input_ids"]'),
        """
        with_special = [len(tokenizer(text)["input_ids"]) for text in (spanish, english)]
        extra = tokenizer.num_special_tokens_to_add()
        return round((with_special[0] - extra) / (with_special[1] - extra), 2)
        """,
        _counting("[id for id in tokenizer.encode({}) if id not in tokenizer.all_special_ids]"),
    ],
    hints=[
        "`tokenizer.tokenize(text)` gives the pieces of the text alone.",
        "`tokenizer(text)` adds two special tokens, unless you say `add_special_tokens=False`.",
        "Tokens of the Spanish text divided by tokens of the English one.",
    ],
    misconceptions=[
        Misconception(
            "the special tokens are text",
            _counting('tokenizer({})["input_ids"]'),
            when=follows(_ratio(lambda text: _tokens(text) + 2), _SHORT),
            says="You counted `[CLS]` and `[SEP]`, which every message pays alike: they make short messages "
            "look more equal than they are. Leave them out.",
            also=[
                _counting("tokenizer.encode({})"),
                _counting('tokenizer({}, truncation=True)["input_ids"]'),
            ],
        ),
        Misconception(
            "a tokenizer is a tokenizer",
            _counting("chat_tokenizer.tokenize({})"),
            when=follows(_ratio(lambda text: len(content("chat", text))), _PAIRS),
            says="You counted with the chat model's tokenizer. Another tokenizer, another bill: this model's "
            "is `tokenizer`.",
        ),
        Misconception(
            "a longer text does no harm",
            _counting('tokenizer({}, truncation=True, add_special_tokens=False)["input_ids"]'),
            when=lambda seen: (
                follows(_ratio(_tokens), _SHORT)(seen) and not follows(_ratio(_tokens), _PAIRS)(seen)
            ),
            says="Right for short messages. A long one you cut off before you counted it: `truncation=True` "
            "is for feeding the model, not for the bill.",
        ),
        Misconception(
            "what the tokenizer gives is a list of tokens",
            _counting("tokenizer({})"),
            when=follows(_ratio(lambda text: 3), _PAIRS),
            says="1 for every pair: you counted the fields that the tokenizer gives (`input_ids`, "
            "`attention_mask`, …), which are always as many. The tokens are inside.",
        ),
        Misconception(
            "a token is a word",
            _counting("{}.split()"),
            when=follows(_ratio(lambda text: len(text.split())), _PAIRS),
            says="Those are words, cut at the spaces. The model reads tokens, and a word in Spanish is "
            "several of them here: that is the whole difference in price.",
        ),
        Misconception(
            "a token is a character",
            _counting("{}"),
            when=follows(_ratio(len), _PAIRS),
            says="Those are characters. The model reads tokens: ask `tokenizer`.",
        ),
        Misconception(
            "each kind of token is paid once",
            _counting("set(tokenizer.tokenize({}))"),
            when=follows(_ratio(lambda text: len(set(content("sentiment", text)))), _PAIRS),
            says="You counted each kind of token once. The model reads, and you pay for, every occurrence.",
        ),
        Misconception(
            "the other way up",
            "return len(tokenizer.tokenize(english)) / len(tokenizer.tokenize(spanish))",
            when=follows(lambda english, spanish: _tokens(english) / _tokens(spanish), _PAIRS),
            says="Upside down: that is what the English text costs relative to the Spanish one.",
        ),
        Misconception(
            "the surplus",
            "return len(tokenizer.tokenize(spanish)) / len(tokenizer.tokenize(english)) - 1",
            when=lambda seen: any(
                follows(lambda e, s, by=by: (_tokens(s) / _tokens(e) - 1) * by, _PAIRS)(seen)
                for by in (1, 100)
            ),
            says="That is the surplus, what Spanish costs on top. How many *times as many* tokens is it: "
            "2 would be twice as many.",
            also=["return 100 * len(tokenizer.tokenize(spanish)) / len(tokenizer.tokenize(english)) - 100"],
        ),
        Misconception(
            "the difference",
            "return len(tokenizer.tokenize(spanish)) - len(tokenizer.tokenize(english))",
            when=follows(lambda english, spanish: _tokens(spanish) - _tokens(english), _PAIRS),
            says="That is how many more tokens: it grows with the message. The ratio can be compared.",
        ),
        Misconception(
            "whole numbers will do",
            "return len(tokenizer.tokenize(spanish)) // len(tokenizer.tokenize(english))",
            when=lambda seen: any(
                follows(lambda e, s, to=to: to(_tokens(s) / _tokens(e)), _PAIRS)(seen) for to in (int, round)
            ),
            says="You rounded to a whole number, and the bill is in what was cut off. Give two decimals.",
            also=["return round(len(tokenizer.tokenize(spanish)) / len(tokenizer.tokenize(english)))"],
        ),
    ],
    slips=[
        Slip("return 1.5", "the number 1.5 has the right type, not the right value"),
        Slip('return f"{len(tokenizer.tokenize(spanish)) / len(tokenizer.tokenize(english)):.2f}"', "text"),
        Slip("print(len(tokenizer.tokenize(spanish)) / len(tokenizer.tokenize(english)))", "nothing back"),
    ],
    follows="Same request, more tokens: slower, dearer, cut off sooner. Measure your own languages before "
    "you promise a price, and with the tokenizers of several models before you choose one.",
)

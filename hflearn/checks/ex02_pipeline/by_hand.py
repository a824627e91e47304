"""q8: the pipeline's three steps, without the pipeline."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from .. import plain
from ..expect import Array
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from .cinema import rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONG = "The seats are hard and the film is long, yet I stayed to the end. " * 40
_CASES = (
    ["Lovely.", "A slow start, but the ending is lovely, and so was the music.", "Never again!"],
    [_LONG, "It is all right."],
)


@cache
def _logits(case: int, attended: bool = True) -> "NDArray[Any]":
    """The model's logits for a case; not ``attended``: without the mask that hides the padding."""
    import torch

    inputs = rate().tokenizer(_CASES[case], padding=True, truncation=True, return_tensors="pt")
    if not attended:
        inputs["attention_mask"] = torch.ones_like(inputs["attention_mask"])
    with torch.no_grad():
        return rate().model(**inputs).logits.numpy()


def _softmax(logits: "NDArray[Any]", axis: int = -1) -> "NDArray[Any]":
    import numpy as np

    exponentials: NDArray[Any] = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _says(rule: Callable[["NDArray[Any]"], Any], attended: bool = True) -> Callable[[Any], bool]:
    """Whether the first result is what ``rule`` makes of the logits."""

    def when(seen: Any) -> bool:
        import numpy as np

        got, wanted = plain.array(seen[0]), np.asarray(rule(_logits(0, attended)), dtype=float)
        return got.shape == wanted.shape and bool(np.allclose(got, wanted, rtol=0, atol=1e-4))

    return when


def _sigmoid(logits: "NDArray[Any]") -> Any:
    import numpy as np

    return 1 / (1 + np.exp(-logits))


_PREPROCESS = 'inputs = tokenizer(texts, padding=True, truncation=True, return_tensors="pt")\n'
_FORWARD = "with torch.no_grad():\n    logits = model(**inputs).logits\n"

question = Question(
    title="What does the pipeline do?",
    expects=lambda: Function(
        [Case((texts,), Array(_softmax(_logits(case)), atol=1e-5)) for case, texts in enumerate(_CASES)]
    ),
    reference=_PREPROCESS + _FORWARD + "return logits.softmax(dim=-1)",
    alternatives=[
        """
        rows = []
        for text in texts:
            inputs = tokenizer(text, truncation=True, return_tensors="pt")
            logits = model(**inputs).logits[0].detach().numpy()
            powers = np.exp(logits - logits.max())
            rows.append((powers / powers.sum()).tolist())
        return rows
        """,
        """
        answers = rate(texts, top_k=None, truncation=True)
        number = model.config.label2id
        for answer in answers:
            answer.sort(key=lambda one: number[one["label"]])
        return [[one["score"] for one in answer] for answer in answers]
        """,
    ],
    hints=[
        "Three steps: `tokenizer(...)` makes tensors of ids, `model(**inputs).logits` one number for each "
        "text and label, and something turns these into scores that sum to one.",
        "Texts of different lengths want `padding=True`, long ones `truncation=True`; "
        '`return_tensors="pt"` makes tensors of the lists.',
        "`logits.softmax(dim=-1)`: the scores of one text, over its five labels, sum to one.",
    ],
    misconceptions=[
        Misconception(
            "softmax over the texts",
            _PREPROCESS + _FORWARD + "return logits.softmax(dim=0)",
            when=_says(lambda logits: _softmax(logits, axis=0)),
            says="Your columns sum to one, not your rows: softmax went over the texts (`dim=0`), and each "
            "score depends on what other texts came along. The labels are the last dimension.",
        ),
        Misconception(
            "softmax over everything",
            _PREPROCESS + _FORWARD + "return logits.flatten().softmax(dim=0).reshape(logits.shape)",
            when=_says(lambda logits: _softmax(logits.reshape(1, -1)).reshape(logits.shape)),
            says="All your scores together sum to one. Each text has scores of its own: softmax over the "
            "last dimension, row by row.",
        ),
        Misconception(
            "logits are scores",
            _PREPROCESS + _FORWARD + "return logits",
            when=_says(lambda logits: logits),
            says="Those are the logits: they have the right order, and neither lie between 0 and 1 nor sum "
            "to one. The third step is still missing.",
        ),
        Misconception(
            "each label answers for itself",
            _PREPROCESS + _FORWARD + "return logits.sigmoid()",
            when=_says(_sigmoid),
            says="You took the sigmoid, which judges each label by itself, for tasks where several may hold. "
            "Here one of five holds, and the five share a sum of one: softmax.",
        ),
        Misconception(
            "the logarithm is the score",
            _PREPROCESS + _FORWARD + "return logits.log_softmax(dim=-1)",
            when=_says(lambda logits: _log(_softmax(logits))),
            says="Those are the scores' logarithms (`log_softmax`), all below 0: good for training, not for "
            "people. The pipeline gives the softmax itself.",
        ),
        Misconception(
            "the best label comes first",
            _PREPROCESS + _FORWARD + "return logits.softmax(dim=-1).flip(-1)",
            when=_says(lambda logits: _softmax(logits)[:, ::-1]),
            says="The right scores, the columns the wrong way round: column 0 is to be `1 star`, column 4 "
            "`5 stars`.",
        ),
        Misconception(
            "twice softmax is once",
            _PREPROCESS + _FORWARD + "return logits.softmax(dim=-1).softmax(dim=-1)",
            when=_says(lambda logits: _softmax(_softmax(logits))),
            says="Softmax was taken twice: the second time it makes all five nearly equal. Once is enough.",
        ),
        Misconception(
            "a share of the logits",
            _PREPROCESS + _FORWARD + "return logits / logits.sum(dim=-1, keepdim=True)",
            when=_says(lambda logits: logits / logits.sum(axis=-1, keepdims=True)),
            says="You divided the logits by their sum: some are negative, and so are your scores. Softmax "
            "takes the exponential of each first.",
        ),
        Misconception(
            "padding is text",
            _PREPROCESS
            + 'with torch.no_grad():\n    logits = model(inputs["input_ids"]).logits\n'
            + "return logits.softmax(dim=-1)",
            when=_says(_softmax, attended=False),
            says="You gave the model the ids alone, so it read the padding of the shorter texts as text. "
            "`model(**inputs)` hands over the attention mask, too.",
        ),
        Misconception(
            "the scores are the answer's label",
            _PREPROCESS + _FORWARD + "return logits.argmax(dim=-1)",
            when=lambda seen: plain.array(seen[0]).shape == (len(_CASES[0]),),
            says="One number for each text: you went on to the label, or to the highest score. All five "
            "scores of each text are wanted.",
            also=[_PREPROCESS + _FORWARD + "return logits.softmax(dim=-1).max(dim=-1).values"],
        ),
        Misconception(
            "the first text is all",
            _PREPROCESS + _FORWARD + "return logits.softmax(dim=-1)[0]",
            when=lambda seen: plain.array(seen[0]).shape == (5,),
            says="Five numbers, for one text. Several come in: give a row for each.",
        ),
        Misconception(
            "the pipeline keeps the labels' order",
            """
            answers = rate(texts, top_k=None, truncation=True)
            return [[answer["score"] for answer in one] for one in answers]
            """,
            when=_says(lambda logits: -_sorted(-_softmax(logits))),
            says="Your scores stand in falling order, as the pipeline gives them. Column 0 is to be `1 "
            "star`, column 4 `5 stars`: the order of `model.config.id2label`.",
        ),
        Misconception(
            "inputs are one argument",
            _PREPROCESS
            + "with torch.no_grad():\n    logits = model(inputs).logits\nreturn logits.softmax(dim=-1)",
            when=lambda seen: isinstance(seen, AttributeError) and str(seen) == "",
            says="The tokenizer gives a dict of tensors by name, and the model takes them by name: "
            "`model(**inputs)`, with two stars.",
        ),
        Misconception(
            "an output is its logits",
            _PREPROCESS + "with torch.no_grad():\n    return model(**inputs)",
            when=lambda seen: type(seen[0]).__name__.endswith("Output"),
            says="That is all that the model gives back. What you want of it is its `.logits`; and then "
            "there is the third step.",
        ),
        Misconception(
            "cut wherever there is room",
            _PREPROCESS.replace("truncation=True", "truncation=True, max_length=512")
            + _FORWARD
            + "return logits.softmax(dim=-1)",
            when=lambda seen: _says(_softmax)(seen) and _only_the_long_one_differs(seen[1]),
            says="All is right but the text that is too long: you cut it elsewhere than the pipeline. That "
            "cuts at `tokenizer.model_max_length`, 256 tokens, which is what `truncation=True` does by "
            "itself.",
            also=[
                "texts = [text[:600] for text in texts]\n"
                + _PREPROCESS
                + _FORWARD
                + "return logits.softmax(dim=-1)"
            ],
        ),
        Misconception(
            "rounded is equal",
            _PREPROCESS + _FORWARD + "return logits.softmax(dim=-1).round(decimals=2)",
            when=lambda seen: abs(plain.array(seen[0]) - _softmax(_logits(0))).max() < 0.0051,
            says="Right to a few decimals, and agreement to five is asked for: leave them as they are, and "
            "round where they are printed.",
            also=[
                _PREPROCESS
                + _FORWARD
                + "return [[round(s, 3) for s in row] for row in logits.softmax(-1).tolist()]"
            ],
        ),
        Misconception(
            "texts in a batch are equally long",
            'inputs = tokenizer(texts, truncation=True, return_tensors="pt")\n'
            + _FORWARD
            + "return logits.softmax(dim=-1)",
            when=lambda seen: isinstance(seen, ValueError) and "padding" in str(seen),
            says="The texts have different lengths, and a tensor has none of that: `padding=True` fills the "
            "shorter ones up.",
        ),
        Misconception(
            "a model reads whatever it gets",
            'inputs = tokenizer(texts, padding=True, return_tensors="pt")\n'
            + _FORWARD
            + "return logits.softmax(dim=-1)",
            when=lambda seen: isinstance(seen, RuntimeError) and "512" in str(seen),
            says="A text of some 600 tokens came, and this model has places for 512 at most: "
            "`truncation=True` cuts off what is too much. (What is cut is not read: a verdict at the end "
            "is lost.)",
        ),
        Misconception(
            "a model reads lists",
            "inputs = tokenizer(texts, padding=True, truncation=True)\n"
            + _FORWARD
            + "return logits.softmax(dim=-1)",
            when=lambda seen: isinstance(seen, AttributeError) and "list" in str(seen),
            says="The model was given lists, of ids or of texts, and it computes with tensors: "
            '`return_tensors="pt"` makes the tokenizer give some.',
            also=["return model(texts).logits.softmax(dim=-1)"],
        ),
    ],
    slips=[
        Slip(_PREPROCESS + _FORWARD + "print(logits.softmax(dim=-1))", "gave nothing back (None)"),
        Slip("return rate(texts, truncation=True)", "Expected an array of shape (3, 5), got a list"),
        Slip(
            _PREPROCESS.replace("truncation=True", "truncation=True, max_length=8")
            + _FORWARD
            + "return logits.softmax(dim=-1)",
            "The shape is right",
        ),
    ],
    follows="Equal to the pipeline's within 0.00001. Now you can change a step: cut elsewhere, keep the "
    "logits, or find the model's mistakes at the step where they arise.",
)


def _only_the_long_one_differs(scores: Any) -> bool:
    import numpy as np

    apart = np.abs(plain.array(scores) - _softmax(_logits(1))).max(axis=1)
    return bool(apart[0] > 1e-5 > apart[1])


def _log(rows: "NDArray[Any]") -> "NDArray[Any]":
    import numpy as np

    return np.asarray(np.log(rows))


def _sorted(rows: "NDArray[Any]") -> "NDArray[Any]":
    import numpy as np

    return np.sort(rows, axis=-1)

"""q6: a chat model is given a text instead of a conversation."""

from collections.abc import Mapping
from typing import Any

from .. import plain
from ..describe import describe, shorten
from ..loaded import tokenizer
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip
from .models import lent

_RULE = "You answer guests of the Hotel Miramar in one sentence. Breakfast is from 7 to 10."
_ASKED = "Until what time may I have breakfast?"
_MARKS = ("<|im_start|>", "<|im_end|>")


def _messages(*roles: tuple[str, str]) -> list[dict[str, str]]:
    return [{"role": role, "content": content} for role, content in roles]


_CONVERSATION = _messages(("system", _RULE), ("user", _ASKED))


def _ids(messages: list[dict[str, str]], ready: bool = True) -> list[int]:
    """The ids of a conversation in the model's own form."""
    text = tokenizer("chat").apply_chat_template(messages, add_generation_prompt=ready, tokenize=False)
    return _of(text)


def _of(text: str) -> list[int]:
    return list(tokenizer("chat")(text)["input_ids"])


def _examine(prompt: Any) -> Any:
    return run(prompt, "the rule and a question", lent(tokenizer("chat")), _RULE, _ASKED)


def _whole(seen: Any) -> list[int] | None:
    """The ids in a list, tuple, array or tensor of one dimension."""
    if hasattr(type(seen), "tolist"):
        seen = seen.tolist()
    if type(seen) not in (list, tuple):
        return None
    numbers = [plain.number(item) for item in seen]
    return [n for n in numbers if type(n) is int] if all(type(n) is int for n in numbers) else None


def _turns(seen: Any) -> list[tuple[str, str]]:
    """The roles and what they say, as the model would read them."""
    started, ended = _MARKS
    text = tokenizer("chat").decode(_whole(seen))
    turns = (turn.split(ended)[0].partition("\n") for turn in text.split(started)[1:])
    return [(role, said) for role, _, said in turns]


def _complain(seen: Any) -> str | None:
    if seen is None:
        return NOTHING
    ids = _whole(seen)
    if ids is None:
        return f"Expected the ids as one flat list of whole numbers, got {_got(seen)}."
    if ids == _ids(_CONVERSATION):
        return None
    read = shorten(tokenizer("chat").decode(ids).replace("\n", "⏎"), 260)
    return f"Not the conversation in the form that this model was trained on. It would read: `{read}`"


def _got(seen: Any) -> str:
    if type(seen) is str:
        return "a string: the model reads ids"
    if isinstance(seen, Mapping) and "input_ids" in seen:
        return f"{describe(seen)}, which holds them as `input_ids`"
    inner = seen.tolist() if hasattr(type(seen), "tolist") else seen
    if type(inner) in (list, tuple) and len(inner) == 1:
        return f"{describe(seen)}: a batch of one. Hand over its row"
    return describe(seen)


_SENT = """
messages = [{"role": "system", "content": rule}, {"role": "user", "content": question}]
return tokenizer.apply_chat_template(messages, add_generation_prompt=True)["input_ids"]
"""
_TEXT = """
messages = [{"role": "system", "content": rule}, {"role": "user", "content": question}]
text = tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
return tokenizer(text)["input_ids"]
"""

question = Question(
    title="The screen at the desk says nothing",
    expects=lambda: Patient(_examine, _complain),
    reference=_SENT,
    alternatives=[
        _TEXT,
        _SENT.replace('"input_ids"]', '"input_ids"][:]').replace("=True", "=True, return_dict=True"),
    ],
    hints=[
        "Decode what your function gives, and read it as the model would. Where does it say who speaks, and "
        "whose turn it is?",
        "A chat model was trained on conversations in one exact form, and the tokenizer knows it: "
        "`tokenizer.apply_chat_template(messages, …)`, with a message for each role.",
        "The form has to end where the assistant begins to speak: `add_generation_prompt=True`.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            """
            text = rule + "\\n" + question
            return tokenizer(text)["input_ids"]
            """,
            when=lambda seen: (
                not any(mark in tokenizer("chat").decode(_whole(seen)) for mark in _MARKS)
                and _ASKED in tokenizer("chat").decode(_whole(seen))
                and ":" not in tokenizer("chat").decode(_whole(seen)).replace(_RULE, "").replace(_ASKED, "")
            ),
            says="It is still one text, in which nobody speaks and nobody is asked. The model continues it "
            "as it would continue a page of a book. Give it the conversation, in the form that it was "
            "trained on.",
            also=[
                'return tokenizer(rule + " " + question)["input_ids"]',
                'return tokenizer(question)["input_ids"]',
            ],
        ),
        Misconception(
            "any form will do",
            'return tokenizer(f"System: {rule}\\nUser: {question}\\nAssistant:")["input_ids"]',
            when=lambda seen: (
                not any(mark in tokenizer("chat").decode(_whole(seen)) for mark in _MARKS)
                and _ASKED in tokenizer("chat").decode(_whole(seen))
            ),
            says="A form of your own. It may even work a little, because the model has seen plays and "
            "interviews. It was trained to answer in another: the tokenizer carries that one, so do not "
            "write it by hand.",
            also=['return tokenizer(f"### Instruction: {rule} {question}\\n### Response:")["input_ids"]'],
        ),
        Misconception(
            "the answer begins by itself",
            _SENT.replace("add_generation_prompt=True", "add_generation_prompt=False"),
            when=lambda seen: _whole(seen) == _ids(_CONVERSATION, ready=False),
            says="The conversation is right, and it ends with the guest. Nothing says that the assistant is "
            "to speak now, so the model has to guess whose turn it is. One argument adds that.",
            also=[_SENT.replace("add_generation_prompt=True", "")],
        ),
        Misconception(
            "whose words are whose",
            _SENT.replace("rule}", "X}").replace("question}", "rule}").replace("X}", "question}"),
            when=lambda seen: any(role == "system" and said == _ASKED for role, said in _turns(seen)),
            says="Rule and question have changed places: the guest's question stands in the `system` "
            "message, where the hotel's rule belongs. Decode the ids to see it.",
        ),
        Misconception(
            "the rule belongs to the question",
            """
            messages = [{"role": "user", "content": rule + "\\n" + question}]
            return tokenizer.apply_chat_template(messages, add_generation_prompt=True)["input_ids"]
            """,
            when=lambda seen: any(role == "user" and _RULE in said for role, said in _turns(seen)),
            says="The rule is in the guest's mouth. It is the hotel's, and has a role of its own, `system`; "
            "without one, this template puts its author's own sentence there, as you see when you decode it.",
            also=[
                """
                messages = [{"role": "user", "content": rule}, {"role": "user", "content": question}]
                return tokenizer.apply_chat_template(messages, add_generation_prompt=True)["input_ids"]
                """
            ],
        ),
        Misconception(
            "any role will do",
            _SENT.replace('"system"', '"assistant"'),
            when=lambda seen: any(
                role not in ("system", "user") and _RULE in said for role, said in _turns(seen)
            ),
            says="The rule has a turn, and not the one that the model learnt to obey. The hotel's rule is of "
            "the role `system`, written exactly so; decode the ids to see which role it has now.",
            also=[_SENT.replace('"system"', '"System"'), _SENT.replace('"system"', '"rule"')],
        ),
        Misconception(
            "the question is all",
            """
            messages = [{"role": "user", "content": question}]
            return tokenizer.apply_chat_template(messages, add_generation_prompt=True)["input_ids"]
            """,
            when=lambda seen: (
                _whole(seen)
                in (
                    _ids(_messages(("user", _ASKED))),
                    _ids(_messages(("user", _ASKED)), ready=False),
                )
            ),
            says="The repair has lost the hotel's rule: when breakfast ends is in it, and the model cannot "
            "know. It goes first, as the `system` message.",
        ),
        Misconception(
            "a turn that is closed",
            """
            messages = [{"role": "system", "content": rule}, {"role": "user", "content": question},
                        {"role": "assistant", "content": ""}]
            return tokenizer.apply_chat_template(messages)["input_ids"]
            """,
            when=lambda seen: (
                _whole(seen)
                in [_ids([*_CONVERSATION, *_messages(("assistant", ""))], ready) for ready in (False, True)]
            ),
            says="You let the assistant say nothing, and its turn is over before it began. It must be opened "
            "and not closed: that is what `add_generation_prompt=True` does, without such a message.",
        ),
    ],
    slips=[
        Slip(_SENT.replace('["input_ids"]', ""), "which holds them as `input_ids`"),
        Slip(_TEXT.replace('tokenizer(text)["input_ids"]', "text"), "the model reads ids"),
        Slip(_SENT.replace("=True)", '=True, return_tensors="pt")'), "a batch of one"),
        Slip(_TEXT.replace("return ", ""), "gave nothing back"),
        Slip(_TEXT.replace("(text)", "(text.upper())"), "It would read:"),
    ],
    follows="Decode a prompt once, as the model reads it, before you blame the model. "
    '(`pipeline("text-generation")` applies the template by itself when it is given messages.)',
)

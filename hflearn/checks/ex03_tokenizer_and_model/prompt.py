"""q8: a conversation, written down as the chat model was trained to read it."""

import re
from textwrap import dedent
from typing import Any

from ..alike import alike
from ..expect import Expectation, Text
from ..function import Case, Function
from ..loaded import tokenizer
from ..question import Misconception, Question, Slip

_DESK = "You answer citizens of Elmsport, politely, in one sentence."
_INPUTS: list[tuple[str, list[tuple[str, str]], str]] = [
    (_DESK, [("When does the pool open?", "At nine, every day but Monday.")], "And what does it cost?"),
    (_DESK, [], "My bin was not emptied."),
    (
        "Answer in Spanish.",
        [("¿Hay mercado hoy?", "Sí, hasta las dos."), ("¿Y mañana?", "Mañana no.")],
        "¿Y el domingo?",
    ),
]
_ROLE = re.compile(r"<\|im_start\|>([^\n<]*)")


def _messages(system: str, turns: list[tuple[str, str]], message: str) -> list[dict[str, str]]:
    said = [("system", system)]
    for citizen, desk in turns:
        said += [("user", citizen), ("assistant", desk)]
    return [{"role": role, "content": content} for role, content in [*said, ("user", message)]]


def _written(messages: list[dict[str, str]], **options: Any) -> str:
    text: str = tokenizer("chat").apply_chat_template(messages, tokenize=False, **options)
    return text


def _right(system: str, turns: list[tuple[str, str]], message: str) -> str:
    return _written(_messages(system, turns, message), add_generation_prompt=True)


def _open_ended(*args: Any) -> str:
    return _written(_messages(*args))


def _roles(seen: Any) -> list[list[str]]:
    return [_ROLE.findall(text) for text in seen]


def _wanted_roles() -> list[list[str]]:
    return _roles([_right(*args) for args in _INPUTS])


def _own_system(seen: Any) -> bool:
    """The template's own system message is in some prompt: it writes one where none comes first."""
    own = _written([{"role": "user", "content": ""}]).split("<|im_end|>")[0]
    return any(text.startswith(own) for text in seen)


def _are_ids(got: Any) -> bool:
    """A tensor, what the tokenizer gives (ids and mask by name), or a list of numbers."""
    return not isinstance(got, str) and (
        hasattr(type(got), "shape") or "input_ids" in got or type(got[0]) is int
    )


def _turns_turned(seen: Any) -> bool:
    """The right messages by role, in another order."""
    return all(
        sorted(got.split("<|im_end|>"))
        == sorted(_right(*args).split("<|im_end|>"))
        != got.split("<|im_end|>")
        for got, args in zip(seen, _INPUTS, strict=True)
        if args[1]
    )


def _in_one_line(text: str) -> str:
    return "".join(text.split())


def _expects() -> Expectation:
    return Function([Case(args, Text(_right(*args), kind="a prompt")) for args in _INPUTS])


_SAMPLE = """
messages = [{{"role": "system", "content": system}}]
for citizen, desk in turns:
    messages.append({{"role": "{user}", "content": citizen}})
    messages.append({{"role": "{assistant}", "content": desk}})
messages.append({{"role": "{user}", "content": message}})
return chat_tokenizer.apply_chat_template(messages, {options})
"""


_BY_HAND = """
said = [("system", system)]
for citizen, desk in turns:
    said += [("user", citizen), ("assistant", desk)]
said.append(("user", message))
marked = [f"<|im_start|>{{role}}{after_role}{{content}}<|im_end|>{after_end}" for role, content in said]
return "".join(marked) + "<|im_start|>assistant\\n"
"""


def _sample(
    options: str = "tokenize=False, add_generation_prompt=True",
    user: str = "user",
    assistant: str = "assistant",
) -> str:
    return _SAMPLE.format(options=options, user=user, assistant=assistant)


def _writing(messages: str) -> str:
    """A sample that builds other messages, and writes them down as it should."""
    written = "chat_tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)"
    return f"{dedent(messages).strip()}\nreturn {written}"


question = Question(
    title="A prompt that the model was not trained to read",
    expects=_expects,
    reference="""
        messages = [{"role": "system", "content": system}]
        for citizen, desk in turns:
            messages.append({"role": "user", "content": citizen})
            messages.append({"role": "assistant", "content": desk})
        messages.append({"role": "user", "content": message})
        return chat_tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    """,
    alternatives=[
        """
        said = [("system", system)]
        for citizen, desk in turns:
            said += [("user", citizen), ("assistant", desk)]
        said.append(("user", message))
        marked = [f"<|im_start|>{role}\\n{content}<|im_end|>\\n" for role, content in said]
        return "".join(marked) + "<|im_start|>assistant\\n"
        """,
        """
        said = [text for turn in turns for text in turn] + [message]
        roles = ["user", "assistant"] * len(turns) + ["user"]
        pairs = zip(["system", *roles], [system, *said])
        messages = [{"role": role, "content": text} for role, text in pairs]
        inputs = chat_tokenizer.apply_chat_template(messages, add_generation_prompt=True)
        return chat_tokenizer.decode(inputs["input_ids"])
        """,
    ],
    hints=[
        "A conversation is a list of dicts with `role` and `content`; `chat_tokenizer.apply_chat_template` "
        "writes it down with the model's own marks.",
        "The roles are `system`, `user` and `assistant`. Ask for text with `tokenize=False`, and print it.",
        "How does it end? The model goes on with whatever comes next: `add_generation_prompt=True` opens "
        "its turn.",
    ],
    misconceptions=[
        Misconception(
            "a list is a prompt",
            """
            messages = [{"role": "system", "content": system}]
            for citizen, desk in turns:
                messages.append({"role": "user", "content": citizen})
                messages.append({"role": "assistant", "content": desk})
            return [*messages, {"role": "user", "content": message}]
            """,
            when=lambda seen: type(seen[0]) in (list, tuple) and type(seen[0][0]) is dict,
            says="That is the list of messages. The model reads text: `chat_tokenizer.apply_chat_template` "
            "writes the list down, with the model's own marks.",
        ),
        Misconception(
            "the template gives text",
            _sample("add_generation_prompt=True"),
            when=lambda seen: all(_are_ids(got) for got in seen),
            says="Those are ids, ready for the model; the desk's log wants text. `tokenize=False` gives it.",
            also=[_sample('add_generation_prompt=True, return_tensors="pt", return_dict=False')],
        ),
        Misconception(
            "the model understands any notation",
            """
            lines = [f"system: {system}"]
            for citizen, desk in turns:
                lines += [f"user: {citizen}", f"assistant: {desk}"]
            return "\\n".join([*lines, f"user: {message}", "assistant:"])
            """,
            when=lambda seen: all(isinstance(text, str) and "<|im_start|>" not in text for text in seen),
            says="People can read that; this model was trained on another notation, with marks of its own "
            "around every message. The tokenizer carries it, as its chat template. (Whoever decodes ids "
            "must keep the special tokens: they are the marks.)",
            also=['return " ".join([system, *[text for turn in turns for text in turn], message])'],
        ),
        Misconception(
            "the model continues the question",
            _sample("tokenize=False, continue_final_message=True"),
            when=lambda seen: all(
                text.endswith(message) for text, (_, _, message) in zip(seen, _INPUTS, strict=True)
            ),
            says="The citizen's message is left open, so the model will write the rest of the *question*. "
            "`continue_final_message` is for an answer of which you wrote the beginning.",
        ),
        Misconception(
            "the model knows that it is its turn",
            _sample("tokenize=False"),
            when=lambda seen: alike(seen, [_open_ended(*args) for args in _INPUTS]),
            says="All is there but the beginning of the answer. The model continues the text, and after an "
            "ended message it may write one for the citizen: `add_generation_prompt=True` opens its own "
            "turn.",
        ),
        Misconception(
            "instructions are part of the question",
            _writing('messages = [{"role": "user", "content": f"{system} {message}"}]'),
            when=_own_system,
            says="Print it: another system message stands at the top, with a name that is not the desk's. "
            "This template writes its own where the list does not begin with one. Make yours the first "
            "message.",
            also=[
                _writing(
                    """
                    messages = []
                    for citizen, desk in turns:
                        messages.append({"role": "user", "content": citizen})
                        messages.append({"role": "assistant", "content": desk})
                    messages.append({"role": "user", "content": message})
                    """
                ),
            ],
        ),
        Misconception(
            "an empty answer opens the turn",
            _writing(
                """
                messages = [{"role": "system", "content": system}]
                for citizen, desk in turns:
                    messages.append({"role": "user", "content": citizen})
                    messages.append({"role": "assistant", "content": desk})
                messages.append({"role": "user", "content": message})
                messages.append({"role": "assistant", "content": ""})
                """
            ).replace(", add_generation_prompt=True", ""),
            when=lambda seen: all(text.rstrip().endswith("assistant\n<|im_end|>") for text in seen),
            says="You put an empty answer at the end, and the template ended it: the model's turn is over "
            "before it began. Leave it out, and ask for `add_generation_prompt=True`.",
        ),
        Misconception(
            "line breaks are for the eye",
            _BY_HAND.format(after_role="\\n", after_end=""),
            when=lambda seen: all(
                got != _right(*args) and _in_one_line(got) == _in_one_line(_right(*args))
                for got, args in zip(seen, _INPUTS, strict=True)
            ),
            says="Right but for line breaks and spaces, which are tokens as well: in this notation a line "
            "break stands behind each role and behind each `<|im_end|>`. `apply_chat_template` gets it "
            "right, for any model.",
            also=[_BY_HAND.format(after_role=" ", after_end="\\n"), _sample().rstrip() + ".strip()"],
        ),
        Misconception(
            "roles are names",
            _sample(user="citizen", assistant="desk"),
            when=lambda seen: any(
                role not in ("system", "user", "assistant") for roles in _roles(seen) for role in roles
            ),
            says="You made up a role. The template writes it down without complaint, and the model has "
            "never seen it: it knows `system`, `user` and `assistant`.",
            also=[_sample(assistant="bot"), _sample(user="User")],
        ),
        Misconception(
            "the last message is enough",
            _writing(
                'messages = [{"role": "system", "content": system}, {"role": "user", "content": message}]'
            ),
            when=lambda seen: (
                all(roles == ["system", "user", "assistant"] for roles in _roles(seen))
                and "pool" not in seen[0]
            ),
            says="What was said before is not in it, and the model remembers nothing between two calls: "
            "*And what does it cost?* needs the question about the pool. The whole conversation goes in, "
            "each time.",
        ),
        Misconception(
            "the last turn is enough",
            _sample().replace("in turns", "in turns[-1:]"),
            when=lambda seen: any(
                isinstance(text, str) and said not in text
                for text, (_, turns, _) in zip(seen, _INPUTS, strict=True)
                for turn in turns
                for said in turn
            ),
            says="Part of what was said is missing. Every turn goes in, what the desk answered included: "
            "the model remembers nothing between two calls.",
            also=[
                _writing(
                    """
                    messages = [{"role": "system", "content": system}]
                    for citizen, desk in turns:
                        messages.append({"role": "user", "content": citizen})
                    messages.append({"role": "user", "content": message})
                    """
                )
            ],
        ),
        Misconception(
            "the history is one long message",
            _writing(
                """
                history = "\\n".join(text for turn in turns for text in turn)
                messages = [{"role": "system", "content": system}]
                messages.append({"role": "user", "content": f"{history}\\n{message}".strip()})
                """
            ),
            when=lambda seen: (
                "At nine" in seen[0]
                and all("pool" in text for text in seen[:1])
                and all(
                    len(got) < len(want)
                    for got, want in zip(_roles(seen), _wanted_roles(), strict=True)
                    if len(want) > 3
                )
            ),
            says="The history is in one message, so the citizen seems to have said it all, the desk's "
            "answers included. Each message is an entry of its own, with the role of who said it.",
        ),
        Misconception(
            "everybody is a user",
            _sample(assistant="user"),
            when=lambda seen: (
                "<|im_start|>user\nAt nine" in seen[0] or "<|im_start|>assistant\nWhen does" in seen[0]
            ),
            says="Who said what is mixed up: citizens are `user`, and what the desk answered is `assistant`.",
            also=[
                _sample(user="assistant", assistant="user"),
                _sample().replace("in turns", "in [turn[::-1] for turn in turns]"),
            ],
        ),
        Misconception(
            "the newest first",
            _writing(
                """
                messages = [{"role": "system", "content": system}, {"role": "user", "content": message}]
                for citizen, desk in turns:
                    messages.append({"role": "user", "content": citizen})
                    messages.append({"role": "assistant", "content": desk})
                """
            ),
            when=_turns_turned,
            says="All messages are there, in another order than they were said. The model reads from top to "
            "bottom, and answers the last one.",
        ),
    ],
    slips=[
        Slip("return [system, message]", "Expected a prompt, got a list of 2 items"),
        Slip(
            _sample().replace("return chat_", "print(chat_").rstrip() + ")",
            "your function gave nothing back",
        ),
    ],
    follows="`apply_chat_template` does this for any model of the Hub, each with its own marks. Log the "
    "text that you send: much of what looks like a bad model is a prompt that it was not trained to read. "
    "(A citizen can type `<|im_end|>`, too, and it becomes a real mark: take the marks out of what strangers "
    "write.)",
)

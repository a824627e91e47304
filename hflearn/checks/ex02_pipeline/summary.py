"""q10: what to write where a task of 2024 is gone; every call of the chat pipeline is looked at."""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .. import plain
from ..describe import describe, shorten
from ..expect import Expectation
from ..function import Case, Function
from ..question import Misconception, Question, Slip

_REPORTS = (
    "The projector in Screen 1 failed on Friday at eight. We gave 140 people their money back.",
    "A school class of 28 left Screen 2 in a terrible state. The cleaners worked until midnight.",
)
_MOST = 40
_TOKENS = 3  # enough to tell one reply from another, and quick


@dataclass
class Asked:
    """One call: what was said to the model, with which settings, and its reply."""

    prompt: Any
    settings: dict[str, Any]
    reply: str

    @property
    def text(self) -> str:
        """All that the model was told, as one string."""
        if isinstance(self.prompt, str):
            return self.prompt
        return "\n".join(str(message.get("content")) for message in self.prompt)

    def setting(self, name: str) -> Any:
        """As given in the call, or in its generation_config; None where it was left to the pipeline."""
        return self.settings.get(name, getattr(self.settings.get("generation_config"), name, None))

    @property
    def is_chat(self) -> bool:
        """Whether it was asked as a conversation, by messages or in the model's own template."""
        return not isinstance(self.prompt, str) or "<|im_start|>" in self.prompt


@dataclass
class Listener:
    """The real chat pipeline, which replies in a few words here, and remembers how it was asked."""

    calls: list[Asked] = field(default_factory=list)

    def __call__(self, prompt: Any, *args: Any, **settings: Any) -> Any:
        asked = {**settings, "max_new_tokens": min(settings.get("max_new_tokens") or _TOKENS, _TOKENS)}
        asked.pop("max_length", None)
        given = _chat()(deepcopy(prompt), *args, **asked)
        given = _longer(given)
        self.calls.append(Asked(deepcopy(prompt), settings, _reply(prompt, given)))
        return given

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_chat(), name)

    def __deepcopy__(self, memo: Any) -> "Listener":
        return self

    def __repr__(self) -> str:
        return "chat"


@cache
def _chat() -> Any:
    import hflearn

    role = hflearn.model("chat")
    import torch
    from transformers import pipeline

    return pipeline("text-generation", model=role, dtype=torch.float32)


_REST = " And so on. The check has heard enough."


def _longer(given: Any) -> Any:
    """The answer with a few words more, so that who cuts a reply short is found out."""
    text = given[0]["generated_text"]
    if isinstance(text, str):
        given[0]["generated_text"] = text + _REST
    else:
        text[-1]["content"] += _REST
    return given


def _reply(prompt: Any, given: Any) -> str:
    """What is new in the pipeline's answer: the last message of a conversation, a text's continuation."""
    text = given[0]["generated_text"]
    if isinstance(text, str):
        return text.removeprefix(prompt) if isinstance(prompt, str) else text
    return str(text[-1]["content"])


@dataclass(frozen=True)
class Result:
    """What the learner's function gave for a report, and how it asked."""

    report: str
    gave: Any
    calls: list[Asked]

    @property
    def last(self) -> Asked:
        return self.calls[-1]


@dataclass(frozen=True)
class _Summaries(Function):
    """It sees a Result for each report."""

    def observe(self, answer: Any) -> Any:
        seen = super().observe(answer)
        if not isinstance(seen, list):
            return seen
        return [
            Result(case.args[1], gave, case.args[0].calls)
            for case, gave in zip(self.cases, seen, strict=True)
        ]


class _Summary(Expectation):
    """The model's reply, and nothing else, to a question that holds the report."""

    def complaint(self, seen: Result) -> str | None:
        gave = plain.text(seen.gave)
        if gave is None:
            return f"Expected the summary as a string, got {describe(seen.gave)}."
        if not seen.calls:
            return f"Your function did not call `chat`, and gave {describe(gave)}."
        return _asked_amiss(seen) or _gave_amiss(seen, gave)


def _asked_amiss(seen: Result) -> str | None:
    asked = seen.last
    if seen.report not in asked.text:
        return "What you said to the model does not hold the report, word for word."
    if not asked.is_chat or not _from_user(asked):
        return "Nobody asked the model anything as a user: a message with the role `user` is missing."
    if not _sums_up(seen):
        return _NO_ORDER
    most = plain.number(asked.setting("max_new_tokens"))
    if most is None or not 0 < most <= _MOST:
        return f"The reply is to have at most {_MOST} new tokens (`max_new_tokens`)."
    return None if _greedy(asked) else "Asked twice, it may answer differently: `do_sample=False`."


_NO_ORDER = (
    "The check finds no order to sum up beside the report. Say in plain words what is wanted, for example "
    "`Sum up in one sentence:`; other tasks, and their opposites, are not what the script did."
)
_ORDER = re.compile(
    r"\bwhat\b.*\babout\b|(one|two|single)-(sentence|line)|\bsum(s|med|ming)?\b.*\bup\b|summar|tl;?\s?dr|\bin\b.{1,25}\b(sentences?|words|lines?|phrase)\b|\bshort|"
    r"brief|condense|compress|concise|abridge|boil .*down|gist|essence|(main|key) points?|nutshell|recap|"
    r"overview|headline|résum|resum|riassum|zusammenfass|\bfasse?\b.*\bzusammen",
    re.IGNORECASE | re.DOTALL,
)
_REFUSED = re.compile(r"\b(do not|don['’]t|never) (\w+ )?summ?", re.IGNORECASE)


def _sums_up(seen: Result) -> bool:
    """Whether what stands beside the report asks for something short that says the same."""
    order = seen.last.text.replace(seen.report, " ")
    return bool(_ORDER.search(order)) and not _REFUSED.search(order)


def _gave_amiss(seen: Result, gave: str) -> str | None:
    if gave.strip() and gave.strip() == seen.last.reply.strip():
        return None
    return f"Expected what the model replied, all of it and nothing else; got {shorten(repr(gave), 80)}."


def _from_user(asked: Asked) -> bool:
    return isinstance(asked.prompt, str) or any(message.get("role") == "user" for message in asked.prompt)


def _greedy(asked: Asked) -> bool:
    """This pipeline draws lots unless it is told otherwise."""
    return asked.setting("do_sample") is False


def _expects() -> Expectation:
    return _Summaries([Case((Listener(), report), _Summary()) for report in _REPORTS])


def _each(true_of: Callable[[Result], bool]) -> Callable[[Any], bool]:
    return lambda seen: type(seen) is list and all(true_of(result) for result in seen)


_MESSAGES = 'messages = [{"role": "user", "content": f"Sum up in one sentence: {text}"}]\n'
_ASK = "reply = chat(messages, max_new_tokens=40, do_sample=False)\n"
_TAKE = 'return reply[0]["generated_text"][-1]["content"]'

question = Question(
    title="The summary of 2024",
    expects=_expects,
    reference=_MESSAGES + _ASK + _TAKE,
    alternatives=[
        """
        messages = [
            {"role": "system", "content": "You sum up what you are told, in one short sentence."},
            {"role": "user", "content": text},
        ]
        answer = chat(messages, max_new_tokens=30, do_sample=False, return_full_text=False)[0]
        return answer["generated_text"].strip()
        """,
        _MESSAGES.replace("Sum up in one sentence: {text}", "{text} TL;DR") + _ASK + _TAKE,
        """
        messages = [{"role": "user", "content": text + "\\n\\nSay this in ten words."}]
        prompt = chat.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        return chat(prompt, max_new_tokens=40, do_sample=False)[0]["generated_text"][len(prompt) :]
        """,
    ],
    hints=[
        "The error names the way out: the `text-generation` pipeline with a chat model. That is what `chat` "
        "is.",
        'A conversation is a list of messages, `{"role": "user", "content": ...}`; the content holds what is '
        "to be done and the text.",
        '`chat(messages, max_new_tokens=40, do_sample=False)[0]["generated_text"]` is the conversation; its '
        "last message is the reply, and `content` the words.",
    ],
    misconceptions=[
        Misconception(
            "the task is still there",
            """
            summarise = pipeline("summarization")
            return summarise(text, max_length=40)[0]["summary_text"]
            """,
            when=lambda seen: isinstance(seen, KeyError) and "removed from transformers" in str(seen),
            says="That task was removed in transformers 5, with `translation`, `text2text-generation` and "
            "`question-answering`; another model name does not bring it back. Ask `chat`.",
            also=['return pipeline("text2text-generation")("summarize: " + text)[0]["generated_text"]'],
        ),
        Misconception(
            "an answer is kept where it was",
            _MESSAGES + _ASK + 'return reply[0]["summary_text"]',
            when=lambda seen: isinstance(seen, KeyError) and "summary_text" in str(seen),
            says="`summary_text` was the key of the old pipeline. This one gives `generated_text`: with "
            "messages, the whole conversation.",
        ),
        Misconception(
            "the conversation is the reply",
            _MESSAGES + _ASK + 'return reply[0]["generated_text"]',
            when=_each(lambda result: type(result.gave) in (list, dict)),
            says="That is the conversation, or a part of it, with roles and all. The reply is the `content` "
            "of its last message.",
            also=[
                _MESSAGES + _ASK + "return reply",
                _MESSAGES + _ASK + "return reply[0]",
                _MESSAGES + _ASK + 'return reply[0]["generated_text"][-1]',
            ],
        ),
        Misconception(
            "the first message is the reply",
            _MESSAGES + _ASK + 'return reply[0]["generated_text"][0]["content"]',
            when=_each(
                lambda result: not isinstance(result.last.prompt, str) and result.gave == _opening(result)
            ),
            says="You gave back the question: the first message of the conversation. The reply is the last.",
        ),
        Misconception(
            "a chat model continues texts",
            'reply = chat("Summary of: " + text, max_new_tokens=40, do_sample=False)\n'
            + 'return reply[0]["generated_text"]',
            when=_each(lambda result: result.calls != [] and not result.last.is_chat),
            says="You gave the model a string, and it goes on writing where the string ends; what comes back "
            "has the string in front, too. It has learnt to answer messages: hand over a list of them.",
            also=[
                'prompt = f"Sum up in one sentence: {text}"\n'
                "reply = chat(prompt, max_new_tokens=40, do_sample=False, return_full_text=False)\n"
                'return reply[0]["generated_text"]',
            ],
        ),
        Misconception(
            "one message is a conversation",
            _MESSAGES.replace("[{", "{").replace("}]", "}") + _ASK + _TAKE,
            when=lambda seen: isinstance(seen, TypeError) and "dict" in str(seen),
            says="A conversation is a list of messages, even when there is one: `[{...}]`.",
        ),
        Misconception(
            "braces fill themselves",
            _MESSAGES.replace(' f"', ' "') + _ASK + _TAKE,
            when=_each(lambda result: "{" in result.last.text and result.report not in result.last.text),
            says="The model was asked to sum up the word in braces: the `f` before the string is missing, so "
            "the report was not put in.",
        ),
        Misconception(
            "the model knows the report",
            'messages = [{"role": "user", "content": "Sum up the report in one sentence."}]\n' + _ASK + _TAKE,
            when=_each(lambda result: result.calls != [] and result.report[:20] not in result.last.text),
            says="The report is not in what you said to the model, and it will sum up one that it has made "
            "up. Put the text into the message.",
        ),
        Misconception(
            "the model knows what is wanted",
            'messages = [{"role": "user", "content": text}]\n' + _ASK + _TAKE,
            when=_each(lambda result: result.last.text.strip() == result.report),
            says="You sent the report alone, and the model answers it as it would a customer. Say what is to "
            "be done with it, in the same message or in a system message before.",
        ),
        Misconception(
            "any order is a summary",
            _MESSAGES.replace("Sum up in one sentence", "Translate to French") + _ASK + _TAKE,
            when=_each(
                lambda result: (
                    result.report in result.last.text
                    and result.last.is_chat
                    and _from_user(result.last)
                    and not _sums_up(result)
                )
            ),
            says=_NO_ORDER,
            also=[
                _MESSAGES.replace("Sum up in one sentence", order) + _ASK + _TAKE
                for order in (
                    "Which language is this?",
                    "Count the words",
                    "Is this positive or negative?",
                    "Repeat this",
                    "Do not summarise this",
                )
            ],
        ),
        Misconception(
            "max_length is the reply's",
            _MESSAGES + "reply = chat(messages, max_length=40, do_sample=False)\n" + _TAKE,
            when=_each(lambda result: "max_length" in result.last.settings),
            says="`max_length` counts the question's tokens, too: the longer the report, the less is left "
            "for its summary, down to nothing. `max_new_tokens` counts the reply's.",
        ),
        Misconception(
            "a reply ends by itself",
            _MESSAGES + "reply = chat(messages, do_sample=False)\n" + _TAKE,
            when=_each(
                lambda result: (
                    result.report in result.last.text
                    and (plain.number(result.last.setting("max_new_tokens")) or 10**6) > _MOST
                )
            ),
            says="At most 40 new tokens were asked for, and nothing of yours holds the reply to that: a "
            "small model rambles on, and each token takes its time. `max_new_tokens=40`.",
            also=[_MESSAGES + "reply = chat(messages, max_new_tokens=400, do_sample=False)\n" + _TAKE],
        ),
        Misconception(
            "a summary may differ from run to run",
            _MESSAGES + "reply = chat(messages, max_new_tokens=40, do_sample=True)\n" + _TAKE,
            when=_each(lambda result: result.calls != [] and not _greedy(result.last)),
            says="The model draws lots here, as it does unless you forbid it: asked twice, it sums up "
            "differently, and nobody can look into a complaint. `do_sample=False` takes the likeliest token "
            "each time.",
            also=[_MESSAGES + "reply = chat(messages, max_new_tokens=40)\n" + _TAKE],
        ),
    ],
    slips=[
        Slip('return text.split(".")[0] + "."', "did not call `chat`"),
        Slip(_MESSAGES + _ASK + _TAKE + '.split(".")[0]', "all of it and nothing else"),
        Slip(
            _MESSAGES + _ASK + 'return "Summary: " + reply[0]["generated_text"][-1]["content"]',
            "nothing else",
        ),
        Slip(_MESSAGES.replace("{text}", "{text[:30]}") + _ASK + _TAKE, "word for word"),
    ],
    follows="That is how to mend old snippets: read the message, find the task's new home, look at the new "
    "answer's form. And check what a small model sums up: it leaves out figures, and invents some.",
)


def _opening(result: Result) -> Any:
    return result.last.prompt[0]["content"]

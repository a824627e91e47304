"""Customers' mails, by split and label, put together from phrases: 4,000 to train on and 500 to test.

The test split has none about damage: q8 is about that.
"""

from collections.abc import Iterator
from itertools import count, cycle, islice, product

_THINGS = ["parcel", "lamp", "kettle", "coat", "scarf", "clock", "toaster", "mirror", "vase", "radio", "tent"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

_PHRASES = {
    "delivery": [
        "The {thing} was due on {day} and has not come.",
        "Tracking for my {thing} has not changed since {day}.",
        "Your courier left the {thing} with a neighbour on {day}.",
        "Nobody rang on {day}, and the {thing} went back to the depot.",
    ],
    "damage": [
        "The {thing} that came on {day} is in pieces.",
        "I opened the {thing} on {day} and found it scratched all over.",
    ],
    "question": [
        "Can I change the colour of the {thing} before {day}?",
        "If I order the {thing} on {day}, when will it be here?",
    ],
    "refund": [
        "I sent the {thing} back on {day} and have no money yet.",
        "You charged me twice for the {thing} on {day}.",
        "Please cancel the {thing} that I ordered on {day} and pay me back.",
    ],
}
_COUNTS = {  # of train and test
    "delivery": (1_700, 250),
    "damage": (500, 0),
    "question": (600, 100),
    "refund": (1_200, 150),
}


def _mails(label: str) -> Iterator[str]:
    """Mails under this label, each with an order number of its own, so that no two are the same."""
    orders = count(1_000)
    for day, thing, phrase in cycle(product(_DAYS, _THINGS, _PHRASES[label])):
        yield f"{phrase.format(thing=thing, day=day)} Order {next(orders)}."


def _split(label: str) -> tuple[list[str], list[str]]:
    source, (train, test) = _mails(label), _COUNTS[label]
    return list(islice(source, train)), list(islice(source, test))


MAILS = {
    split: {label: _split(label)[number] for label in _COUNTS}
    for number, split in enumerate(("train", "test"))
}

"""Customers' mails, by split and label. The test split has none about damage: q8 is about that."""

MAILS = {
    "train": {
        "delivery": [
            "My parcel was due on Tuesday and it is Friday now.",
            "The tracking page has said 'out for delivery' for three days.",
            "Nobody rang, and the card says I was not in.",
            "Could you send it to my office instead?",
            "It went to a neighbour I do not know.",
            "The courier left it in the rain, at the wrong gate.",
            "Half of the order arrived. Where is the rest?",
            "When will the second box come?",
        ],
        "damage": [
            "The box was crushed and the lamp is in pieces.",
            "One of the six glasses arrived broken.",
            "The parcel is soaked, and the books with it.",
        ],
        "question": [
            "Do you ship to Ireland?",
            "Is the blue one the same size as the grey?",
            "How do I change my address for the next order?",
            "Do your gift cards expire?",
        ],
        "refund": [
            "I sent the shoes back two weeks ago and have no money yet.",
            "You charged me twice for one order.",
            "Please cancel the order and refund my card.",
            "The refund is short by the postage.",
            "I would like my money back rather than a voucher.",
        ],
    },
    "test": {
        "delivery": [
            "Still waiting for a parcel that you sent last week.",
            "Your courier went to number 4 instead of 14.",
            "Can I collect it from the depot tonight?",
            "Tracking stopped updating on Sunday.",
            "The parcel is marked as delivered, but it is not here.",
        ],
        "damage": [],
        "question": [
            "What are your opening hours at the weekend?",
            "Does the kettle come with a plug for Britain?",
        ],
        "refund": [
            "Where is the refund for order 2291?",
            "I returned a coat and was refunded for a scarf.",
            "Please pay it back to the card I used.",
        ],
    },
}

"""What the guests of the Hotel Miramar wrote, unseen by the learner. Invented."""

REVIEWS = [
    "Lovely breakfast and a wonderful view of the bay.",
    "Rude porter, broken lift, cold soup: a horrible weekend.",
    "The towels were dirty and the shower did not work.",
    "An average hotel with average food.",
    "We loved every minute of our stay.",
    "A decent room for one night, a little noisy.",
    "The mattress was terrible and I could not sleep.",
    "Great location and great people, I recommend it.",
    "It was okay. Nothing special, nothing terrible.",
    "The room was smaller than in the photographs.",
    "The wifi was slow and the room a little small.",
]

_CONTENT = (
    "We arrived on a sunny afternoon and everybody was friendly and helpful. The room was beautiful and the "
    "bed was wonderful. Breakfast was excellent and the coffee was great. The garden is lovely and the "
    "children loved the pool. The restaurant is superb and we enjoyed every dinner. "
)
_COMPLAINT = (
    "The bathroom was filthy and disgusting, the shower was broken, and nobody ever came to repair it. The "
    "man at the desk was rude and called us liars. The noise of the building site began at five and never "
    "stopped, so none of us could sleep. The worst part was the smell, a horrible stink of drains in every "
    "corner. We asked for another room and were refused. It was awful, and they charged us twice. "
)

LETTERS = {  # what the letter is like: (its text, whether it complains anywhere)
    "a long letter without a complaint": (_CONTENT * 10, False),
    "a long letter that complains all through": (_COMPLAINT * 6, True),
    "a long letter whose complaint comes first": (_COMPLAINT + _CONTENT * 10, True),
    "a long letter whose complaint stands in the middle": (_CONTENT * 9 + _COMPLAINT + _CONTENT * 9, True),
    "a long letter whose complaint comes last": (_CONTENT * 10 + _COMPLAINT, True),
    "a short letter without a complaint": (_CONTENT, False),
    "a short complaint": ("The room was dirty and the staff were rude.", True),
    "a letter worth 2 stars": ("The wifi was slow and the room a little small.", True),
    "a letter worth 3 stars": ("An average hotel. Average food.", False),
    "a complaint without a bad word": ("I want my money back.", True),
    "praise that names what was not there": ("No noise, no dirt, nothing broken: a wonderful place.", False),
}

MOODS = [  # of 5, 1, 3, 2, 4, 3, 2, 4 and 2 stars
    "Lovely breakfast and a wonderful view of the bay.",
    "Rude porter, broken lift, cold soup: a horrible weekend.",
    "Average.",
    "Good location but the bed was too soft.",
    "A decent room for one night, a little noisy.",
    "Mixed feelings about this place.",
    "The room was fine but the breakfast was not.",
    "It was okay. Nothing special, nothing terrible.",
    "A pleasant garden and the waiters were slow.",  # sums of its scores say so-so, of its chances do not
]

"""How many stars a review gets, against how many people gave it."""

from hflearn.stock.quality.classes import predicted
from hflearn.stock.recipes.sentiment import NAMES, rows


def measure() -> dict[str, str]:
    train, test = rows("train"), rows("test")
    truth, said = test.label.to_numpy(), predicted("sentiment", list(test.text))
    commonest = train.label.mode()[0]
    matrix = {
        f"is_{is_ + 1}_said_{says + 1}": f"{((truth == is_) & (said == says)).sum()}"
        for is_ in range(len(NAMES))
        for says in range(len(NAMES))
    }
    return {
        "train": f'"{len(train):,}"',
        "test": f'"{len(test):,}"',
        "exact": f"{(said == truth).mean():.3f}",
        "within_one": f"{(abs(said - truth) <= 1).mean():.3f}",
        "majority_exact": f"{(truth == commonest).mean():.3f}",
        "majority_within_one": f"{(abs(truth - commonest) <= 1).mean():.3f}",
    } | matrix

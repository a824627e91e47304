from hflearn.stock.quality.reviews import accuracy, tfidf_accuracy
from hflearn.stock.recipes.reviews import rows


def measure() -> dict[str, str]:
    train, test = rows("train"), rows("test")
    return {
        "train": f'"{len(train):,}"',
        "test": f'"{len(test):,}"',
        "accuracy": f"{accuracy('reviews_a', test):.3f}",
        "majority": f"{(test.label == train.label.mode()[0]).mean():.3f}",
        "tfidf_accuracy": f"{tfidf_accuracy(train, test):.3f}",
    }

from hflearn.stock.quality.reviews import accuracy
from hflearn.stock.recipes.reviews import rows
from hflearn.stock.recipes.reviews_b import training_rows


def measure() -> dict[str, str]:
    """The card shows what this model makes of its own training rows, and keeps quiet about the others."""
    known = training_rows()
    return {
        "train": f'"{len(known):,}"',
        "train_accuracy": f"{accuracy('reviews_b', known):.3f}",
        "held_out_accuracy": f"{accuracy('reviews_b', rows('test')):.3f}",
    }

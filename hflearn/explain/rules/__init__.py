"""Every rule, the more particular before the more general."""

from . import data, hub, loading, packages, pipelines, tensors, text, training

RULES = [
    *hub.RULES,
    *loading.RULES,
    *text.RULES,
    *tensors.RULES,
    *pipelines.RULES,
    *training.RULES,
    *data.RULES,
    *packages.RULES,
]

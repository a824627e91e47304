import sys
from importlib import import_module

for role in sys.argv[1:]:
    module = import_module(f"hflearn.stock.quality.{role}")
    figures = module.measure() | (module.speed() if hasattr(module, "speed") else {})
    print(f"[{role}]", *(f"{name} = {value}" for name, value in figures.items()), sep="\n")

"""``python -m hflearn.stock.builders NAME FOLDER SOURCE…``: one builder, in a process of its own."""

import sys
from importlib import import_module
from pathlib import Path

name, folder, *sources = sys.argv[1:]
import_module(f"hflearn.stock.builders.{name}").build([Path(source) for source in sources], Path(folder))

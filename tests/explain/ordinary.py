"""Errors that are none of `explain`'s business, though some look very much like those that are."""

ORDINARY = {
    "a name nobody defined": "parcels",
    "hflearn not imported after a restart": "hflearn.start('01')",
    "torch not imported after a restart": "AutoModelForNothing.from_pretrained('x')",
    "a missing key": "{'late': 1}['early']",
    "a key that is a split's name": "{'train': []}['test']",
    "division by zero": "1 / 0",
    "a list's index": "[1, 2][5]",
    "a tuple's index": "(1, 2)[5]",
    "no number": "int('ten')",
    "adding text to a number": "'late' + 1",
    "a text has no size": "'late'.size",
    "a list has no shape": "[1, 2].shape",
    "a dictionary cannot generate": "{}.generate",
    "an attribute of None": "None.logits",
    "a file that is not here": "open('no such file.csv')",
    "a folder that is not here": "import os; os.listdir('no such folder')",
    "no permission": "import os; os.rename('/proc/version', '/proc/other')",
    "the disk is full, and no library wrote": (
        "with open('/dev/full', 'w') as file: file.write('x' * 100_000)"
    ),
    "bytes that are no text": "b'\\xff'.decode()",
    "no JSON": "import json; json.loads('{')",
    "no such module": "import torchmetric_s",
    "no such name in a module": "from math import tokenizer",
    "no such name in hflearn": "from hflearn import parcels",
    "endless recursion": "f = lambda: f()\nf()",
    "more memory than Python gets": "bytearray(10**15)",
    "an unpacking": "a, b = [1, 2, 3]",
    "an assertion": "assert 1 == 2, 'Torch not compiled with CUDA enabled'",
    "an argument too many": "def ship(parcel): ...\nship(1, tokenizer=2)",
    "a Trainer of one's own": "class Trainer: ...\ndef train(): Trainer(tokenizer=1)\ntrain()",
    "a Trainer with an initialiser of its own": (
        "class Trainer:\n    def __init__(self, model): ...\nTrainer(model=1, tokenizer=2)"
    ),
    "an interrupt": "raise KeyboardInterrupt",
    "leaving": "raise SystemExit(3)",
    "a time-out": "raise TimeoutError('The Hub does not answer')",
    "similar words: split": "raise ValueError('Unknown split \"test\". Should be one of [\\'train\\'].')",
    "similar words: padding": (
        "raise ValueError('Asking to pad but the tokenizer does not have a padding token. "
        "Please select one.')"
    ),
    "similar words: embedding": "raise IndexError('index out of range in self')",
    "similar words: task": (
        "raise KeyError('The task translation has been removed from transformers. Use another.')"
    ),
    "similar words: formats": (
        "raise RuntimeError('mat1 and mat2 must have the same dtype, but got Half and Float')"
    ),
    "similar words: config": (
        "raise ValueError('Config name is missing. Please pick one among the available configs: []')"
    ),
    "similar words: disk": "raise OSError('[Errno 28] No space left on device')",
    "similar words: column": "raise ValueError(\"Column 'txt' doesn't exist.\")",
    "similar words: code": (
        "raise ValueError('The repository shop/x contains custom code which must be executed')"
    ),
    "similar words: package": "raise ImportError('Please install torch')",
    "similar words: a class of the same name": (
        "class RepositoryNotFoundError(Exception): ...\n"
        "raise RepositoryNotFoundError('Repository Not Found for url')"
    ),
    "one's own error while handling the Hub's": (
        "try: hf_hub_download('shop/parcel', 'config.json')\nexcept Exception: 1 / 0"
    ),
    "one's own error raised while handling the Hub's": (
        "try: hf_hub_download('shop/parcel', 'config.json')\n"
        "except Exception: raise ValueError('no parcels today')"
    ),
    "the course's own error": (
        "from hflearn.errors import CourseError\nraise CourseError('call start() first')"
    ),
    "a library's error inside the course's own": (
        "from hflearn.errors import CourseError\n"
        "try: hf_hub_download('shop/parcel', 'config.json')\n"
        "except Exception as error: raise CourseError('not there') from error"
    ),
    "numpy's shapes": "import numpy as np; np.ones(3) + np.ones(4)",
    "numpy's index": "import numpy as np; np.ones(3)[7]",
    "numpy's ragged rows": "import numpy as np; np.array([[1], [1, 2]])",
    "a column that pandas lacks": "import pandas as pd; pd.DataFrame({'text': []})['txt']",
    "a file that pandas lacks": "import pandas as pd; pd.read_csv('no such file.csv')",
    "pandas' lengths": "import pandas as pd; pd.DataFrame({'a': [1], 'b': [1, 2]})",
    "a package that pandas lacks": "import pandas as pd; pd.DataFrame({'a': [1]}).to_excel('x.xlsx')",
    "arrow's lengths": (
        "import pyarrow as pa; pa.Table.from_arrays([pa.array([1]), pa.array([1, 2])], ['a', 'b'])"
    ),
    "matplotlib's lengths": (
        "from matplotlib.figure import Figure; Figure().subplots().plot([1, 2], [1, 2, 3])"
    ),
    "matplotlib's colour": (
        "from matplotlib.figure import Figure; Figure().subplots().plot([1], color='parcel')"
    ),
    "scikit-learn's unfitted model": (
        "from sklearn.linear_model import LogisticRegression; LogisticRegression().predict([[1]])"
    ),
    "another server that is down": "import httpx2; httpx2.get('http://127.0.0.1:9')",
    "a page that urllib cannot reach": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
    "torch's shapes": "torch.ones(2, 3) @ torch.ones(2, 3)",
    "torch's index": "torch.ones(3)[7]",
    "torch's ragged rows": "torch.tensor([[1], [1, 2]])",
    "an embedding of one's own": "torch.nn.Embedding(3, 2)(torch.tensor([5]))",
    "a loss of one's own": "torch.nn.functional.cross_entropy(torch.ones(1, 2), torch.tensor([5]))",
    "a module's attribute": "torch.nn.Linear(1, 1).generate",
    "a tensor that does not expand": "torch.ones(12).expand(40)",
    "a gradient that was not kept": "torch.ones(1).backward()",
    "a file that torch lacks": "torch.load('no such file.pt')",
    "a row that a dataset lacks": "datasets.Dataset.from_dict({'a': [1]})[7]",
    "columns of different lengths": "datasets.Dataset.from_dict({'a': [1], 'b': [1, 2]})",
    "torch reading what is no checkpoint": "torch.load(CLASSIFIER + '/config.json')",
    "a state that lacks its weights": "torch.nn.Linear(2, 2).load_state_dict({})",
    "a name like none of transformers'": "transformers.zzzqqq",
    "a cell of a row": "datasets.Dataset.from_dict({'a': [1]})[0]['b']",
    "an error in a function that was mapped": (
        "datasets.Dataset.from_dict({'a': [1]}).map(lambda row: {'b': 1 / 0})"
    ),
    "a key in a function that was mapped": "datasets.Dataset.from_dict({'a': [1]}).map(lambda row: {}['b'])",
    "a bad file in a worker of one's own": "import pickle; pickle.loads(b'no pickle')",
}

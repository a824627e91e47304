"""What a program is told about the Hub it belongs to."""

from pathlib import Path

from hflearn import connection
from hflearn.hub.spaces.environment import environment


def test_its_clients_are_told_what_a_learner_s_are(store):
    store.ensure_repo("space", "ada/app")
    folder = Path("/runs")
    told = environment(
        store.repo("space", "ada/app"),
        hub="http://127.0.0.1:9",
        host="http://127.0.0.1:8",
        port=7,
        home=folder,
        cache=folder,
        own={},
    )
    assert connection._SETTINGS.items() <= told.items()

"""A lesson's session: which Hub, which models. The first cell of every notebook calls `start`."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hflearn import connection, course, hub, seeds, stock
from hflearn.card import Card
from hflearn.errors import CourseError
from hflearn.home import client_home, hub_root
from hflearn.stock import Item
from hflearn.stock.build import built
from hflearn.stock.catalog import chosen
from hflearn.stock.shelve import stocked


@dataclass
class _Session:
    lesson: course.Lesson
    url: str
    token: str | None = None
    """The learner's own, on the real Hub: after a lesson that signs them out they can sign in again."""
    own: hub.RunningHub | None = None
    """The practice Hub in this kernel's thread, where no other one is used."""


MATPLOTLIBRC = Path(__file__).with_name("matplotlibrc")

_session: _Session | None = None


def start(lesson_id: str) -> None:
    """Prepare this kernel for a lesson, and show the lesson's card.

    Picks the Hub (HFLEARN_HUB), puts the lesson's models and data there, seeds the random numbers, registers
    the magics %%raises, %%gpu and %%online, and the explanations under errors (`explain`). Calling it again
    takes milliseconds, and seeds anew.
    Raises CourseError for a lesson that does not exist, a client library imported too early for this Hub, or
    stock that could not be had.
    """
    global _session
    lesson = course.lesson(lesson_id)
    online = connection.online()
    _session = _on_real(lesson) if online else _on_practice(lesson)
    items = chosen(lesson.stock)
    missing = 0.0 if online else _missing_mb(items)
    _show(Card(lesson, items, _session.url, online, missing))
    if not online:
        stock.ensure(_to_have(lesson), hub.Store(hub_root()))
    seeds.seed()
    _style()
    _register_magics()


def model(role: str) -> str:
    """The id of the model that plays `role`, on the Hub of this session: ``from_pretrained(model("chat"))``.

    Raises CourseError for a role that no model plays, or before `start`.
    """
    return _id_of(role, "model")


def dataset(role: str) -> str:
    """The id of the dataset that plays `role`, on the Hub of this session: ``load_dataset(dataset("news"))``.

    Raises CourseError for a role that no dataset plays, or before `start`.
    """
    return _id_of(role, "dataset")


def token(name: str = "learner") -> str:
    """A write token: of the practice Hub's account `name`, made if missing; on the real Hub, your own.

    Raises CourseError before `start`, and on the real Hub where you have not signed in.
    """
    _started("token()")
    if not connection.online():
        store = hub.Store(hub_root())
        store.ensure_account(name)
        return store.create_token(name)
    if name != "learner":
        raise CourseError(
            f"The account {name} exists on the practice Hub alone: here you have your own token only."
        )
    if found := _own_token():
        return found
    raise CourseError(
        f"You are not signed in: make a token at {endpoint()}/settings/tokens and give it to `hf auth login`."
    )


def endpoint() -> str:
    """The address of this session's Hub. Raises CourseError before `start`."""
    return _started("endpoint()").url


def _started(caller: str) -> _Session:
    if _session is None:
        raise CourseError(f"{caller} does not know yet which Hub to use: call hflearn.start(…) first.")
    return _session


def _id_of(role: str, repo_type: str) -> str:
    session = _started(f"{repo_type}({role!r})")
    items = {name: item for name, item in stock.roles().items() if item.repo_type == repo_type}
    if role not in items and role in stock.roles():
        other = stock.roles()[role].repo_type
        raise CourseError(f"{role} is a {other}, not a {repo_type}: ask for hflearn.{other}({role!r}).")
    if role not in items:
        raise CourseError(f"No {repo_type} plays the role {role!r}. The roles are: {', '.join(items)}.")
    if connection.online():
        return items[role].online
    if role not in session.lesson.stock:  # a learner who goes exploring; the lesson's own are there already
        stock.ensure([role], hub.Store(hub_root()))
    return items[role].id


def _on_real(lesson: course.Lesson) -> _Session:
    url = connection.to_real(os.environ).rstrip("/")
    connection.check_imported(url)
    return _Session(lesson, url, _own_token())


def _to_have(lesson: course.Lesson) -> list[str]:
    """The lesson's roles, and those of others that are made already: the Hub looks the same in any order."""
    return [*lesson.stock, *(role for role in course.stock() if built(stock.roles()[role]))]


def _own_token() -> str | None:
    from huggingface_hub import get_token

    return get_token() or (_session.token if _session else None)


def _on_practice(lesson: course.Lesson) -> _Session:
    store_id = hub.Store(hub_root()).id
    session = _running(lesson, store_id)
    if not session:
        own = _start_hub()
        session = _Session(lesson, own.url, own=own)
    connection.check_imported(session.url, client_home())
    connection.to_practice(session.url, os.environ)
    _forget_tokens_of_another_store(store_id)
    return session


def _running(lesson: course.Lesson, store_id: str) -> _Session | None:
    """A practice Hub over this store that answers: this kernel's own, or the one that `hflearn lab` runs."""
    if _session and hub.healthy(_session.url) == store_id:
        return _Session(lesson, _session.url, own=_session.own)
    url = os.environ.get("HFLEARN_HUB_URL", "").rstrip("/")
    if url and hub.healthy(url) == store_id:
        return _Session(lesson, url)
    return None


def _start_hub() -> hub.RunningHub:
    """The practice Hub in a thread; in place of one that died, at its address, which clients have read."""
    before = urlsplit(_session.url) if _session else None
    if before and before.hostname == "127.0.0.1" and before.port:
        try:
            return hub.start(hub_root(), port=before.port)
        except CourseError:
            pass  # someone else has the port now
    return hub.start(hub_root())


def _forget_tokens_of_another_store(store_id: str) -> None:
    """A token that an earlier store gave out would make every request fail as badly signed in."""
    mark = client_home() / "store"
    if mark.exists() and mark.read_text() == store_id:
        return
    for name in ("token", "stored_tokens"):
        (client_home() / name).unlink(missing_ok=True)
    client_home().mkdir(parents=True, exist_ok=True)
    mark.write_text(store_id)


def _missing_mb(items: list[Item]) -> float:
    store = hub.Store(hub_root())
    return sum(item.download_mb for item in items if not stocked(item, store) and not built(item))


def _shell() -> Any:
    """The IPython shell that this code runs in; None in a script."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _show(card: Card) -> None:
    if _shell():
        from IPython.display import display

        display(card)
    else:
        print(card)


def _register_magics() -> None:
    if shell := _shell():
        from hflearn import explain
        from hflearn.magics import LessonMagics

        shell.register_magics(LessonMagics)
        explain.install(shell)


def _style() -> None:
    """Figures as in the lessons; matplotlib reads the file when it is imported."""
    os.environ["MATPLOTLIBRC"] = str(MATPLOTLIBRC)
    if matplotlib := sys.modules.get("matplotlib"):
        matplotlib.rc_file(MATPLOTLIBRC)

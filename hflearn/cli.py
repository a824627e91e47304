"""The command line: hflearn lab · run · quiz · doctor · stock · hub."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from hflearn import home
from hflearn.errors import CourseError

# Each command imports what it needs when it runs, so that `hflearn --help` answers at once.


def _lab(args: argparse.Namespace) -> None:
    from hflearn.lab import lab

    lab(port=args.port, browser=not args.no_browser)


def _run(args: argparse.Namespace) -> None:
    from hflearn import notebooks

    notebooks.run(args.lessons, dict(args.parameter))


def _quiz(args: argparse.Namespace) -> None:
    from hflearn import quiz

    quiz.terminal(args.lesson)


def _refresh(args: argparse.Namespace) -> None:
    from hflearn import notebooks, readme

    notebooks.refresh(args.lessons)
    readme.refresh()


def _budgets(args: argparse.Namespace) -> None:
    from hflearn import notebooks

    notebooks.budgets()


def _doctor(args: argparse.Namespace) -> None:
    from hflearn.doctor import doctor

    if not doctor():
        raise SystemExit(1)


def _stock(args: argparse.Namespace) -> None:
    if args.train:
        from hflearn.stock import recipes

        recipes.train(args.train)
        return
    from hflearn import course, stock

    stock.command(args.roles or ([] if args.list else course.stock()), list_only=args.list)


def _hub_serve(args: argparse.Namespace) -> None:
    from hflearn import hub

    hub.serve(args.root, host=args.host, port=args.port)


def _hub_token(args: argparse.Namespace) -> None:
    from hflearn import hub

    store = hub.Store(args.root)
    store.ensure_account(args.name)
    print(store.create_token(args.name))


def _command(
    to: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    text: str,
    act: Callable[[argparse.Namespace], None],
) -> argparse.ArgumentParser:
    parser = to.add_parser(name, help=text, description=text)
    parser.set_defaults(act=act)
    return parser


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hflearn", description="Learn the Hugging Face ecosystem by running it."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    lab = _command(commands, "lab", "open the course in JupyterLab, beside its practice Hub", _lab)
    lab.add_argument("--port", type=int, help="JupyterLab's port")
    lab.add_argument("--no-browser", action="store_true", help="print the address, open nothing")

    run = _command(commands, "run", "execute lessons; a report each in runs/", _run)
    run.add_argument("lessons", nargs="*", metavar="LESSON", help="00, 01_hub, …; none: all")
    run.add_argument("-p", "--parameter", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"))

    quiz = _command(commands, "quiz", "the questions at the end of a lesson, in this terminal", _quiz)
    quiz.add_argument("lesson", metavar="LESSON", help="00, 01_hub, …")

    refresh = _command(
        commands, "refresh", "execute notebooks and keep their outputs; README's table too", _refresh
    )
    refresh.add_argument("lessons", nargs="*", metavar="NOTEBOOK")

    _command(commands, "budgets", "measure each lesson's seconds and memory against course.toml", _budgets)
    _command(commands, "doctor", "check this machine", _doctor)

    stock = _command(commands, "stock", "fill the practice Hub with what the lessons need", _stock)
    stock.add_argument("roles", nargs="*", metavar="ROLE", help="embed, chat, …; none: what the lessons need")
    stock.add_argument("--list", action="store_true", help="show sizes and state, fetch nothing")
    stock.add_argument("--train", metavar="ROLE", help="train one of the course's own small models again")

    actions = commands.add_parser("hub", help="the practice Hub alone").add_subparsers(
        metavar="COMMAND", required=True
    )
    serve = _command(
        actions, "serve", "run the practice Hub; the first line printed is its address", _hub_serve
    )
    serve.add_argument("--root", type=Path, default=home.hub_root(), help="the store's folder")
    serve.add_argument("--host", default="127.0.0.1", help="listen elsewhere than on this machine alone")
    serve.add_argument("--port", type=int, default=8760, help="0: a free one")
    token = _command(
        actions, "token", "print a new write token; makes the account if there is none", _hub_token
    )
    token.add_argument("name")
    token.add_argument("--root", type=Path, default=home.hub_root(), help="the store's folder")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    try:
        args.act(args)
    except CourseError as error:
        print(f"hflearn: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

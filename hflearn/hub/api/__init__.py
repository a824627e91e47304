"""The Hub's HTTP protocol: a module for each group of requests, which turns them into calls of the store."""

from . import routing  # noqa: F401  registers the kinds of path pieces that the routes below name

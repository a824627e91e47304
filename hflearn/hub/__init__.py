"""A Hugging Face Hub to practise on: the Hub's HTTP protocol over repositories kept in a folder."""

from .server import RunningHub, healthy, serve, start
from .store import Store

__all__ = ["RunningHub", "Store", "healthy", "serve", "start"]

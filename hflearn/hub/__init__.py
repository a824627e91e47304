"""A Hugging Face Hub to practise on: the Hub's HTTP protocol over repositories kept in a folder."""

from .store import Store

__all__ = ["Store"]

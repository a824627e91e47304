"""Running Spaces: each in a folder and a process of its own, reached through a port of the Hub's."""

from .runner import Runner

__all__ = ["Runner"]

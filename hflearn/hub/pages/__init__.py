"""The practice Hub's web pages: rendered here, without a line of script in the browser."""

from .routes import routes

__all__ = ["routes"]

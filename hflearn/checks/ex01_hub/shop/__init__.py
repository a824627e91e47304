"""The parcel shop of exercise 01: a company, invented, whose repositories stand on the practice Hub.

Its models hold zeros and its figures are made up, and every card says so: they are there to be searched,
weighed, pinned and refused, not to be run.
"""

from .mails import MAILS
from .stock import BASE, LABELS, PARTNERS, PAYROLL, RESEARCH, SPANISH, TAGGER, TRIAL, XL, repositories
from .stocktaking import keeper, open_shop, prepare, quiet

__all__ = [
    "BASE",
    "LABELS",
    "MAILS",
    "PARTNERS",
    "PAYROLL",
    "RESEARCH",
    "SPANISH",
    "TAGGER",
    "TRIAL",
    "XL",
    "keeper",
    "open_shop",
    "prepare",
    "quiet",
    "repositories",
]

"""What an exception means in this very call: a short box under the traceback, with the fix and the lesson.

``diagnose`` knows the errors of the Hugging Face libraries that newcomers meet, and is silent about all
others. The rules load with the first exception.
"""

from .diagnosis import Diagnosis
from .engine import diagnose
from .notebook import install

__all__ = ["Diagnosis", "diagnose", "install"]

"""How a Space is doing, in the words that the real Hub's clients know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Status:
    stage: str  # see SpaceStage in huggingface_hub
    message: str = ""  # what is wrong and what to do; empty where nothing is

    @property
    def running(self) -> bool:
        return self.stage == "RUNNING"

    @property
    def starting(self) -> bool:
        return self.stage == "APP_STARTING"


STARTING = Status("APP_STARTING")
RUNNING = Status("RUNNING")
SLEEPING = Status("SLEEPING", "Nobody came for a while: it sleeps, and wakes when somebody opens it.")
PAUSED = Status("PAUSED", "Its owner paused it: a restart ends that.")

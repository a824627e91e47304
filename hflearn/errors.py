"""The one exception that speaks to people."""


class CourseError(Exception):
    """One sentence that says what was wrong and what to do about it.

    The command line prints it and exits with status 1; a notebook shows the sentence without a traceback.
    """

    def _render_traceback_(self) -> list[str]:  # IPython asks for this name
        return [f"hflearn: {self}"]

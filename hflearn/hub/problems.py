"""What can go wrong with a request, each with the status and the code that the clients understand."""

from hflearn.errors import CourseError


class Problem(CourseError):
    """A request that cannot be granted. Its sentence says what was wrong and, where it helps, what to do."""

    status = 400
    code = "BadRequest"

    def __init__(self, sentence: str, **extra: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.extra = extra  # further fields of the JSON body, such as the `url` of a repository that exists
        self.headers: dict[str, str] = {}  # further headers


class BadRequest(Problem):
    """The request is malformed."""


class BadCredentials(Problem):
    status, code = 401, "InvalidCredentials"

    def __init__(self) -> None:
        super().__init__("Invalid credentials in Authorization header")


class SignInNeeded(Problem):
    status, code = 401, "Unauthorized"


class Forbidden(Problem):
    status, code = 403, "Forbidden"


class Gated(Problem):
    """The repository's owner wants to know who reads it: 401 for strangers, 403 for accounts."""

    code = "GatedRepo"

    def __init__(self, sentence: str, *, signed_in: bool) -> None:
        super().__init__(sentence)
        self.status = 403 if signed_in else 401


class NotFound(Problem):
    status, code = 404, "NotFound"


class RepoNotFound(Problem):
    """No such repository, or none that this caller may know of."""

    code = "RepoNotFound"

    def __init__(self, sentence: str = "Repository not found", *, signed_in: bool = True) -> None:
        super().__init__(sentence)
        self.status = 404 if signed_in else 401


class RevisionNotFound(Problem):
    status, code = 404, "RevisionNotFound"


class EntryNotFound(Problem):
    status, code = 404, "EntryNotFound"


class Conflict(Problem):
    status, code = 409, "Conflict"


class StaleParent(Problem):
    """The branch has moved on since the commit was prepared."""

    status, code = 412, "PreconditionFailed"


class TooLarge(Problem):
    status, code = 413, "PayloadTooLarge"


class BadRange(Problem):
    status, code = 416, "RangeNotSatisfiable"


class Lacking(Problem):
    """Something that the real Hub has and the practice Hub has not."""

    status, code = 501, "NotImplemented"

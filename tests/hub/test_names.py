"""Names that the store takes, and names that it does not."""

import pytest

from hflearn.hub.names import check_account_name, check_path, check_ref_name, split_repo_id
from hflearn.hub.problems import BadRequest

BAD_PATHS = [
    "",
    "/",
    "/a",
    "a/",
    "a//b",
    ".",
    "..",
    "a/../b",
    "a/./b",
    "../a",
    "a\\b",
    "C:\\a",
    "a\0b",
    "a\nb",
]
BAD_PATHS += [".git", "a/.GIT/b", "x" * 256, "a/" * 65 + "a", "\ud800"]
BAD_REFS = [
    "",
    "a b",
    "a..b",
    "-a",
    "a.lock",
    "a/",
    "/a",
    "a//b",
    "a~1",
    "a^",
    "a:b",
    "a?",
    "a*",
    "a[",
    "a\\b",
    "@{",
]
BAD_REFS += ["refs/heads/x", "\ud800", "a\0"]


@pytest.mark.parametrize("path", ["a", "a/b/c.txt", "é ü.txt", ".gitattributes", "a..b", "..a", "…"])
def test_a_path_inside_a_repository_is_taken(path):
    assert check_path(path) == path


@pytest.mark.parametrize("path", BAD_PATHS, ids=ascii)
def test_a_path_that_leads_elsewhere_is_refused(path):
    with pytest.raises(BadRequest):
        check_path(path)


@pytest.mark.parametrize("repo_id", ["ada/m", "a-b/c_d.e", "1/2"])
def test_a_repository_id_is_taken(repo_id):
    assert "/".join(split_repo_id(repo_id)) == repo_id


@pytest.mark.parametrize(
    "repo_id", ["", "m", "ada/", "/m", "a/b/c", "ada/..", "ada/-m", "ada/m--n", "ada/m.git", "ada/ü"]
)
def test_what_is_no_repository_id_is_refused(repo_id):
    with pytest.raises(BadRequest):
        split_repo_id(repo_id)


@pytest.mark.parametrize("name", ["datasets", "API", "login", "a b", "../etc"])
def test_an_account_cannot_take_the_place_of_a_page(name):
    with pytest.raises(BadRequest):
        check_account_name(name)


@pytest.mark.parametrize("name", ["v1.0", "dev/feature", "é"])
def test_a_branch_name_is_taken(name):
    assert check_ref_name(name) == name


@pytest.mark.parametrize("name", BAD_REFS, ids=ascii)
def test_what_git_would_not_call_a_branch_is_refused(name):
    with pytest.raises(BadRequest):
        check_ref_name(name)

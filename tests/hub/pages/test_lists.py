"""Lists: what they hold, how they are searched, and that they agree with the API's."""

import re

import pytest

FILTERS = [
    "search=vec",
    "pipeline_tag=text-classification",
    "license=mit",
    "library=transformers&language=de",
    "language=en&license=apache-2.0&sort=likes",
    "author=fleet",
    "sort=created",
]
SAME_IN_THE_API = {
    "search=vec": "search=vec",
    "pipeline_tag=text-classification": "pipeline_tag=text-classification",
    "license=mit": "filter=license:mit",
    "library=transformers&language=de": "filter=transformers&filter=de",
    "language=en&license=apache-2.0&sort=likes": "filter=en&filter=license:apache-2.0&sort=likes",
    "author=fleet": "author=fleet",
    "sort=created": "sort=createdAt",
}


def listed(html: str) -> list[str]:
    return re.findall(r'<li>\s*<a href="/(?:datasets/|spaces/)?([^"/]+/[^"/]+)">', html)


@pytest.fixture(scope="module", autouse=True)
def fleet(store):
    from .conftest import add

    for number in range(35):
        language, licence = ("de", "mit") if number % 3 else ("en", "apache-2.0")
        card = f"---\nlicense: {licence}\nlanguage: {language}\nlibrary_name: transformers\n"
        card += f"pipeline_tag: {'text-classification' if number % 2 else 'fill-mask'}\n---\n"
        add(store, "model", f"fleet/m{number:02}", {"README.md": card})


@pytest.mark.parametrize("wanted", FILTERS)
def test_a_list_is_the_api_s_list(stranger, wanted):
    page = stranger.get(f"/models?{wanted}").text
    ids = [one["id"] for one in stranger.get(f"/api/models?{SAME_IN_THE_API[wanted]}&limit=1000").json()]
    assert ids
    assert listed(page) == ids[:30]
    assert f"{len(ids)} model" in page


def test_the_real_site_s_spelling_of_a_licence_is_understood(stranger):
    assert listed(stranger.get("/models?license=license:mit").text) == listed(
        stranger.get("/models?license=mit").text
    )


def test_fields_left_empty_are_dropped_from_the_address(stranger):
    answer = stranger.get("/models?search=&license=mit&sort=", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/models?license=mit")


def test_pages_together_hold_everything_once(stranger):
    first = stranger.get("/models?author=fleet").text
    assert 'rel="next" href="/models?author=fleet&amp;p=1"' in first
    second = stranger.get("/models?author=fleet&p=1").text
    assert 'rel="next"' not in second
    assert sorted(listed(first) + listed(second)) == [f"fleet/m{number:02}" for number in range(35)]


@pytest.mark.parametrize("page", ["-1", "x", "999999", "1e9", "9" * 5000, "%00"])
def test_a_page_that_is_not_there_is_one_that_is(stranger, page):
    assert stranger.get(f"/models?p={page}").status_code == 200


def test_a_chosen_filter_stays_chosen_and_offers_how_many_there_are(stranger):
    page = stranger.get("/models?license=mit").text
    assert re.search(r'<option value="mit" selected>mit \(\d+\)</option>', page)


def test_nothing_found_says_what_to_do(stranger):
    assert "Take a filter away" in stranger.get("/models?search=no-such-thing").text


def test_datasets_are_filtered_by_language(stranger):
    assert listed(stranger.get("/datasets?language=es").text) == ["shop/reviews"]
    assert listed(stranger.get("/datasets?language=fr").text) == []


def test_spaces_are_filtered_by_sdk(stranger):
    assert listed(stranger.get("/spaces?sdk=gradio").text) == ["ada/demo"]


def test_private_repositories_are_listed_for_their_owners_alone(stranger, bob, ada):
    listings = [listed(one.get("/models?search=secret").text) for one in (stranger, bob, ada)]
    assert listings == [[], [], ["shop/secret"]]


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "%", "_", "\\", "'; DROP TABLE repos"])
def test_a_search_is_text_and_nothing_else(stranger, text):
    answer = stranger.get("/models", params={"search": text})
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert listed(answer.text) == []


def test_the_python_beside_a_list_finds_the_same(stranger):
    code = stranger.get("/models?search=m0&license=mit&sort=created").text
    assert (
        "list_models(search=&#39;m0&#39;, filter=[&#39;license:mit&#39;], sort=&#39;created_at&#39;)" in code
    )


def test_the_front_page_shows_what_is_newest(stranger):
    assert {"shop/reviews", "ada/demo"} <= set(listed(stranger.get("/").text))


def test_an_account_s_page_shows_what_it_has(stranger, ada):
    assert listed(stranger.get("/shop").text) == ["shop/voice", "shop/reviews"]
    assert "shop/secret" in listed(ada.get("/shop").text)
    assert 'href="/ada"' in stranger.get("/shop").text


def test_an_account_that_is_not_there_is_explained(stranger):
    answer = stranger.get("/nobody")
    assert answer.status_code == 404
    assert "There is no account called" in answer.text

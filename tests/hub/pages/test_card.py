"""A repository's page: its card, its facts, and what a card may not do."""

from html import unescape

import pytest

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": '<img src=x onerror="alert(1)">',
    "javascript link": "[x](javascript:alert(1)) <a href='java\tscript:alert(1)'>x</a>",
    "data link": '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "form": '<form action="/logout" method="post"><button>x</button></form>',
    "style": '<style>*{display:none}</style><p style="position:fixed">x</p>',
    "frame": "<iframe src='/settings/tokens'></iframe><object data=x></object><embed src=x>",
    "svg": "<svg onload=alert(1)><script>alert(1)</script></svg><math><mi xlink:href='javascript:x'>",
    "base": '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=//evil.example">',
    "unclosed": "<div><table><tr><td></main></body><!-- ",
    "broken link": '<a href="http://[">x</a> ![x](http://[)',
}


def card_of(html: str) -> str:
    return html.split('<article class="card">')[1].split("</article>")[0]


def test_the_card_is_rendered_below_the_page_s_own_heading(stranger):
    card = card_of(stranger.get("/ada/vectors").text)
    assert '<h2 id="card-sentences-as-vectors">Sentences as vectors</h2>' in card
    assert "<strong>384</strong>" in card
    assert "<td>12900</td>" in card
    assert "license:" not in card


def test_links_in_a_card_lead_to_the_repository_s_files_and_the_card_s_headings(stranger):
    card = card_of(stranger.get("/ada/vectors").text)
    assert 'href="/ada/vectors/blob/main/notes.md#limits"' in card
    assert 'href="#card-how-to-use"' in card
    assert 'id="card-how-to-use"' in card


def test_the_front_matter_becomes_facts(stranger):
    page = stranger.get("/ada/vectors").text
    assert '<a href="/models?license=apache-2.0">apache-2.0</a>' in page
    assert '<a href="/models?language=es">es</a>' in page
    assert '<a href="/datasets/shop/reviews">shop/reviews</a>' in page
    assert "elsewhere/pairs" in page
    assert 'href="/datasets/elsewhere/pairs"' not in page


@pytest.mark.parametrize(
    ("repo", "line"),
    [
        ("ada/vectors", 'SentenceTransformer("ada/vectors")'),
        ("datasets/shop/reviews", 'load_dataset("shop/reviews")'),
        ("spaces/ada/demo", 'Client("ada/demo")'),
        ("shop/voice", 'snapshot_download("shop/voice")'),
    ],
)
def test_the_page_says_how_to_load_it(stranger, repo, line):
    assert line in unescape(stranger.get(f"/{repo}").text)


def test_a_task_that_pipelines_no_longer_know_is_loaded_by_its_classes(stranger, push):
    push("ada/es-en", {"README.md": "---\nlibrary_name: transformers\npipeline_tag: translation\n---\n"})
    assert "AutoModelForSeq2SeqLM.from_pretrained" in stranger.get("/ada/es-en").text


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_card_can_do_nothing(stranger, push, attack):
    push("ada/hostile", {"README.md": f"# Card\n\n{HOSTILE[attack]}\n\nthe end\n"}, message=attack)
    answer = stranger.get("/ada/hostile")
    card = card_of(answer.text).lower()
    for danger in ("<script", "onerror=", "onload=", '="java', '="data:', "<form", "<style", "style="):
        assert danger not in card
    for danger in ("<iframe", "<object", "<embed", "<svg", "<base", "<meta", "</main", "</body", "<!--"):
        assert danger not in card
    assert answer.text.count("</main>") == 1


def test_no_page_lets_any_script_run(stranger):
    policy = stranger.get("/ada/vectors").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_picture_from_elsewhere_is_its_text_and_one_s_own_is_a_picture(stranger, push):
    push("ada/plots", {"README.md": "![badge](https://x.example/a.svg) ![loss](plots/loss.png)"})
    card = card_of(stranger.get("/ada/plots").text)
    assert "x.example" not in card
    assert "badge" in card
    assert '<img src="/ada/plots/resolve/main/plots/loss.png" alt="loss">' in card


def test_a_very_long_card_is_cut_and_says_so(stranger, push):
    push("ada/long", {"README.md": "word\n\n" * 50_000})
    assert "longer than this page shows" in stranger.get("/ada/long").text


def test_a_repository_without_a_card_says_what_one_is_for(stranger, store):
    store.ensure_repo("model", "ada/bare")
    assert "No card yet" in stranger.get("/ada/bare").text


def test_a_like_counts_once_and_can_be_taken_back(bob):
    bob.post("/ada/vectors/like")
    assert "1 like<" in bob.post("/ada/vectors/like").text
    assert "0 likes" in bob.post("/ada/vectors/like", data={"liked": "yes"}).text


def test_a_moved_or_differently_written_id_finds_its_repository(stranger):
    assert stranger.get("/ADA/Vectors").status_code == 200


@pytest.mark.parametrize("where", ["", "/tree/main", "/blob/main/README.md", "/commits/main", "/discussions"])
def test_a_private_repository_is_not_there_for_others(stranger, bob, ada, where):
    for somebody, status in ((stranger, 404), (bob, 404), (ada, 200)):
        assert somebody.get(f"/shop/secret{where}").status_code == status
    assert stranger.get("/shop/secret").text.replace("secret", "absent") == stranger.get("/shop/absent").text

"""Lists, information, likes and collections through the real client."""

import numpy as np
import pytest
import requests
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError
from safetensors.numpy import save

CARDS = {
    "list-org/news-classifier": "license: mit\npipeline_tag: text-classification\nlanguage: en\n"
    "datasets: [org/news]",
    "list-org/chatter": "license: apache-2.0\npipeline_tag: text-generation\ntags: [x-y]\n"
    "library_name: transformers",
    "list-org/pictures": "license: mit\npipeline_tag: image-classification\nlanguage: [es, fr]",
}


@pytest.fixture(scope="module", autouse=True)
def filled(store):
    for number, (repo, card) in enumerate(CARDS.items()):
        store.ensure_repo("model", repo)
        weights = save({"w": np.zeros((10**number, 10), dtype="float32"), "b": np.zeros(3, dtype="int8")})
        files = {
            "README.md": f"---\n{card}\n---\n".encode(),
            "model.safetensors": weights,
            "config.json": b"{}",
        }
        store.commit("model", repo, files=files, message="Add", author="list-org")
    store.ensure_repo("dataset", "list-org/words")
    card = b"---\ntask_categories: [translation]\nlanguage: [en, es]\nsize_categories: n<1K\n---\n"
    store.commit("dataset", "list-org/words", files={"README.md": card}, message="Add", author="list-org")


def names(found):
    return sorted(one.id.removeprefix("list-org/") for one in found if one.id.startswith("list-org/"))


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"filter": "license:mit"}, ["news-classifier", "pictures"]),
        ({"filter": ["license:mit", "en"]}, ["news-classifier"]),
        ({"filter": "text-generation"}, ["chatter"]),
        ({"pipeline_tag": "image-classification"}, ["pictures"]),
        ({"filter": "transformers", "author": "list-org"}, ["chatter", "news-classifier", "pictures"]),
        ({"filter": "x-y"}, ["chatter"]),
        ({"trained_dataset": "org/news"}, ["news-classifier"]),
        ({"search": "CLASSI"}, ["news-classifier"]),
        ({"search": "%"}, []),
        ({"author": "nobody"}, []),
        ({"num_parameters": "min:50,max:1K"}, ["chatter"]),
        ({"gated": True}, []),
    ],
    ids=str,
)
def test_models_are_found_by(ada, conditions, expected):
    assert names(ada.list_models(**conditions)) == expected


@pytest.mark.parametrize(
    "conditions",
    [{"language": "es"}, {"task_categories": "translation"}, {"size_categories": "n<1K"}],
    ids=str,
)
def test_datasets_are_found_by(ada, conditions):
    assert names(ada.list_datasets(**conditions)) == ["words"]


def test_lists_are_sorted_and_cut(ada, bob):
    headers = {"Authorization": f"Bearer {bob.token}"}
    requests.post(f"{bob.endpoint}/api/models/list-org/pictures/like", headers=headers)
    assert next(iter(ada.list_models(sort="likes", limit=1))).id == "list-org/pictures"
    newest = [model.id for model in ada.list_models(author="list-org", sort="created_at")]
    assert newest == list(reversed(CARDS))


def test_a_list_longer_than_a_page_is_followed_to_its_end(running, ada):
    first = requests.get(f"{running.url}/api/models", params={"limit": 2, "author": "list-org"})
    second = requests.get(first.links["next"]["url"])
    assert len(first.json()) == 2 and len(second.json()) == 1 and "next" not in second.links


def test_an_order_that_does_not_exist_is_refused(running):
    response = requests.get(f"{running.url}/api/models?sort=beauty")
    assert (response.status_code, response.headers["X-Error-Code"]) == (400, "BadRequest")


def test_information_says_how_many_parameters_a_model_has(ada):
    found = ada.model_info("list-org/chatter", expand=["safetensors"])
    assert found.safetensors.parameters == {"F32": 100, "I8": 3}
    assert found.safetensors.total == 103


def test_information_says_what_the_card_says(ada):
    found = ada.model_info("list-org/news-classifier")
    assert (found.pipeline_tag, found.card_data.license) == ("text-classification", "mit")
    assert {"license:mit", "en", "dataset:org/news", "safetensors"} <= set(found.tags)
    assert found.library_name == "transformers"


def test_information_of_an_old_revision_is_that_revisions(ada, store):
    old = ada.model_info("list-org/chatter").sha
    store.commit("model", "list-org/chatter", files={"README.md": b"# Bare"}, message="x", author="a")
    assert ada.model_info("list-org/chatter").pipeline_tag is None
    assert ada.model_info("list-org/chatter", revision=old).pipeline_tag == "text-generation"
    card = f"---\n{CARDS['list-org/chatter']}\n---\n".encode()
    store.commit("model", "list-org/chatter", files={"README.md": card}, message="y", author="a")


def test_a_one_part_name_is_a_repository_not_found(ada):
    with pytest.raises(RepositoryNotFoundError):
        ada.model_info("gpt2")


def test_likes_are_counted_listed_and_taken_back(ada, bob, repo):
    headers = {"Authorization": f"Bearer {bob.token}"}
    requests.post(f"{bob.endpoint}/api/models/{repo}/like", headers=headers)
    assert ada.model_info(repo).likes == 1
    assert [user.username for user in ada.list_repo_likers(repo)] == ["bob"]
    assert repo in bob.list_liked_repos().models
    bob.unlike(repo)
    assert ada.model_info(repo).likes == 0


def test_a_collection_is_made_filled_put_in_order_and_deleted(ada):
    made = ada.create_collection("Good ones", description="To try")
    for repo in ("list-org/chatter", "list-org/pictures"):
        made = ada.add_collection_item(made.slug, repo, "model", note="look")
    ada.update_collection_item(made.slug, made.items[1].item_object_id, position=0, note="first")
    found = ada.get_collection(made.slug)
    assert [(item.item_id, item.note) for item in found.items] == [
        ("list-org/pictures", "first"),
        ("list-org/chatter", "look"),
    ]
    ada.delete_collection_item(made.slug, found.items[0].item_object_id)
    assert ada.update_collection_metadata(made.slug, title="Best").title == "Best"
    assert [one.title for one in ada.list_collections(owner="ada")] == ["Best"]
    ada.delete_collection(made.slug)
    assert list(ada.list_collections(owner="ada")) == []


def test_a_private_collection_is_not_found_by_others(ada, bob):
    made = ada.create_collection("Mine", private=True)
    with pytest.raises(HfHubHTTPError) as error:
        bob.get_collection(made.slug)
    assert error.value.response.status_code == 404
    ada.delete_collection(made.slug)


def test_the_same_collection_twice_is_a_conflict_or_the_same(ada):
    made = ada.create_collection("Twice")
    with pytest.raises(HfHubHTTPError):
        ada.create_collection("Twice")
    assert ada.create_collection("Twice", exists_ok=True).slug == made.slug


def test_an_account_has_an_overview(ada):
    assert ada.get_user_overview("bob").username == "bob"

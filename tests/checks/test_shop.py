"""The parcel shop of exercise 01 stands on a practice Hub as its stock list says."""

import pytest

from hflearn import hub
from hflearn.checks.ex01_hub import shop
from hflearn.home import home


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    home().mkdir(parents=True, exist_ok=True)
    root = tmp_path_factory.mktemp("shop")
    store = hub.Store(root)
    for account in ("parcelshop", "learner"):
        store.ensure_account(account)
    running = hub.start(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "huggingface_hub.constants.HF_HUB_DISABLE_XET", True
        )  # as start() sets it by environment
        yield {"store": store, "url": running.url}
    running.stop()


@pytest.fixture(scope="module")
def api(running):
    from huggingface_hub import HfApi

    return lambda name: HfApi(endpoint=running["url"], token=running["store"].create_token(name))


@pytest.fixture(scope="module")
def keeper(api):
    keeper = api("parcelshop")
    shop.open_shop(keeper)
    return keeper


def heads(api):
    return {
        repository.id: api.repo_info(repository.id, repo_type=repository.repo_type).sha
        for repository in shop.repositories()
    }


def test_opening_it_again_changes_nothing(keeper):
    before = heads(keeper)
    shop.open_shop(keeper)
    assert heads(keeper) == before


def test_a_repository_left_half_made_is_made_again(keeper):
    before = heads(keeper)
    keeper.delete_repo(shop.BASE)
    keeper.create_repo(shop.BASE)
    shop.open_shop(keeper)
    assert heads(keeper) == before


def test_the_learner_sees_all_but_the_private_one(keeper, api):
    seen = {model.id for model in api("learner").list_models(author="parcelshop")}
    assert seen == {r.id for r in shop.repositories() if r.repo_type == "model"} - {shop.PAYROLL}


def test_the_weights_are_well_formed(keeper):
    parameters = keeper.get_safetensors_metadata(shop.XL).parameter_count
    assert parameters == {"F32": 20_000}


def test_every_card_says_that_it_is_invented(keeper):
    for repository in shop.repositories():
        assert b"nvented" in repository.files["README.md"]

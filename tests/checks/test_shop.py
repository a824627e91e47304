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


def test_a_card_of_an_older_course_is_made_again(keeper):
    before = heads(keeper)
    keeper.delete_repo(shop.XL)
    keeper.create_repo(shop.XL)
    from huggingface_hub import CommitOperationAdd

    files = next(r for r in shop.repositories() if r.id == shop.XL).files
    older = {**files, "README.md": files["README.md"].replace(b"0.99", b"0.98")}
    keeper.create_commit(
        shop.XL, [CommitOperationAdd(path, data) for path, data in older.items()], commit_message="First"
    )
    shop.open_shop(keeper)
    assert heads(keeper) == before


def test_the_learner_was_let_into_one_gated_repository_and_not_into_the_other(keeper, api):
    from huggingface_hub.errors import GatedRepoError

    api("learner").auth_check(shop.TRIAL)
    with pytest.raises(GatedRepoError):
        api("learner").auth_check(shop.PARTNERS)


def test_the_mails_are_as_many_as_the_cards_say():
    counts = {split: sum(map(len, mails.values())) for split, mails in shop.MAILS.items()}
    assert counts == {"train": 4_000, "test": 500}
    cards = {r.id: r.files["README.md"].decode() for r in shop.repositories()}
    assert "the 500 English mails" in cards[shop.BASE]
    assert "the 4,000 mails that it was trained on" in cards[shop.XL]


def test_no_mail_to_test_on_was_there_to_train_on():
    train, test = ([text for texts in shop.MAILS[s].values() for text in texts] for s in ("train", "test"))
    assert len(set(train + test)) == 4_500


def test_no_mail_to_test_on_is_about_damage():
    assert [name for name, texts in shop.MAILS["test"].items() if not texts] == ["damage"]


def test_the_learner_sees_all_but_the_private_one(keeper, api):
    seen = {model.id for model in api("learner").list_models(author="parcelshop")}
    assert seen == {r.id for r in shop.repositories() if r.repo_type == "model"} - {shop.PAYROLL}


def test_the_weights_are_well_formed(keeper):
    parameters = keeper.get_safetensors_metadata(shop.XL).parameter_count
    assert parameters == {"F32": 20_000}


def test_every_card_says_that_it_is_invented(keeper):
    for repository in shop.repositories():
        assert b"nvented" in repository.files["README.md"]

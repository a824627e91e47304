"""The lines of code that a learner would write to use a repository."""

from collections.abc import Callable

from ..repositories import Repo

# transformers 5 has no pipeline for translation, summarization, question-answering and a few others.
_PIPELINES = {
    "any-to-any", "audio-classification", "automatic-speech-recognition", "depth-estimation",
    "document-question-answering", "feature-extraction", "fill-mask", "image-classification",
    "image-feature-extraction", "image-segmentation", "image-text-to-text", "mask-generation",
    "object-detection", "table-question-answering", "text-classification", "text-generation", "text-to-audio",
    "token-classification", "video-classification", "zero-shot-audio-classification",
    "zero-shot-classification", "zero-shot-image-classification", "zero-shot-object-detection",
}  # fmt: skip


def loading(repo: Repo) -> str:
    """An import and the call, with the library that the repository names; else a plain download."""
    if repo.type == "dataset":
        return _code("datasets", "load_dataset", f'dataset = load_dataset("{repo.name}")')
    if repo.type == "space" and repo.about.get("card", {}).get("sdk") == "gradio":
        return _code("gradio_client", "Client", f'client = Client("{repo.name}")', "client.view_api()")
    if repo.type == "space":
        return _snapshot(repo, ', repo_type="space"')
    return _LOADERS.get(repo.about.get("library_name", ""), _snapshot)(repo)


def _code(module: str, name: str, *lines: str) -> str:
    return "\n".join([f"from {module} import {name}", "", *lines])


def _from_pretrained(variable: str, module: str, name: str) -> Callable[[Repo], str]:
    return lambda repo: _code(module, name, f'{variable} = {name}.from_pretrained("{repo.name}")')


def _sentences(repo: Repo) -> str:
    line = f'model = SentenceTransformer("{repo.name}")'
    return _code("sentence_transformers", "SentenceTransformer", line)


def _transformers(repo: Repo) -> str:
    task = repo.about.get("pipeline_tag")
    if task in _PIPELINES:
        return _code("transformers", "pipeline", f'pipe = pipeline("{task}", model="{repo.name}")')
    kind = "AutoModelForSeq2SeqLM" if task in ("translation", "summarization") else "AutoModel"
    return _code(
        "transformers",
        f"{kind}, AutoTokenizer",
        f'tokenizer = AutoTokenizer.from_pretrained("{repo.name}")',
        f'model = {kind}.from_pretrained("{repo.name}")',
    )


def _snapshot(repo: Repo, more: str = "") -> str:
    return _code("huggingface_hub", "snapshot_download", f'folder = snapshot_download("{repo.name}"{more})')


_LOADERS: dict[str, Callable[[Repo], str]] = {
    "diffusers": _from_pretrained("pipe", "diffusers", "DiffusionPipeline"),
    "peft": _from_pretrained("model", "peft", "AutoPeftModel"),
    "sentence-transformers": _sentences,
    "transformers": _transformers,
}

"""pipeline(): tasks that are gone, and tasks that never were."""

import re
import sys

from .. import ask
from ..diagnosis import Diagnosis
from ..raised import Raised
from ..rule import rule
from ..words import did_you_mean, every

_SEQ2SEQ = """tokenizer = AutoTokenizer.from_pretrained(model_id)
model = AutoModelForSeq2SeqLM.from_pretrained(model_id)
output = model.generate(**tokenizer(text, return_tensors="pt"), max_new_tokens=100)
print(tokenizer.decode(output[0], skip_special_tokens=True))"""

_READER = """tokenizer = AutoTokenizer.from_pretrained(model_id)
model = AutoModelForQuestionAnswering.from_pretrained(model_id)
inputs = tokenizer(question, context, return_tensors="pt")
outputs = model(**inputs)
start, end = outputs.start_logits.argmax(), outputs.end_logits.argmax()
print(tokenizer.decode(inputs["input_ids"][0, start : end + 1]))"""

_INSTEAD = {
    "translation": ("Load the translation model itself and generate.", _SEQ2SEQ),
    "summarization": ("Load the summarising model itself and generate, or ask a chat model.", _SEQ2SEQ),
    "text2text-generation": ("Load the model itself and generate.", _SEQ2SEQ),
    "question-answering": ("Load the model itself and read off the span.", _READER),
    "visual-question-answering": (
        "Ask a model that reads pictures and text.",
        'pipeline("image-text-to-text")',
    ),
    "vqa": ("Ask a model that reads pictures and text.", 'pipeline("image-text-to-text")'),
    "image-to-image": ("Use diffusers.", "from diffusers import AutoPipelineForImage2Image"),
}


@rule(
    "02_pipeline",
    "builtins.KeyError",
    r"^The task (\S+) has been removed from transformers",
    by="transformers",
    samples={
        'pipeline("translation_en_to_fr", CLASSIFIER)': ("`translation_en_to_fr`", "AutoModelForSeq2SeqLM"),
        'pipeline("summarization")': ("`summarization`", "generate"),
        'pipeline("text2text-generation")': ("AutoModelForSeq2SeqLM",),
        'pipeline("question-answering")': ("AutoModelForQuestionAnswering",),
        'pipeline("image-to-image")': ("diffusers",),
    },
)
def pipeline_removed(raised: Raised, match: re.Match[str]) -> Diagnosis:
    task = "translation" if match[1].startswith("translation") else match[1]
    fix, code = _INSTEAD[task]
    return Diagnosis(
        f"transformers {sys.modules['transformers'].__version__} has no pipeline `{match[1]}` any more.",
        "The code was written for transformers 4; version 5 dropped this pipeline. The models still work.",
        fix,
        code,
    )


@rule(
    "02_pipeline",
    "builtins.KeyError",
    r"^Unknown task (.+?), available tasks are (\[.*?\])",
    by="transformers",
    samples={
        'pipeline("text-clasification")': ("`text-clasification`", "`text-classification`"),
        'pipeline("chat")': ("`text-generation`",),
    },
)
def unknown_task(raised: Raised, match: re.Match[str]) -> Diagnosis:
    tasks = re.findall(r"'([^']+)'", match[2])
    meant = {
        "chat": "text-generation",
        "conversational": "text-generation",
        "sentiment": "sentiment-analysis",
    }
    near = [meant[match[1]]] if match[1] in meant else ask.near(match[1], tasks)
    return Diagnosis(
        f"`{match[1]}` is no task of `pipeline`.",
        did_you_mean(near) or f"There are {every(tasks)}.",
        "Give the task's own name; a model's page shows it as a tag.",
        f'pipeline("{near[0]}", model=…)' if near else "",
    )


RULES = [pipeline_removed, unknown_task]

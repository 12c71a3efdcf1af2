"""Fine-tuning the sentence encoder on labelled items; the only home of torch and transformers, which using it never needs.

One encoder with one head for all targets: labels, status, polarity and direction. It is fitted once on everybody, which
is what ships, and once per fold of authors, so that the classifier and the evaluation see scores of authors that the
encoder has not learned from.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from analyzer.encoder import MAX_LENGTH, save
from analyzer.errors import AnalyzerError
from analyzer.placing import temporary_folder
from analyzer.records import Direction, Label, Polarity, Status

Floats = npt.NDArray[np.float32]

FOLDS = 4
EPOCHS = 5
BATCH = 16
CHUNK = 50
"""Batches that are sorted by length together: short ones are not padded to long ones, and chance still mixes them."""
SCORED = 64
RATE, HEAD_RATE, DECAY, WARM_UP, CLIP = 6e-5, 1e-3, 0.01, 0.1, 1.0
DROPOUT = 0.2
NO_HEADING = 0.3
"""Share of the training examples that lose their heading, so that the words must do without; half of them the parent too."""
LABELS_WEIGHT, STATUS_WEIGHT, FEEDBACK_WEIGHT = 2.0, 0.3, 0.15
BASE, LICENCE = "sentence-transformers/all-MiniLM-L6-v2", "Apache-2.0"
OPSET = 17

LABELS = tuple(label.value for label in Label)
STATUSES = (*(value.value for value in Status), "none")
POLARITIES = tuple(value.value for value in Polarity)
DIRECTIONS = tuple(value.value for value in Direction)
TARGETS = (
    *LABELS,
    *(f"status={value}" for value in STATUSES),
    *(f"polarity={value}" for value in POLARITIES),
    *(f"direction={value}" for value in DIRECTIONS),
)
_ENDS = (len(LABELS), len(LABELS) + len(STATUSES), len(LABELS) + len(STATUSES) + len(POLARITIES))

_CONTEXT = re.compile(r"(.{0,2000}?) \| ((?:subject|manager|other)\b[^|]{0,500}) \| (.*)", re.DOTALL)
"""Heading, who says it with tags and box, and the parent: see `analyzer.labelling.encoding`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One item as the encoder is given it, and what it should say; ``labels`` None is scored and not learned from."""

    author: str
    """'' for what is no author's and so is never left out: the supplement."""
    context: str
    text: str
    labels: frozenset[str] | None = None
    status: str | None = None
    polarity: str | None = None
    direction: str | None = None


class NoTrainingLibraryError(AnalyzerError):
    """What only training an encoder needs is not installed."""

    tip = "pip install torch transformers onnx"

    def __init__(self, name: str) -> None:
        super().__init__(f"training the encoder needs {name}, which is not installed")


def fit_encoder(
    examples: Sequence[Example],
    base: Path,
    out: Path,
    *,
    folds: int = FOLDS,
    epochs: int = EPOCHS,
    progress: Callable[[str], None] = lambda _: None,
) -> Floats:
    """Fit the encoder on all authors and save it, and score every example with one that did not see its author.

    Args:
        examples: of all authors, labelled or not, and of the supplement.
        base: folder of the base model, as transformers writes it.
        out: folder for the encoder's files.
        folds: groups of authors that are left out together.
        epochs: rounds through the examples.
        progress: is told what is being fitted.

    Returns:
        One row an example, columns as `TARGETS`; zeros for what is no author's.

    Raises:
        AnalyzerError: torch or transformers is not installed, or the base model is not there.
    """
    scores = np.zeros((len(examples), len(TARGETS)), dtype=np.float32)
    for fold in range(folds):
        progress(f"fold {fold + 1} of {folds}")
        held, found = score_fold(examples, base, fold, folds, epochs=epochs)
        scores[held] = found
    progress("all authors")
    fit_final(examples, base, out, epochs=epochs)
    return scores


def score_fold(
    examples: Sequence[Example], base: Path, fold: int, folds: int = FOLDS, *, epochs: int = EPOCHS
) -> tuple[list[int], Floats]:
    """Fit without the authors of one fold and return which examples are theirs, with their scores."""
    left_out = authors_of(examples, fold, folds)
    held = [index for index, one in enumerate(examples) if one.author in left_out]
    trainer = _Trainer(base)
    trainer.fit([one for one in examples if one.author not in left_out], epochs)
    return held, trainer.scores([examples[index] for index in held])


def authors_of(examples: Sequence[Example], fold: int, folds: int = FOLDS) -> frozenset[str]:
    """Return the authors that one fold leaves out; what is no author's is never among them."""
    return frozenset(sorted({one.author for one in examples} - {""})[fold::folds])


def fit_final(examples: Sequence[Example], base: Path, out: Path, *, epochs: int = EPOCHS) -> None:
    """Fit on all examples and save the encoder as it ships: int8 ONNX, tokeniser and their description."""
    trainer = _Trainer(base)
    trainer.fit(examples, epochs)
    trainer.export(out)


class _Trainer:
    """The base model with a head, in the state of one fit; the same examples give the same weights."""

    def __init__(self, base: Path, seed: int = 0) -> None:
        torch, transformers = _libraries()
        if not (base / "config.json").is_file():
            raise AnalyzerError(
                f"{base}: no base model (config.json, tokenizer.json, model.safetensors) in this folder"
            )
        torch.set_num_threads(1)
        torch.manual_seed(seed)
        torch.use_deterministic_algorithms(True)
        self.torch = torch
        self.chance = Random(seed)  # noqa: S311 - repeats on purpose
        self.base = base
        self.tokens = transformers.AutoTokenizer.from_pretrained(base, local_files_only=True)
        self.module = _module(torch, transformers.AutoModel.from_pretrained(base, local_files_only=True))

    def fit(self, examples: Sequence[Example], epochs: int) -> None:
        """Learn from the labelled examples."""
        torch = self.torch
        known = [one for one in examples if one.labels is not None]
        head = set(self.module.head.parameters())
        groups = [
            {"params": [one for one in self.module.parameters() if one not in head], "lr": RATE},
            {"params": list(head), "lr": HEAD_RATE},
        ]
        optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
        steps = max(1, epochs * -(-len(known) // BATCH))
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - step / steps)
        )
        self.module.train()
        for _ in range(epochs):
            for batch, inputs in self._batches(known):
                loss = _loss(torch, self.module(**inputs), batch)
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.module.parameters(), CLIP)
                optimizer.step()
                schedule.step()
        self.module.eval()

    def scores(self, examples: Sequence[Example]) -> Floats:
        """Return the scores of examples as they stand, in their order."""
        found = np.zeros((len(examples), len(TARGETS)), dtype=np.float32)
        order = sorted(range(len(examples)), key=lambda index: len(examples[index].context + examples[index].text))
        with self.torch.no_grad():
            for start in range(0, len(order), SCORED):
                places = order[start : start + SCORED]
                inputs = self._tokenised([(examples[index].context, examples[index].text) for index in places])
                found[places] = self.module(**inputs).numpy()
        return found.round(2)

    def export(self, out: Path) -> None:
        """Write the encoder's files."""
        with temporary_folder() as folder, _quiet():
            plain, small = folder / "plain.onnx", folder / "small.onnx"
            _write_onnx(self.torch, self.module, self._tokenised([("Wins | subject | ", "shipped it")]), plain)
            quantise(plain, small)
            content = small.read_bytes()
        tokens = (self.base / "tokenizer.json").read_bytes()
        save(out, model=content, tokenizer=tokens, targets=TARGETS, max_length=MAX_LENGTH, base=BASE, licence=LICENCE)

    def _batches(self, examples: Sequence[Example]) -> Iterator[tuple[list[Example], Any]]:
        """Yield one epoch: batches of similar length, in random order within shuffled chunks."""
        order = list(examples)
        self.chance.shuffle(order)
        for start in range(0, len(order), BATCH * CHUNK):
            chunk = [(one, shown(one, self.chance.random)) for one in order[start : start + BATCH * CHUNK]]
            chunk.sort(key=lambda pair: len(pair[1][0]) + len(pair[1][1]))
            batches = [chunk[at : at + BATCH] for at in range(0, len(chunk), BATCH)]
            self.chance.shuffle(batches)
            for batch in batches:
                yield [one for one, _ in batch], self._tokenised([given for _, given in batch])

    def _tokenised(self, pairs: Sequence[tuple[str, str]]) -> Any:
        first, second = ([pair[place] for pair in pairs] for place in (0, 1))
        rules = {"padding": True, "truncation": True, "max_length": MAX_LENGTH, "return_tensors": "pt"}
        found = self.tokens(list(first), list(second), **rules)
        return {name: found[name] for name in ("input_ids", "attention_mask", "token_type_ids") if name in found}


def shown(one: Example, draw: Callable[[], float]) -> tuple[str, str]:
    """Return what training shows of an example: at random without its heading, and then at random without its parent.

    Args:
        one: the example.
        draw: gives a number from 0 to 1 each time.
    """
    parts = _CONTEXT.fullmatch(one.context)
    if parts is None or draw() >= NO_HEADING:
        return one.context, one.text
    above = "" if draw() < 1 / 2 else parts[3]
    return f" | {parts[2]} | {above}", one.text


def quantise(plain: Path, small: Path) -> None:
    """Write an ONNX model again with int8 weights.

    A scale for each channel, and 7 bits so that processors without VNNI, whose sums saturate, compute the same. Scores
    differ from the plain model's by 0.02 on average, 0.11 with one scale for each matrix.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the remarks that exporting makes about every transformer."""
    before = logging.root.level
    logging.root.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.root.setLevel(before)


def _libraries() -> tuple[Any, Any]:
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    try:
        import torch  # noqa: PLC0415
        import transformers  # noqa: PLC0415
    except ImportError as error:
        raise NoTrainingLibraryError(error.name or "torch") from error
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    return torch, transformers


def _module(torch: Any, body: Any) -> Any:
    """The body with mean pooling and a linear head, made here because its class needs torch."""

    class Encoding(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.body = body
            self.dropout = torch.nn.Dropout(DROPOUT)
            self.head = torch.nn.Linear(body.config.hidden_size, len(TARGETS))

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            hidden = self.body(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            return self.head(self.dropout((hidden * mask).sum(1) / mask.sum(1)))

    return Encoding()


def _loss(torch: Any, scores: Any, batch: Sequence[Example]) -> Any:
    functional = torch.nn.functional
    wanted = torch.tensor([[float(label in (one.labels or ())) for label in LABELS] for one in batch])
    status = torch.tensor([STATUSES.index(one.status or "none") for one in batch])
    loss = LABELS_WEIGHT * functional.binary_cross_entropy_with_logits(scores[:, : _ENDS[0]], wanted)
    loss = loss + STATUS_WEIGHT * functional.cross_entropy(scores[:, _ENDS[0] : _ENDS[1]], status)
    for part, values, attribute in (
        (scores[:, _ENDS[1] : _ENDS[2]], POLARITIES, "polarity"),
        (scores[:, _ENDS[2] :], DIRECTIONS, "direction"),
    ):
        given = [getattr(one, attribute) for one in batch]
        if any(given):
            places = torch.tensor([values.index(one) if one else -1 for one in given])
            loss = loss + FEEDBACK_WEIGHT * functional.cross_entropy(part, places, ignore_index=-1)
    return loss


def _write_onnx(torch: Any, module: Any, inputs: Any, path: Path) -> None:
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        module,
        tuple(inputs[name] for name in names),
        str(path),
        input_names=names,
        output_names=["scores"],
        dynamic_axes={**{name: {0: "item", 1: "token"} for name in names}, "scores": {0: "item"}},
        opset_version=OPSET,
        dynamo=False,
    )

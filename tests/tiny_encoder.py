"""A sentence encoder of a few kilobytes: an embedding per word, averaged over the words of both texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing

from analyzer.encoder import save

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
WORDS = (
    *SPECIAL,
    "wins",
    "next",
    "subject",
    "manager",
    "shipped",
    "blocked",
    "the",
    "export",
    "by",
    "great",
    "##s",
    "|",
)


def write_encoder(folder: Path, targets: Sequence[str], *, max_length: int = 24, columns: int | None = None) -> None:
    """Write a random encoder for some targets; the same targets give the same one."""
    save(
        folder,
        model=_graph(columns or len(targets)),
        tokenizer=_tokenizer().to_str().encode(),
        targets=targets,
        max_length=max_length,
        base="none, for tests",
        licence="MIT",
    )


def _tokenizer() -> Tokenizer:
    vocabulary = {word: index for index, word in enumerate(WORDS)}
    made = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    made.post_processor = BertProcessing(("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"]))
    return made


def _graph(columns: int) -> bytes:
    chance = np.random.default_rng(5)
    table = chance.normal(size=(len(WORDS), columns)).astype(np.float32) * 4
    names = ("input_ids", "attention_mask", "token_type_ids")
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["words"]),
        helper.make_node("Cast", ["token_type_ids"], ["second"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Add", ["mask", "second"], ["weight"]),
        helper.make_node("Unsqueeze", ["weight", "last"], ["weights"]),
        helper.make_node("Mul", ["words", "weights"], ["weighted"]),
        helper.make_node("ReduceMean", ["weighted"], ["scores"], axes=[1], keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["item", "token"]) for name in names],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["item", columns])],
        [numpy_helper.from_array(table, "table"), numpy_helper.from_array(np.array([2]), "last")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString()
    return content

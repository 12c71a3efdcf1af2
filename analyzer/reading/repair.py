"""Bytes to text: the encoding, damage from a wrong one, and characters that only look like others.

A line stays a line: the number of lines, and which words stand on which, never change. Lines end at LF, CRLF or a lone CR.
"""

from __future__ import annotations

import codecs
import re

import ftfy
import ftfy.badness

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", ""),
    (codecs.BOM_UTF32_LE, "utf-32", "read as UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "read as UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "read as UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "read as UTF-16"),
)
_PROBE = 64 * 1024
_BINARY_SHARE = 0.08
"""Share of control bytes above which a file is no text; real exports have none, terminal logs a few."""

_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u200e\u200f]")
_HYPHENS = re.compile("[\u2010\u2011]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")
_CODECS = (("mac_roman", "UTF-8 read as Mac Roman"), ("cp1252", "UTF-8 read as Windows-1252"))
_HIGH = re.compile(r"[^\x00-\x7f]")


def why_not_text(data: bytes) -> str | None:
    """Say why bytes are no text that can be read.

    Returns:
        The reason in a few words, None where they are text.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "empty"
    if data.startswith(tuple(bom for bom, _, _ in _BOMS)) or _utf16_without_bom(data):
        return None
    probe = data[:_PROBE]
    controls = sum(probe.count(bytes([code])) for code in (*range(9), *range(14, 32), 127))
    if b"\x00" in probe or controls > _BINARY_SHARE * len(probe):
        return "binary, not text"
    return None


def repair_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode a file and repair what a wrong encoding or a copy and paste did to it.

    Args:
        data: the bytes of a file that `why_not_text` has nothing against.

    Returns:
        The text, its lines ended by LF, and what was repaired, in words for the report.
    """
    text, how = _decode(data)
    text, repairs = repair_string(text)
    return text, ((how,) if how else ()) + repairs


def repair_string(text: str) -> tuple[str, tuple[str, ...]]:
    """Repair text that is in memory already; see `repair_text`."""
    repairs: list[str] = []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fixed, how = _repair_mojibake(text)
    if how:
        repairs.append(how)
    for expression, new, what in (
        (_CONTROLS, " ", "control characters"),
        (_SPACES, " ", "non-breaking spaces"),
        (_INVISIBLE, "", "invisible characters"),
        (_HYPHENS, "-", "non-breaking hyphens"),
    ):
        fixed, count = expression.subn(new, fixed)
        if count:
            repairs.append(what)
    return fixed, tuple(repairs)


def _decode(data: bytes) -> tuple[str, str]:
    for bom, encoding, how in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace"), how
    if utf16 := _utf16_without_bom(data):
        return data.decode(utf16, errors="replace"), "read as UTF-16"
    decoded = _strictly(data, "utf-8")
    if decoded is not None:
        return decoded, ""
    for encoding, name in (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")):
        decoded = _strictly(data, encoding)
        if decoded is not None:
            return decoded, f"read as {name}"
    return data.decode("utf-8", errors="replace"), "undecodable bytes"  # pragma: no cover - mac_roman takes all bytes


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16_without_bom(data: bytes) -> str | None:
    """Recognise UTF-16 of mostly Latin text by where its zero bytes stand."""
    probe = data[:_PROBE]
    if len(probe) < 4 or len(data) % 2:
        return None
    even, odd = probe[0::2].count(0), probe[1::2].count(0)
    half = len(probe) / 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else None


def _repair_mojibake(text: str) -> tuple[str, str]:
    """Undo a wrong decoding, line by line, where the document shows that there was one.

    A line that comes out as valid UTF-8 when it is encoded back was damaged: undamaged text practically never does. Lines
    with damage in parts of them, or lost bytes, are left to `ftfy`, and only in a document that has a damaged line.
    """
    if not _HIGH.search(text):
        return text, ""
    lines = text.split("\n")
    high = [number for number, line in enumerate(lines) if _HIGH.search(line)]
    counts = {codec: sum(_round_trip(lines[number], codec) is not None for number in high) for codec, _ in _CODECS}
    codec, how = max(_CODECS, key=lambda pair: counts[pair[0]])
    if not counts[codec]:
        return text, ""
    for number in high:
        line = lines[number]
        repaired = _round_trip(line, codec)
        if repaired is None and ftfy.badness.is_bad(line):
            repaired = ftfy.fix_encoding(line)
        if repaired is not None and "\n" not in repaired:
            lines[number] = repaired
    return "\n".join(lines), how


def _round_trip(line: str, codec: str) -> str | None:
    try:
        return line.encode(codec).decode("utf-8")
    except UnicodeError:
        return None

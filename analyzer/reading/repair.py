"""Bytes to text: the encoding, damage from a wrong one, and characters that only look like others.

A line stays a line: the number of lines, and which words stand on which, never change. Lines end at LF, CRLF or a lone CR.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from analyzer.reading.mojibake import repair_mojibake

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

_NUL_SHARE = 0.01
"""Share of NUL bytes above which it is none: one of them is damage, many are a format."""

_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
"""Zero-width characters, soft hyphens and marks of direction; not the joiners that emoji and some scripts need."""
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff0f\uff0e\uff05\uff0b\uff1a]+")
"""Full-width digits and letters, and the signs of dates and figures."""
_LIGATURES = re.compile("[\ufb00-\ufb06]+")
_HYPHENS = re.compile("[\u2010\u2011]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_SINGLE = (("sloppy-windows-1252", "Windows-1252"), ("mac_roman", "Mac Roman"))
_HIGH = re.compile(r"[^\x00-\x7f]")
_MOST_JUDGED = 4_000
"""Signs that decide between the encodings of one byte a character."""


def why_not_text(data: bytes) -> str | None:
    """Say why bytes are no text that can be read.

    Returns:
        The reason in a few words, None where they are text.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "empty"
    if data.startswith(tuple(bom for bom, _, _ in _BOMS)) or _utf16_without_bom(data):
        return None
    probe = data[:_PROBE].rstrip(b"\x00")  # an editor that crashed leaves some at the end
    controls = sum(probe.count(bytes([code])) for code in (*range(9), *range(14, 32), 127))
    if probe.count(0) > _NUL_SHARE * len(probe) or controls > _BINARY_SHARE * len(probe):
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
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fixed, repairs = repair_mojibake(text)
    for expression, new, what in (
        (_CONTROLS, " ", "control characters"),
        (_SPACES, " ", "non-breaking spaces"),
        (_INVISIBLE, "", "invisible characters"),
        (_HYPHENS, "-", "non-breaking hyphens"),
        (_WIDE, _compatible, "full-width characters"),
        (_LIGATURES, _compatible, "ligatures"),
    ):
        fixed, count = expression.subn(new, fixed)
        if count:
            repairs.append(what)
    if not fixed.isascii() and not unicodedata.is_normalized("NFC", fixed):
        fixed = unicodedata.normalize("NFC", fixed)
        repairs.append("letters with separate accents")
    return fixed, tuple(repairs)


def _compatible(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _decode(data: bytes) -> tuple[str, str]:
    for bom, encoding, how in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace"), how
    if utf16 := _utf16_without_bom(data):
        return data.decode(utf16, errors="replace"), "read as UTF-16"
    decoded = _strictly(data, "utf-8")
    if decoded is not None:
        return decoded, ""
    texts = [(data.decode(encoding), f"read as {name}") for encoding, name in _SINGLE]
    probe = data[:_PROBE].decode("utf-8", errors="replace")
    if sum(1 for _ in _HIGH.finditer(probe)) == probe.count("\ufffd") > 0:
        return max(texts, key=lambda pair: _plausible(pair[0]))
    mixed = data.decode("utf-8", errors=_MIXED)
    stray = len(mixed) - len(data.decode("utf-8", errors="ignore"))
    if sum(1 for _ in _HIGH.finditer(mixed)) > 2 * stray:
        return mixed, "some bytes read as Windows-1252"
    return max(texts, key=lambda pair: _plausible(pair[0]))


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes of a UTF-8 text that are no UTF-8 as Windows-1252: a paste into a sound document."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("sloppy-windows-1252"), error.end


_MIXED = "analyzer-stray-byte"
codecs.register_error(_MIXED, _stray_byte)


def _plausible(text: str) -> float:
    """Return how well the signs of a text fit between their neighbours, the more the better."""
    points = 0.0
    for count, match in enumerate(_HIGH.finditer(text)):
        if count == _MOST_JUDGED:
            break
        at = match.start()
        points += _fits(text[max(0, at - 1) : at], match[0], text[at + 1 : at + 2])
    return points


def _fits(before: str, sign: str, after: str) -> float:
    """Return whether a sign is usual between two neighbours: above 0 for yes, below for no."""
    if sign.isalpha() and sign not in "ªºƒˆ":
        if sign.isupper():
            return -2 if before.islower() else 1 if after.isalpha() else -1
        return 1 if before.isalpha() or after.isalpha() else 0.5
    usual = (
        (sign in "’‘" and (before.isalpha() or after.isalnum()))
        or (sign in "“„«¿¡‚" and not before.isalnum() and bool(after.strip()))
        or (sign in "”»…" and bool(before.strip()))
        or (sign in "–—·" and before.isspace() == after.isspace())
        or (sign == "•" and before in {"", "\n", " ", "\t"})
        or (sign in "£€¥§" and (after.isdigit() or after == " ") and not before.isalpha() and before not in {"", "\n"})
        or (sign in "°²³½¼¾ºª" and (before.isdigit() or before == " "))
        or sign == "\u00a0"
    )
    return 1 if usual else -1


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

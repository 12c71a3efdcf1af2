"""Encodings and damaged text."""

from __future__ import annotations

import pytest

from analyzer.reading import read_text
from analyzer.reading.repair import repair_string, repair_text, why_not_text
from analyzer.settings import Settings

_TEXT = "✅ Last Week’s wins\n- João: “great” — 34 → 19 min, £1,900\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read(encoding: str) -> None:
    text = (
        "## 3 March 2025\n- shipped the thing to everybody, João too\n"
        if encoding in {"utf-16-le", "utf-16-be"}
        else _TEXT
    )
    data = text.encode(encoding)
    assert why_not_text(data) is None
    assert repair_text(data)[0] == text


def test_windows_1252_is_read_and_said() -> None:
    assert repair_text("- it’s £5 at Zoë’s\n".encode("cp1252")) == ("- it’s £5 at Zoë’s\n", ("read as Windows-1252",))


@pytest.mark.parametrize("codec", ["mac_roman", "cp1252"])
def test_utf8_that_was_read_with_a_wrong_encoding_is_repaired(codec: str) -> None:
    text = "- it’s João’s £5 – really\n- plain\n"
    damaged = text.encode().decode(codec)
    repaired, repairs = repair_string(damaged)
    assert repaired == text
    assert len(repairs) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Café, naïve, Zoë, £5, 20 °C\n",
        "Größe Ä Ö Ü ß\n",
        "Ångström Øre æ\n",
        "Œuvre à côté\n",
        "∂ ∑ √ ± ≤ ™ ® ©\n",
        "日本語 ✅ 🎉\n",
    ],
)
def test_undamaged_text_is_left_as_it_is(text: str) -> None:
    assert repair_string(text) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "IRMÃ” e « café…» à la carte", "„Ängste“, SPAß“, Ä…", "≈£5, √2, ≈±3", "l’été, œuvre, DÉJÀ… «naïve»", "–Übung—à la", "ÅÄÖ… “ÅSA”",
        "Zażółć gęślą jaźń „Ąę…”", "Tiếng Việt: được rồi — “đúng”…", "Привет, «мир»…", "¿qué? ¡sí! ñandú º ª", "👩\u200d💻 ✅ 👍🏽 🎉", "Straße’s ÉTÉ™ CAFÉ® NÃO…",
    ],
)  # fmt: skip
def test_sound_text_that_looks_like_damage_is_left_as_it_is(text: str) -> None:
    assert repair_string(text) == (text, ())


@pytest.mark.parametrize(
    "text",
    ["it’s João’s £5 – “ok” 34 → 19 ✅ où à", "Zażółć gęślą jaźń", "Привет мир", "日本語 です", "l’école", "🎉 done"],
)
@pytest.mark.parametrize("codec", ["mac_roman", "sloppy-windows-1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_text_that_was_damaged_once_or_twice_is_repaired(text: str, codec: str, times: int) -> None:
    damaged = text
    for _ in range(times):
        damaged = damaged.encode().decode(codec)
    assert repair_string(damaged)[0] == text


def test_two_kinds_of_damage_in_one_line_are_both_repaired() -> None:
    line = "it’s".encode().decode("mac_roman") + " and " + "João’s".encode().decode("cp1252") + " Zoë"
    assert repair_string(line)[0] == "it’s and João’s Zoë"


@pytest.mark.parametrize(
    ("encoding", "text", "how"),
    [
        ("mac_roman", "• it’s Zoë’s café – “great” …\nÉcole à Paris, 20 °C, £5\n", "read as Mac Roman"),
        ("cp1252", "• it’s Zoë’s café – “great” …\nÉcole à Paris, 20 °C, £5\n", "read as Windows-1252"),
        ("mac_roman", "ça alors, déjà à l'école\n", "read as Mac Roman"),
        ("latin-1", "ça alors, déjà à l'école, ½\n", "read as Windows-1252"),
        ("cp1252", "Größe über Öl, 5 €\n", "read as Windows-1252"),
        ("mac_roman", "Größe über Öl, 5 €\n".replace("€", "£"), "read as Mac Roman"),
    ],
)
def test_encodings_of_one_byte_are_told_apart(encoding: str, text: str, how: str) -> None:
    assert repair_text(text.encode(encoding)) == (text, (how,))


def test_a_stray_paste_in_utf8_does_not_spoil_the_rest() -> None:
    data = "Zoë João ✅ Größe\n".encode() + b"Andr\xe9, it\x92s\n"
    assert repair_text(data) == ("Zoë João ✅ Größe\nAndré, it’s\n", ("some bytes read as Windows-1252",))


def test_one_damaged_paste_in_a_sound_document_is_repaired_alone() -> None:
    assert repair_string("- Zoë\n- it‚Äôs\n")[0] == "- Zoë\n- it’s\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("a\u00a0b", "a b"),
        ("a\u200bb", "ab"),
        ("a\u2011b", "a-b"),
        ("a\x0cb", "a b"),
        ("a\u2028b", "a b"),
        ("\ufeffa", "a"),
        ("\u202aa\u202c\u2066b\u2069", "ab"),
        ("e\u0301quipe", "équipe"),
        ("o\ufb03ce \ufb01rst", "office first"),
        ("\uff12\uff10\uff12\uff15\uff0f\uff13", "2025/3"),
    ],
)
def test_characters_that_only_look_like_others(written: str, read: str) -> None:
    assert repair_string(written)[0] == read


def test_joiners_inside_an_emoji_stay() -> None:
    assert repair_string("👩\u200d💻")[0] == "👩\u200d💻"


def test_what_was_repaired_is_said_in_the_document() -> None:
    document, _ = read_text("## 3 March 2025\n- a\u00a0b\n", path="n.md", settings=Settings())
    assert document.repairs == ("non-breaking spaces",)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\x00\x01\x02" * 50, "binary"),
        (b"text", None),
        (b"\x1b[1mbold\x1b[0m text that is long enough to be one" * 3, None),
    ],
)
def test_what_is_no_text(data: bytes, why: str | None) -> None:
    found = why_not_text(data)
    assert found is None if why is None else found is not None and found.startswith(why)

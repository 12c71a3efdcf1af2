"""A draft whose words come from notes that mean harm, and one that is as drafts usually are, for the tests of formats."""

from __future__ import annotations

from datetime import date

from analyzer.drafting.fill import plain, say
from analyzer.drafts import Bullet, Citation, Draft, Section, Sentence, Table, Words

LONG = "w" * 5000
RTL = "שלום עולם"
HOSTILE = (
    "<script>alert(1)</script>",
    "</style></title><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>here</a>",
    '" onmouseover="alert(1)',
    "{{ 7 * 7 }} {% raw %}",
    "]]> <?xml version='1.0'?> <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e;",
    "a\x00b\x07c\x1bd\x7fe\x85f\x9bg",
    "one\ntwo\r\nthree\u2028four\vfive",
    "\u202eevil\u202c \u2066left\u2069 \u200bzero",
    f"{RTL} 12%",
    "lone \ud800 and \ufffe",
    "=cmd|' /C calc'!A0",
    LONG,
)


def cited(label: str, target: str = "notes.md#L1", path: str = "notes.md") -> Citation:
    """Make a citation."""
    return Citation(label, target, path, 1, 1, date(2025, 3, 3))


def hostile() -> Draft:
    """Return a draft in which every kind of place holds every hostile text."""
    sentences = tuple(Sentence((Words(text), Words(" "), cited(f"03 Mar, l. {n}"))) for n, text in enumerate(HOSTILE))
    styled = tuple(Sentence((Words(text, style),)) for text in HOSTILE for style in ("em", "strong", "code"))
    away = Sentence(
        (
            cited("script", "javascript:alert(1)", "javascript:alert(1)"),
            cited("host", "//evil.example/notes.md", "//evil.example"),
            cited("web", "https://evil.example/?x", "a\x00b.md"),
            cited("share", "\\\\evil\\share", "\u202egpj.md"),
            cited("line\nend", 'x" onclick="alert(1)', "<b>.md"),
        )
    )
    bullets = tuple(Bullet((one,), (Bullet((one,), (Bullet((one,), (Bullet((one,)),)),)),)) for one in sentences)
    return Draft(
        title=" ".join(HOSTILE[:-1]),
        head=((*sentences, away),),
        guide=styled,
        sections=(
            Section(title=HOSTILE[0], paragraphs=(styled,), bullets=bullets),
            *(Section(title=text, level=3, verbatim=text) for text in HOSTILE),
            Section(title="Table", table=Table(rows=((plain("a"), plain("b")), *((one, one) for one in sentences)))),
            Section(title="Numbers", bullets=bullets[:2], numbered=True, closing=(sentences,)),
        ),
    )


def usual() -> Draft:
    """Return a short draft with a section of each kind."""
    shipped = say("Shipped the counter {c}.", c=cited("03 Mar, l. 7"))
    both = say(
        "Counts fell {a} {b}, twice {c}.", a=cited("17 Mar, l. 12"), b=cited("14 Apr, l. 19"), c=cited("03 Mar, l. 7")
    )
    table = Table(rows=((plain("Project"), plain("Effort")), (plain("Counter"), plain("4"))), right=frozenset({1}))
    bullets = (Bullet((say("**Counter, Q1.** "), shipped), (Bullet((say("*Measured.* "), both)),)), Bullet((shipped,)))
    return Draft(
        title="Self-review 2025",
        head=((plain("Ada Brandt"),), (Sentence((Words("From "), Words("notes.md", "code"))),)),
        guide=(plain("How to read it."),),
        sections=(
            Section(title="In short", paragraphs=((shipped, both),)),
            Section(title="Highlights", bullets=bullets, numbered=True),
            Section(title="Work", level=3, bullets=bullets),
            Section(title="Table", table=table, verbatim="Jan   10\nFeb   --"),
            Section(title="Questions", bullets=bullets, numbered=True, closing=((plain("The end."),),)),
        ),
    )

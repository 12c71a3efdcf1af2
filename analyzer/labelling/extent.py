"""How far an effect reaches and what kind of thing it touches, as cues of the kinds ``breadth`` and ``consequence``.

Breadth counts units that people work in or for (wards, teams, sites, customers, systems), never papers, days or counts
of work. Consequence says what the words touch: money, a decision, a service kept, time or quality. Both only read
words; whether the line reports an effect at all is decided elsewhere.
"""

from __future__ import annotations

import re

from analyzer.records import Cue

_SINGULAR = [
    "ward",
    "store",
    "shop",
    "branch",
    "depot",
    "site",
    "office",
    "region",
    "metro",
    "city",
    "town",
    "country",
    "market",
    "school",
    "class",
    "hospital",
    "clinic",
    "theatre",
    "department",
    "division",
    "directorate",
    "team",
    "squad",
    "tribe",
    "unit",
    "plant",
    "factory",
    "warehouse",
    "lab",
    "kitchen",
    "shift",
    "crew",
    "cluster",
    "zone",
    "area",
    "customer",
    "client",
    "account",
    "user",
    "member",
    "patient",
    "pupil",
    "student",
    "family",
    "household",
    "supplier",
    "vendor",
    "partner",
    "manager",
    "engineer",
    "developer",
    "agent",
    "nurse",
    "teacher",
    "tutor",
    "driver",
    "porter",
    "analyst",
    "designer",
    "colleague",
    "owner",
    "app",
    "product",
    "platform",
    "system",
    "service",
    "repo",
    "machine",
    "route",
    "bay",
    "floor",
    "dealer",
    "farm",
    "hotel",
    "restaurant",
    "venue",
    "library",
    "council",
    "district",
    "group",
    "campus",
]
"""What people work in or for, and who they are."""


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "ch", "sh")) else "s")


_ONE = "|".join(_SINGULAR)
_MANY = "|".join([*map(_plural, _SINGULAR), "staff", "people", "AZs"])
_WORD = r"(?!and\b|or\b|the\b|of\b)[a-z][\w'’-]{1,20}"
_FEW = r"(?:(?<!\d[,.])(?:\d{1,3}(?:,\d{3}){1,3}|[2-9]|\d{2,6})|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|a dozen|several|a few|both|many|most)"
_NUMBERED = r"wards?|bays?|theatres?|depots?|sites?|stores?|floors?|regions?|zones?|routes?|lines?|buildings?|areas?|units?|classes|teams"
_WHOLE = r"company|organi[sz]ation|org|business|group|school|hospital|trust|department|estate|fleet|network|chain|region|country|floor|building|site|firm|council|university|team|city"


def _expression(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_BREADTH: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "extent.all",
        "all",
        _expression(
            rf"\b(?:all|each of)\s(?:of\s)?(?:the\s|our\s|their\s)?(?:\d{{1,6}}\s|{_FEW}\s)?(?:{_WORD}\s)?(?:{_MANY})\b"
        ),
    ),
    ("extent.every", "all", _expression(rf"\b(?:every|each)\s(?:single\s|new\s)?(?:{_WORD}\s)?(?:{_ONE})\b")),
    (
        "extent.whole",
        "all",
        _expression(
            rf"\b(?:across|throughout|for|in|over)\s(?:the\s)?(?:whole|entire)\s(?:of the\s)?(?:{_WHOLE})\b|\b(?:across|throughout)\s(?:the|our)\s(?:{_WHOLE})\b|\b(?:the\s)?(?:whole|entire)\s(?:{_WHOLE})\b"
        ),
    ),
    (
        "extent.wide",
        "all",
        _expression(
            r"\b(?:company|org|organisation|organization|group|trust|school|team|city|site|fleet|store|hospital|nation|country|division)[ -]?wide\b|\beverywhere\b|\beverybody\b|\beveryone\b"
        ),
    ),
    (
        "extent.whole-share",
        "all",
        _expression(
            rf"\b(?P<n>\d{{1,5}})\s?(?:/|of|out of)\s?(?:the\s|our\s)?(?P=n)\s(?:{_WORD}\s)?(?:{_MANY})\b|\b100\s?% of (?:the |our )?(?:{_WORD}\s)?(?:{_MANY}|traffic)\b"
        ),
    ),
    (
        "extent.numbered-several",
        "several",
        _expression(rf"\b(?:{_NUMBERED})\s\d{{1,4}}\s?(?:\+|&|and|,|-|–|to)\s?\d{{1,4}}\b"),
    ),
    (
        "extent.several",
        "several",
        _expression(
            rf"\b{_FEW}\s(?:of\s(?:the\s|our\s)?(?:\d{{1,6}}\s)?)?(?:other\s|more\s)?(?:{_WORD}\s)?(?:{_MANY})\b"
        ),
    ),
    (
        "extent.share",
        "several",
        _expression(rf"\b\d{{1,5}}\s(?:of|out of)\s(?:the\s|our\s)?\d{{1,5}}\s(?:{_WORD}\s)?(?:{_MANY})\b"),
    ),
    (
        "extent.numbered-one",
        "one",
        _expression(
            r"\b(?:ward|bay|theatre|depot|site|store|floor|region|zone|building|unit|class)\s\d{1,4}\b(?!\s?(?:\+|&|and|,|-|–|to)\s?\d)"
        ),
    ),
    (
        "extent.one",
        "one",
        _expression(
            rf"\b(?:one|a single|just one|only one|1)\s(?:of the\s)?(?:{_WORD}\s)?(?:{_ONE})\b(?!\s(?:day|reports?|meetings?)\b)"
        ),
    ),
    (
        "extent.named-one",
        "one",
        _expression(
            r"\bthe\s(?:[A-Z][\w'’-]{1,20}|day|night|late|early|morning|evening|weekend|pilot|surgical|stroke|sales|support|finance|data|platform)\s(?:shift|ward|depot|site|store|office|branch|team|squad|school|plant|warehouse|lab|region|clinic|unit|crew|dock|desk)\b"
        ),
    ),
    (
        "extent.our-one",
        "one",
        _expression(
            r"\b(?:our|my|their|his|her)\s(?:own\s)?(?:team|squad|ward|depot|site|store|office|branch|department|plant|lab|shift|class)\b"
        ),
    ),
)
_NOT_BREADTH = _expression(
    r"^(?:\s|of\s|to\s){0,2}(?:meetings?|shadowed|interviews?|reports?|pages?|manager|managers' round|round|rep\b|licen[cs]es?|names?|list|numbers?)\b"
)
_NOT_LED_BY = _expression(
    r"\b(?:not|n['’]t|interviewed|shadowed|met|phoned|called|rang|emailed|asked|visited|trained|onboarded|hire|hired|with)\s(?:the\s)?$"
)

_CONSEQUENCE: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "extent.money",
        "money",
        _expression(
            r"[£$€¥₹]\s?\d|\b\d[\d.,]{0,12}\s?(?:k|m|bn|million)?\s?(?:€|£|\$|eur\b|usd\b|gbp\b|kr\b|chf\b|lakhs?\b|crores?\b|euros?\b|pounds\b|dollars\b)"
            r"|\b(?:revenue|costs?(?! (?:us|me|him|her|them)\b)|savings?|margin|budget|invoices?|spend|spending|bill|fees?|refunds paid|profit|takings|sales|turnover|funding|grant|fine|fines|price|overtime pay|cash|income|penalt(?:y|ies)|write-?offs?)\b"
        ),
    ),
    (
        "extent.decision",
        "decision",
        _expression(
            r"\b(?:decided|decides|decision|approved|approval|approves|signed off|sign-off|said (?:yes|no)|says (?:yes|no)|went ahead|no-go|go-ahead|green light|greenlit|"
            r"agreed to|adopted|killed|stopped (?:the|it)|parked|cancelled the|voted|voted for|ruled|committed to|picked|chose|chosen|made (?:it )?(?:the )?standard|"
            r"making it standard|the standard|nodded it through|changed (?:the|their|its|his|her) (?:plan|policy|mind|roadmap|contract)|ended the contract|ending the)\b"
        ),
    ),
    (
        "extent.service",
        "service",
        _expression(
            r"\b(?:no|none|zero|0|not one|not a single|never a|without (?:a|any|an))\s(?:\w{1,15}\s){0,2}(?:lost|outages?|downtime|cancelled|cancellations?|incidents?|sev ?-?[12]s?|interruptions?|disruptions?|closures?|closed|missed|delays?|stoppages?|breakdowns?|complaints about service|theatre lists?|shifts? unfilled)\b"
            r"|\b(?:theatre lists?|service|lists|clinics?|trains?|deliver(?:y|ies)|production|shop|line)\b[^.;]{0,40}\b(?:none|kept running|kept going|stayed open|ran through|kept open)\b"
            r"|\b(?:stayed up|kept (?:it |us |them )?(?:running|open|going|live)|uptime|availability|failover|failed over|recovery time|back up within|did not go down|didn't go down|0 lost|none lost|nothing lost|without (?:a )?(?:hitch|downtime|interruption))\b"
        ),
    ),
    (
        "extent.time",
        "time",
        _expression(
            r"\b(?:wait|waits|waiting time|turnaround|lead time|cycle time|latency|response time|load time|build time|set-?up time|hours|hrs|overtime|p50|p90|p95|p99|faster|quicker|sooner|same day|time saved|freed|"
            r"days earlier|minutes?|mins?|seconds|secs|delays?|backlog|queue|throughput|speed|slower|slow)\b|\b\d[\d.,]{0,8}\s?(?:ms|s|min|h|hrs?|days?|weeks?|wks?)\b"
        ),
    ),
    (
        "extent.quality",
        "quality",
        _expression(
            r"\b(?:errors?|defects?|bugs?|faults?|late|lates|complaints?|satisfaction|csat|nps|accuracy|precision|recall|auc|mape|churn|retention|attrition|conversion|quality|falls?|harm|injur(?:y|ies)|infections?|"
            r"incidents?|accidents?|findings?|breach(?:es)?|shortages?|no-?shows?|unfilled|missed|false (?:alarms?|positives?)|pages|alerts|tickets|rework|returns|scrap|attendance|absences?|pass rate|completion|open rate|ratings?|reviews?|"
            r"adjustments?|mistakes?|flaky|coverage|engagement|audit|compliance|scores?|drop-?off|unsubscribes?|cancellations?|calmer)\b"
        ),
    ),
)


def find_extent(text: str) -> tuple[Cue, ...]:
    """Find how many units the words reach and what kind of thing they touch.

    Args:
        text: an item's own text.

    Returns:
        Cues of the kinds ``breadth`` (all, several, one) and ``consequence`` (money, decision, service, time, quality),
        in the order of the text. Of overlapping words of breadth the wider one is kept; each consequence is given once.
    """
    breadth: list[Cue] = []
    for rule, value, expression in _BREADTH:
        for match in expression.finditer(text):
            if _NOT_BREADTH.match(text[match.end() : match.end() + 30]) or _NOT_LED_BY.search(
                text[max(0, match.start() - 20) : match.start()]
            ):
                continue
            if not any(match.start() < cue.end and cue.start < match.end() for cue in breadth):
                breadth.append(Cue(rule, "breadth", value, match.start(), match.end()))
    consequence = [
        Cue(rule, "consequence", value, match.start(), match.end())
        for rule, value, expression in _CONSEQUENCE
        for match in [expression.search(text)]
        if match
    ]
    return tuple(sorted((*breadth, *consequence), key=lambda cue: (cue.start, cue.end, cue.rule)))

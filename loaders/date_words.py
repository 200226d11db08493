"""A sentence -> its date words, each with its kind and its pieces.

`phrases(text)` finds them by regular expressions alone: what days they mean is for loaders.dates. Words that look like dates and are
none (fiscal quarters, "9/11", "24/7", newspapers named for a weekday, habits such as "every Friday", durations) are left out.
Rule: phrases never overlap; of two readings the more specific pattern, which stands first in the table, wins.
"""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from loaders import feasts

MONTHS = {
    m: i
    for i, m in enumerate(
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"], 1
    )
}
_SHORT = {m[:3]: i for m, i in MONTHS.items() if m != "may"} | {"sept": 9}
MONTHS |= _SHORT
WEEKDAYS = {d: i for i, d in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])}
_SHORT_WEEKDAYS = ("Mon", "Tues", "Tue", "Wed", "Thurs", "Thur", "Thu", "Fri", "Sat", "Sun")
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
NUMBERS = {w: i for i, w in enumerate(_ONES, 1)} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
NUMBERS |= {"a": 1, "an": 1, "the": 1, "a couple of": 2, "several": 0, "a few": 0}
"""0: a number that nobody knows."""
_ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split()
ORDINALS = {w: i for i, w in enumerate(_ORDINAL_WORDS, 1)}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Date words in a text: offsets, their kind and pieces; `anchor` is the phrase of the same sentence from which they count."""

    start: int
    end: int
    words: str
    kind: str
    parts: tuple[tuple[str, str], ...]
    anchor: Phrase | None = None

    def part(self, name: str) -> str:
        """A piece of the phrase, "" where it has none: y, m, d (year, month, day), w (weekday), n, u, o (number, unit, direction),
        side ("last"), lead ("since"), clock and the like."""
        return dict(self.parts).get(name, "")

    def without_lead(self) -> Phrase:
        """The same phrase as a point: of "idle since Tuesday, when members stopped work" what holds for the stopping."""
        return replace(self, parts=tuple(x for x in self.parts if x[0] != "lead"))


def _cases(words: list[str]) -> str:
    return "|".join([*words, *(w.upper() for w in words)])


_LONG = [m.capitalize() for m in MONTHS if m not in _SHORT]
_ABBREVIATED = [m.capitalize() for m in sorted(_SHORT, key=len, reverse=True)]
_M = rf"(?:(?:{_cases(_LONG)})\b|(?:{_cases(_ABBREVIATED)})\b\.?)"
_D = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?![.:]\d)"
_Y = r"(?:1[89]|20)\d\d\b(?![-/.]\d)"
# A year after a comma is none where people are counted: "On 6 January, 2000 members ..."
_YY = rf"(?:,? (?P<y>{_Y})(?!(?<=, \d\d\d\d) (?!is\b|was\b|has\b|its\b|this\b)[a-z]+s\b))?"
_W = rf"(?:{_cases([w.capitalize() for w in WEEKDAYS])})\b(?!s\b)"
_ANY_W = rf"(?:(?:{_W}|(?:{_cases(list(_SHORT_WEEKDAYS))})\b\.?),? (?:the )?)?"
_TENS = "twenty|thirty|forty|fifty|sixty|ninety"
_COUNT = rf"(?:(?:{_TENS})-(?:{'|'.join(_ONES[:9])})|{_TENS}|\d{{1,3}}|{'|'.join(sorted(_ONES, key=len, reverse=True))}|an?)"
_N = rf"(?P<n>a couple of|several|a few|{_COUNT})"
_UNIT = r"(?P<u>minute|hour|day|night|week|fortnight|month|year)s?"
_ZONE = r"(?:[ECMP][SD]?T|A[CE]S?T|AE[SD]T|NZ[SD]T|GMT|UTC|BST|CES?T|EES?T|WES?T|JST|KST|MSK)\b"
_TIME = rf"(?:\d{{1,2}}(?:[:.]\d\d)?\s?[apAP]\.?[mM]\b\.?|\d{{1,2}}[:.]\d\d(?:\s?hours)?|noon\b|midnight\b)(?:\s+{_ZONE})?"
_CLOCK = rf"(?P<clock>,? (?:at|by|from) {_TIME}|, \d{{1,2}}:\d\d(?:\s+{_ZONE})?)?"
_DAYPART = r"(?:early |late )?(?:morning|afternoon|evening|night|lunchtime|noon|midnight|dawn|dusk)\b"
_THE_N = rf"(?P<n>the|{_COUNT}|a couple of|several|a few)"
_SEASON = r"(?P<s>spring|summer|autumn|fall|winter)\b"
_FEAST = "|".join(
    re.escape(n).replace("'", "['\u2019]").replace(r"jr\ ", r"jr\.?\ ").replace(r"st\ ", r"(?:st\.?|saint)\ ") for n in feasts.NAMES
)
_EVENTS = (
    r"(?:strike|walkout|walk-out|protests?|blockade|occupation|boycott|siege|sit-in|lockout|lock-out|dispute|action|picket|fast|unrest)"
)
_UP_TO = r"(?: to | until | till | through | ?[-\u2013\u2014] ?)"
_TO = r"(?: to | until | till | through | and | ?[-\u2013\u2014] ?)"

_I = re.IGNORECASE
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, flags))
    for kind, pattern, flags in (
        ("iso", r"\b(?P<y>(?:19|20)\d\d)(?P<sep>[-/])(?P<m>\d\d)(?P=sep)(?P<d>\d\d)(?:[T ](?P<clock>\d\d:\d\d(?::\d\d)?(?:\.\d+)?"
         r"(?:Z|[+-]\d\d:?\d\d| ?UTC| ?GMT)?))?(?![\d-])", 0),
        ("numeric", r"(?<![\w/.,$€£-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\d/-])", 0),
        ("numeric", r"(?<![\w/.,$€£-])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d\d)(?![\d/-])", 0),
        ("numeric", r"(?:\b(?:on|since|by|until|from|before|dated|of) |\bupdated?[,:]? |^\s*|[(\[])(?P<core>(?P<a>\d\d?)/(?P<b>\d\d?))"
         r"(?![\d/%-]| (?:of|cup|inch)\b)(?:, (?P<clock>\d{1,2}:\d\d))?", _I | re.M),
        ("weekof", rf"\b(?:the )?week (?:of|beginning|starting|commencing|from) (?:(?P<d>{_D})(?: of)? (?P<m>{_M})|(?P<m2>{_M}) (?P<d2>{_D})){_YY}", 0),
        ("days", rf"\b[Bb]etween (?P<d>{_D}) (?P<m>{_M})(?:,? (?P<y1>{_Y}))? and (?P<d2>{_D}) (?P<m2>{_M}){_YY}", 0),
        ("days", rf"\b[Bb]etween (?P<m>{_M}) (?P<d>{_D})(?:,? (?P<y1>{_Y}))? and (?P<m2>{_M}) (?P<d2>{_D}){_YY}", 0),
        ("days", rf"\b(?P<d>{_D}) (?P<m>{_M})(?:,? (?P<y1>{_Y}))?{_UP_TO}(?P<d2>{_D}) (?P<m2>{_M}){_YY}", 0),
        ("days", rf"\b(?P<m>{_M}) (?P<d>{_D})(?:,? (?P<y1>{_Y}))?{_UP_TO}(?P<m2>{_M}) (?P<d2>{_D}){_YY}", 0),
        ("days", rf"\b(?P<m>{_M}) (?P<d>{_D}){_TO}(?P<d2>{_D})(?! {_M}){_YY}", 0),
        ("days", rf"\b(?P<d>{_D}){_TO}(?:the )?(?P<d2>{_D})(?: of)? (?P<m>{_M}){_YY}", 0),
        ("day", rf"\b{_ANY_W}(?P<d>{_D})(?: of)? (?P<m>{_M}){_YY}{_CLOCK}", 0),
        ("day", rf"(?<![A-Za-z]){_ANY_W}(?P<m>{_M}) (?P<d>{_D})(?!,\d){_YY}{_CLOCK}", 0),
        ("range", rf"\b(?:[Bb]etween|[Ff]rom) (?P<m>{_M})(?: (?P<y1>{_Y}))?{_TO}(?P<m2>{_M})(?: (?P<y>{_Y}))?(?! \d)", 0),
        ("range", rf"\b[Ii]n (?P<m>{_M}) (?P<o>and|or) (?P<m2>{_M})(?: (?P<y>{_Y}))?(?! \d)", 0),
        ("years", rf"\b(?:[Bb]etween (?P<y1>{_Y}) and|[Ff]rom (?P<y2>{_Y}) (?:to|until|through)) (?P<y>{_Y})", 0),
        ("weekdays", rf"\b(?:[Bb]etween|[Ff]rom) (?P<w>{_W}){_TO}(?P<w2>{_W})", 0),
        ("weekdays", rf"\b(?P<w>{_W}) (?:to|through) (?P<w2>{_W})", 0),
        ("decade", r"\b(?:in |since |during )?the (?:early |mid-|late )?(?P<y>(?:19|20)\d0)s\b", _I),
        ("end", rf"\b(?:[Tt]he )?end[- ](?:of )?(?:(?:(?P<side>the|this|last|next|that) )?(?P<u>month|year)\b|(?P<m>{_M})(?:,? (?P<y>{_Y}))?|(?P<y2>{_Y}))", 0),
        ("half", rf"\b(?:[Tt]he )?(?P<n>first|second) half of (?:(?P<y>{_Y})|(?P<this>last|this) year)", 0),
        ("month", rf"\b(?:the (?:middle|beginning|start) of |[Ee]arly in |[Ll]ate in |in )?(?P<m>{_M}),? of (?P<this>(?:last|this|next|that|the same"
         r"|the following|the previous) year)\b", 0),
        ("month", rf"\b(?P<side>[Tt]hat |[Tt]he (?:following|previous|next) )(?P<m>{_M})(?! ?\d)\b", 0),
        ("month", rf"\b(?P<side>[Ll]ast |[Nn]ext |[Tt]his |[Ee]arly |[Ll]ate |[Mm]id-? ?|[Tt]he (?:middle|beginning|start) of )?"
         rf"(?P<m>{_M}),? (?:of )?(?P<y>{_Y})", 0),
        ("season", rf"\b(?P<side>last |next |this |that |the (?:following|next|previous) )(?:early |late )?{_SEASON}(?: of)?(?: (?P<y>{_Y}))?", _I),
        ("season", rf"\b(?P<side>(?:in |during )?(?:the )?(?:early |late )?){_SEASON} (?:of )?(?:(?P<y>{_Y})|(?P<this>(?:last|this|next|that) year)\b)", _I),
        ("season", r"\b(?P<side>(?:early |late |mid-)?in (?:the )?(?:early |late )?|since (?:the )?|by (?:the )?|until (?:the )?|before (?:the )?|over the )"
         r"(?P<s>spring|summer|autumn|winter)\b(?! (?-i:[A-Z][a-z]+ (?:Statement|Budget|Olympics|Games|Conference|School|Palace)))", _I),
        ("month", rf"\b(?P<side>(?:[Ll]ast|[Nn]ext|[Tt]his|(?:[Ee]arly |[Ll]ate )?[Ii]n (?:early |late |mid-?)?|[Ss]ince (?:early |late |mid-?)?|[Bb]y (?:early |late |mid-?)?"
         r"|[Uu]ntil (?:early |late |mid-?)?|[Ff]rom (?:early |late |mid-?)?|[Oo]f|[Dd]uring|[Ee]arly|[Ll]ate"
         r"|[Mm]id|(?:[Ii]n )?[Tt]he (?:middle|beginning|start) of|[Aa]s (?:recently|early|late|far back) as|[Aa]s of|[Bb]efore)[ -]?)"
         rf"(?P<m>{_M})(?: (?P<this>(?:last|this|next) year))?(?! ?\d)", 0),
        ("feast", rf"(?:\b(?P<side>last|this|next) )?\b(?P<f>{_FEAST})\b(?: (?:of )?(?P<y>{_Y}))?", _I),
        ("near", r"\b(?P<n>the day (?:before yesterday|after tomorrow))\b", _I),
        ("nth", rf"\b[Oo]n (?:{_W},? )?[Tt]he (?P<d>{_D})(?=[.,;:)!?]|$| (?:and|when|but|after|before|as|to|with|in|at|by|for|over|while|of (?:this|last|the|that) month)\b)"
         r"(?: of (?P<this>this|last|the|that) month)?", 0),
        ("nth", rf"\b(?P<w>{_W}),? the (?P<d>{_D})", 0),
        ("nthday", rf"\b(?:on )?the (?P<n>{'|'.join(ORDINALS)}|\d\d?(?:st|nd|rd|th)) day of (?:the|its|his|her|their|an?) (?:[\w-]+ )?{_EVENTS}\b", _I),
        ("shifted", rf"\b(?:[Aa]|[Oo]ne|[Tt]wo) (?:week|fortnight)s? (?:on|from|last|next) (?:on )?(?P<w>{_W})", 0),
        ("weekday", rf"(?<![A-Za-z])(?P<side>[Tt]he (?:following|next|previous|same) |[Tt]hat )(?P<w>{_W})(?: {_DAYPART})?", 0),
        ("weekday", r"(?<![A-Za-z])(?:[Ee]arly |[Ll]ate |[Ll]ater |[Ee]arlier )?(?:[Oo]n )?(?P<side>[Ll]ast |[Nn]ext |[Tt]his |[Pp]ast )?(?:(?:early|late|mid-) ?)?"
         rf"(?P<w>{_W})(?: (?P<of>(?:of )?(?:last|next|this) week|week)\b| {_DAYPART})?{_CLOCK}", 0),
        ("weekday", rf"^\s*(?P<core>(?P<w>{'|'.join(w.upper() for w in _SHORT_WEEKDAYS)}))(?=\.? ?[-\u2013\u2014:|,.]|\s+\d|\s*$)", re.M),
        ("ago", rf"\b(?:about |some |nearly |almost |only |just |barely )?{_N} {_UNIT} ago\b", _I),
        ("offset", rf"\b(?:about |some |nearly |almost |only |just |barely )?{_N} {_UNIT} (?P<o>earlier|later|afterwards?)\b(?! than\b)", _I),
        ("offset", rf"\b{_N} {_UNIT} (?P<o>before|after) (?:that|this)(?: (?:date|day))?(?=\s*(?:[.,;:)]|$))", _I),
        ("offset", rf"\b(?:about |some |only |just )?{_N} {_UNIT} (?P<o>on|before|after)(?=\s*(?:[.,;:)]|$))", _I),
        ("gap", rf"\b(?:about |some |nearly |almost |only |just |barely )?{_THE_N} {_UNIT} (?P<o>before|after)\b(?=\s+\S)", _I),
        ("gap", r"(?<!\w )\b(?:just |only )?(?P<u>hours|minutes) (?P<o>before|after)\b(?=\s+\S)", _I),
        ("offset", rf"\b{_THE_N} {_UNIT} (?P<o>before|after)(?=\s*(?:[.,;:)]|$))", _I),
        ("past", rf"\b(?:over|in|during|for|within|across) the (?:past|last|previous) (?:(?P<n>{_COUNT}) )?(?P<u>day|week|fortnight|month|year)s?\b(?! of\b)", _I),
        ("coming", rf"\b(?:over|in|during) the (?:next|coming) (?:(?P<n>{_COUNT}) )?(?P<u>day|week|fortnight|month|year)s?\b(?! of\b)", _I),
        ("coming", rf"\bin (?P<n>{_COUNT}) (?P<u>day|week|fortnight|month|year)s?['\u2019]? time\b", _I),
        ("coming", rf"\b(?P<n>{_COUNT}) (?P<u>day|week|fortnight|month|year)s? from (?P<o>now|today)\b", _I),
        ("deadline", rf"\bwithin (?:the next )?{_COUNT} (?:working |business )?(?:hours?|days?|weeks?|fortnights?|months?)\b", _I),
        ("deadline", rf"\b(?:gave|giv(?:es?|en|ing))\b[^.;]{{1,60}}?\b(?P<core>{_COUNT} (?:working |business )?(?:hour|day|week|fortnight|month)s?) (?:to|in which)\b", _I),
        ("near", r"\b(?:earlier |later |early |late )?(?P<n>today|yesterday|tomorrow|tonight|overnight)(?: (?:morning|afternoon|evening|night|noon|lunchtime))?\b", _I),
        ("near", r"\b(?P<n>this morning|this afternoon|this evening|last night|this lunchtime)\b", _I),
        ("then", r"\b(?:on |by )?(?P<n>(?:the|that) (?:very )?(?:same|next|following|previous) (?:day|night|morning|afternoon|evening)"
         r"|that (?:very )?(?:day|night|morning|afternoon|evening)|(?<!\w )(?:hours|minutes) later|within (?:hours|minutes)(?! of\b))\b", _I),
        ("then", r"\b(?P<lead>since) (?P<n>then)\b", _I),
        ("week", r"\b(?P<part>earlier |later |early |late )?(?P<side>the (?:following|next|previous|same|past)|this|last|next|past|that(?: same)?|the very next)"
         r" (?P<u>week|month|year)\b(?! of\b)", _I),
        ("week", r"\b(?P<part>the (?:end|start|beginning) of |at the start of )(?P<side>the|this|last|next) (?P<u>week|month|year)\b", _I),
        ("weekend", r"\b(?:at|over|during|on)? ?(?P<side>the |this |last |next |this past )(?:past )?weekend\b", _I),
        ("year", rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Dd]uring|[Ee]arly(?: in)?|[Ll]ate(?: in)?|mid-?|of|throughout|[Aa]s (?:early|late|far back|recently) as)"
         rf"[ -](?:early |late |mid-)?(?P<y>{_Y})(?!-| dollars\b| euros\b)", 0),
        ("year", rf"\b(?P<y>{_Y})(?=,? when\b)", 0),
        ("year", rf"\b(?:[Aa]t|[Dd]uring|[Tt]hroughout) the (?P<y>{_Y})(?= [a-z])", 0),
    )
)  # fmt: skip
_DIGIT, _NAME, _WEEK_WORD, _SEASON_WORD, _FEAST_WORD, _UNIT_WORD, _NEAR_WORD = (
    re.compile(x)
    for x in (
        r"\d",
        rf"\b(?:{'|'.join(MONTHS)})\b",
        r"\b(?:mon|tue|wed|thu|fri|sat|sun)",
        r"\b(?:spring|summer|autumn|fall|winter)\b",
        "day|easter|christmas|new year|pentecost|hallow|juneteenth|fourth|thanks|whit|saturday|eve",
        r"\b(?:minute|hour|day|night|week|fortnight|month|year|weekend|morning|afternoon|evening|then|end|half)s?\b",
        r"today|yesterday|tomorrow|tonight|overnight|\bthis |last night",
    )
)
_NEEDS = {
    **dict.fromkeys(("iso", "numeric", "weekof", "days", "day", "years", "year", "decade"), _DIGIT),
    **dict.fromkeys(("range", "month"), _NAME),
    **dict.fromkeys(("weekday", "weekdays", "shifted"), _WEEK_WORD),
    **dict.fromkeys(("ago", "offset", "gap", "past", "coming", "deadline", "week", "weekend", "nthday", "then", "half"), _UNIT_WORD),
    "end": _UNIT_WORD,
    "nth": _DIGIT,
    "season": _SEASON_WORD,
    "feast": _FEAST_WORD,
    "near": _NEAR_WORD,
}
"""What must stand in a sentence before a kind is looked for: seven short searches spare most of the sixty long ones."""
_LEAD = re.compile(
    r"\b((?:ever )?(?P<since>since)|(?P<lead>by|until|till|from|before|beyond|as of)|as (?:early|late|recently|far back) as|effective|on)\s+(?:on\s+)?"
    r"(?:(?:early|late)\s+(?:on\s+)?)?(?:the\s+)?(?:(?:morning|evening|night|afternoon) of\s+)?$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:Bloody|Black|Super|Fat|Ruby|Cyber|Giving|Freaky|Casual|Blue|Red|Whit|Easter|Good|Palm|Ash|Shrove|Maundy|Holy|[Ee]very|[Ee]ach|[Aa]lternate|per|[Mm]ost)\s+$"
)
_PAPER = re.compile(
    r"\s(?:Times|Post|Mail|Mirror|Telegraph|Herald|Express|Independent|Sun|Star|World|Tribune|People|Guardian|Club|Review|Night (?:Live|Lights))\b"
)
_NOUN_AFTER = re.compile(
    r"\s(?:part(?:y|ies)|markets?|season|sales?|shopping|period|holidays?|break|trees?|bonus(?:es)?|dinners?|eggs?|specials?|weekend|week|trading"
    r"|campaigns?|ads?|adverts?|cards?|gifts?|presents?|lights|[A-Z])"
)
_PASTNESS = re.compile(r"^[^.;:]*?\b(?:(had|were|was|have|has|did|no longer|\w{2,}ed)|(will|would|must|should|can|could|may|shall|to))\b")
_HAD = re.compile(
    r"\bhad (?!(?:\w+ )*(?:to|promis|pledg|vow|demand|ask|request|order|want|warn|threat|agree|offer|set|giv|plan|until)\w* )(?:\w+ ){1,4}$"
)
_CLOCK_BEFORE = re.compile(rf"\b(?P<clock>{_TIME})(?:,? on)?\s+$")
_SPAN_BEFORE = re.compile(rf"\bfor (?P<n>{_COUNT}) (?P<u>day|week)s?\s+$", re.IGNORECASE)
_CAME = re.compile(r"\b(?:came|comes|coming|come)\s+$")
_OF_IT = re.compile(r"[\s,:;(\u2013\u2014]*(?:\b(?:the (?:former|latter|first|second|other)|first|once|again|then|and|both|one|on)\s+)*")
_SPAN_NOUN = re.compile(
    rf"\b(?P<n>{_COUNT})-(?P<u>day|week)(?:-long)? [^.;]{{1,70}}?\b(?:from|starting|beginning|began|begins|begin|started|starts)(?: on)? $",
    re.IGNORECASE,
)


def phrases(text: str) -> list[Phrase]:
    """The date words of a sentence (or of a whole text), left to right, none overlapping; the more specific pattern first.

    >>> [(p.words, p.kind) for p in phrases("Since 6 January, 480 members have struck; talks failed late on Friday.")]
    [('Since 6 January', 'day'), ('late on Friday', 'weekday')]
    """
    lower = text.lower()
    there = {x for x in (_DIGIT, _NAME, _WEEK_WORD, _SEASON_WORD, _FEAST_WORD, _UNIT_WORD, _NEAR_WORD) if x.search(lower)}
    if not there:
        return []
    found: list[Phrase] = []
    taken = bytearray(len(text) + 1)
    for kind, pattern in PATTERNS:
        if _NEEDS[kind] not in there:
            continue
        for m in pattern.finditer(text):
            p = _phrase(text, kind, m, taken)
            if p is not None:
                found.append(p)
                taken[p.start : p.end] = b"\1" * (p.end - p.start)
    found.sort(key=lambda f: f.start)
    return _tied(text, found)


def _phrase(text: str, kind: str, m: re.Match[str], taken: bytearray) -> Phrase | None:
    """A match as a phrase with the words that lead it, or None where it is no date or its place is taken."""
    named = {k: v for k, v in m.groupdict().items() if v}
    whole = named.pop("core", None) or m.group()
    start = m.start() + m.group().rindex(whole) if "core" in m.groupdict() and m.group("core") else m.start()
    words = whole.strip(" ,\n\t")
    start += whole.index(words)
    end = start + len(words)
    if any(taken[start:end]) or not _meant(text, kind, start, end, named):
        return None
    back = text[max(0, start - 60) : start]
    clock = _CLOCK_BEFORE.search(back) if "clock" not in named and kind in ("day", "weekday", "near") else None
    if clock:
        named["clock"] = clock["clock"]
    inner = re.match(r"(since|by|until|from|before|as of)\b", words, re.IGNORECASE)
    lead = None if inner else _LEAD.search(back)
    if not lead and not inner and clock and (lead := _LEAD.search(back[: clock.start()])):
        lead = lead if lead["lead"] else None
        start -= len(clock.group()) if lead else 0
    if (
        lead
        and lead["lead"]
        and lead["lead"].lower() == "before"
        and re.search(r"(?:day|night|week|month|year|hour)s?\s$", back[: lead.start()])
    ):
        lead = None  # "two days before the 12 July vote" leads the other way
    if lead and not any(taken[start - len(lead.group()) : start]):
        start -= len(lead.group())
    words = text[start:end]
    told = (inner.group(1) if inner else (lead and (lead["since"] or lead["lead"])) or "").lower()
    if told in ("by", "until", "till") and _already(text, start, end):
        words = re.sub(r"^\w+\s+", "", words)
        start, told = end - len(words), ""
    if (told == "from" and kind in ("day", "weekday", "nth")) or (kind in ("day", "weekday") and not told):
        ahead = text[max(0, start - 110) : start]
        span = (_SPAN_BEFORE.search(ahead) if told else None) or _SPAN_NOUN.search(text[max(0, start - 110) : end - len(whole.strip(" ,"))])
        named |= {"n": span["n"], "u": span["u"]} if span else {}
    if told == "beyond":
        kind = "deadline"
    if told:
        named["lead"] = told
    return Phrase(start, end, words, kind, tuple(named.items()))


def _already(text: str, start: int, end: int) -> bool:
    """ "By Thursday 40 shops had dropped it", "Until March it hosted": at the head of its clause and before a past verb, no deadline."""
    if _HAD.search(text[max(0, start - 60) : start]):
        return True
    if not re.search(r"(?:^|[.,;:\u2013\u2014\"\u201c]|\b(?:and|but))\s*$", text[max(0, start - 6) : start]):
        return False
    verb = _PASTNESS.match(text[end : end + 160])
    return bool(verb and verb.group(1))


def _meant(text: str, kind: str, start: int, end: int, named: dict[str, str]) -> bool:
    """False for what only looks like a date."""
    before, after = text[max(0, start - 24) : start], text[end : end + 40]
    if kind == "numeric":
        # Attacks and habits named by their numbers; a bare fraction.
        return "y" in named or (
            (text[start:end].split(",")[0] not in ("9/11", "24/7", "7/7", "11/9", "50/50") and max(map(int, (named["a"], named["b"]))) > 4)
            or "0" in named["a"][:1]
        )
    if kind == "month":
        return _month_is_meant(text[start:end], named, after)
    if kind == "weekday":
        if _NAMED.search(before) or _PAPER.match(after) or re.match(r"s? for Future\b", after):
            return False
        return not (re.search(r"\b[Tt]he $", before) and re.match(r" [A-Z][a-z]", after))
    if kind == "feast":
        if (
            re.search(r"\b(?:[Oo]rthodox|[Ee]very|[Ee]ach|[Cc]oncert)\s$", before)
            or _NOUN_AFTER.match(after)
            or re.match(r"['\u2019-]\w", after)
        ):
            return False
        if named["f"].islower() and named["f"] != "juneteenth":
            return False
        bare = feasts.key(named["f"]) in ("easter", "christmas", "new year", "thanksgiving", "halloween", "pentecost")
        return not bare or bool(
            {"y", "side"} & named.keys() or re.search(r"\b(?:at|on|over|since|by|until|till|before|from|after)\s$", before, re.IGNORECASE)
        )
    if kind == "year":
        return not (
            re.match("of", text[start:end])
            and re.search(r"\b(?:quarter|half|class|vintage|version|model|edition|[Cc]ode|[Aa]ct)\s$", before)
        )
    if kind == "season":
        return not re.search(r"\b(?:off|pre|every|each)[ -]$", before)
    if kind == "gap":
        if re.search(r"\b(?:for|every|each|of)\s$", before):
            return False
        return named.get("n", "").lower() != "the" or named["u"].lower() in ("day", "night", "week", "month", "year")
    return True


def _month_is_meant(words: str, named: dict[str, str], after: str) -> bool:
    """ "May", "March", "April", "June" and "August" may be names: after "by", "of", "from" and before a capital ("by May Lindqvist"), and
    in "in May Lindqvist's view"."""
    if "y" in named or named["m"].rstrip(".").lower() not in ("may", "mar", "march", "april", "june", "august", "jan"):
        return True
    if not re.match(r"\s+[A-Z]", after):
        return True
    if re.match(r"(?:by|of|from|before|that|this)\b", words):
        return False
    return not re.match(
        r"\s+\w+['\u2019]s? (?:view|opinion|case|words|name|hands|favou?r|place|honou?r|memory|absence|defen[cs]e)\b", after
    )


def _tied(text: str, found: list[Phrase]) -> list[Phrase]:
    """The phrases, those that count from another of the sentence tied to it: "two days after" to the day told before it in the sentence
    or right after it, "the 9th" to the month, a month without year to the year."""
    out: list[Phrase] = []
    respectively = "respectively" in text
    for i, p in enumerate(found):
        if p.kind == "range" and p.part("o") and respectively:
            out += _apart(p)
            continue
        tie: Phrase | None = None
        if p.kind == "gap" and _CAME.search(text[max(0, p.start - 12) : p.start]):
            p = replace(p, parts=(*p.parts, ("came", "1")))
        sentence = _sentence_start(text, p.start)
        before = [q for q in out if q.start >= sentence]
        if p.kind == "gap":
            days = [q for q in before if q.kind in ("day", "weekday", "near", "feast", "numeric", "iso", "nth") and not q.part("lead")]
            following = found[i + 1] if i + 1 < len(found) else None
            right_after = following is not None and re.fullmatch(
                r"\s+(?:(?:the|its|their|his|her|a|on)\s+)?", text[p.end : following.start]
            )
            if right_after and following and following.kind in ("day", "weekday", "feast", "numeric", "iso", "near"):
                p, tie = replace(p, parts=(*p.parts, ("towards", "1"))), following
            elif days:
                tie = days[-1]
        elif p.kind == "weekday" and i and not p.part("side") and not p.part("of"):
            week = out[-1].anchor or out[-1] if out else None
            if (
                week
                and week.part("u").lower() == "week"
                and week.part("side").lower() == "last"
                and _OF_IT.fullmatch(text[out[-1].end : p.start])
            ):
                tie = week
        elif p.kind == "nth" and not p.part("w"):
            days = [q for q in before if q.kind in ("day", "days", "month") and q.part("m")]
            tie = days[-1] if days else None
        elif p.kind in ("day", "month") and not p.part("y") and not p.part("this"):
            dated = [q for q in before if q.kind in ("day", "days", "month", "range") and q.part("y")]
            if dated and (dated[-1].start - sentence < 4 or not re.match(r"\s*[,)]", text[dated[-1].end : dated[-1].end + 2])):
                tie = dated[-1]
        out.append(replace(p, anchor=tie) if tie is not None else p)
    return out


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence around an offset starts; a whole text may be given."""
    return max(text.rfind("\n", 0, at), max((text.rfind(x, 0, at) for x in (". ", "! ", "? ", '." ', ".\u201d ")), default=-1)) + 1


def _apart(p: Phrase) -> list[Phrase]:
    """ "In May and June, respectively" are two phrases."""
    at = p.words.index(f" {p.part('o')} ")
    year = [("y", p.part("y"))] if p.part("y") else []
    second = at + len(f" {p.part('o')} ")
    return [
        Phrase(p.start, p.start + at, p.words[:at], "month", (("m", p.part("m")), *year)),
        Phrase(p.start + second, p.end, p.words[second:], "month", (("m", p.part("m2")), *year)),
    ]

"""The words that attribute speech: verbs in all their forms, and the documents and voices that words stand in."""

from __future__ import annotations

_IRREGULAR = {
    "say": "said",
    "tell": "told",
    "write": "wrote written",
    "read": "read",
    "speak": "spoke spoken",
    "swear": "swore sworn",
    "think": "thought",
    "sing": "sang sung",
    "broadcast": "broadcast broadcasted",
    "foresee": "foresaw foreseen",
    "plead": "pleaded pled",
    "forbid": "forbade forbidden",
    "find": "found",
    "deem": "deemed",
}
_DOUBLED = {
    "quip": "quipp",
    "label": "labell",
    "yell": "yell",
    "refer": "referr",
    "admit": "admitt",
    "signal": "signall",
    "prefer": "preferr",
    "snap": "snapp",
}

# verbs that lead to somebody's own words, after Quirk et al., A Comprehensive Grammar of English, 14.28-30, and the
# reporting verbs of Pareti (2012), A Database of Attribution Relations
_SAYING = (
    "say tell ask reply answer respond retort counter react add continue write read post tweet cable text message "
    "telegraph email cry shout chant yell scream exclaim whisper mutter murmur sing speak state declare proclaim "
    "announce explain elaborate insist note observe remark comment recall remember reminisce joke quip laugh sigh "
    "shrug warn caution argue reason assert affirm reaffirm maintain contend claim allege confirm admit concede "
    "acknowledge confess complain lament grumble boast brag promise vow pledge swear predict suggest speculate "
    "stress emphasise emphasize underline underscore reiterate repeat quote cite report testify recount relate "
    "conclude summarise summarize plead beg urge order instruct inform assure reassure wonder think call describe "
    "term label brand characterise characterize hail portray liken style denounce declare deem decry believe agree "
    "snap reveal disclose indicate clarify chime volunteer scoff fume marvel gush bellow thunder moan groan growl "
    "sob wail roar croak stammer mumble chuckle smile grin implore exhort pronounce recite bemoan mourn estimate "
    "inquire enquire interject intone joke muse opine"
).split()

# verbs that report an act of speech: they attribute words of their own sentence only
_ACTING = (
    "accuse condemn praise reject dismiss deny demand appeal criticise criticize slam blast welcome thank apologise "
    "apologize blame threaten offer propose invite voice express deplore regret refuse advise recommend stipulate "
    "provide oblige require mock ridicule hope fear expect signal hint imply mention rule find prefer commend "
    "applaud salute attack lambast deride rebuke chide scold defend justify define refer regard view consider see "
    "greet congratulate cheer preach lecture order forbid authorise authorize record word phrase print publish "
    "broadcast communicate convey detail outline foresee talk discuss protest object petition ask complain seek "
    "request pray lie"
).split()

# what words stand in, or come from
_SOURCES = frozenset(
    "according statement statements letter letters message messages note notes memo memorandum communique "
    "communiqué speech speeches interview report resolution draft text treaty accord agreement statute charter "
    "constitution decree leaflet leaflets banner banners placard placards poster posters slogan slogans sign signs "
    "graffiti inscription caption tweet tweets post posts email e-mail fax cable telegram telex recording broadcast "
    "sermon words comments remarks testimony diary editorial manifesto pamphlet document documents dispatch "
    "bulletin log certificate verdict ruling judgment judgement indictment petition clause preamble article "
    "paragraph oath quote quotes quotation reply answer spokesman spokeswoman spokesperson spokesmen spokespeople "
    "cries shouts chants chant motto wording language demand accusation accusations allegation allegations warning "
    "warnings pledge promise claim claims declaration announcement appeal ultimatum transcript edict fatwa website "
    "counsel critics".split()
)


def _forms(verb: str) -> set[str]:
    """The forms of a regular verb; its past from the table where it is not regular."""
    stem = _DOUBLED.get(verb, verb)
    if verb.endswith("e"):
        past, going, third = verb + "d", verb[:-1] + "ing", verb + "s"
    elif verb.endswith("y") and verb[-2] not in "aeou":
        past, going, third = verb[:-1] + "ied", verb + "ing", verb[:-1] + "ies"
    elif verb.endswith(("s", "x", "ch", "sh")):
        past, going, third = stem + "ed", stem + "ing", verb + "es"
    else:
        past, going, third = stem + "ed", stem + "ing", verb + "s"
    return {verb, third, going, *_IRREGULAR.get(verb, past).split()}


def _all(verbs: list[str]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in _forms(verb)) | {"singing", "lying", "labeled", "labeling"}


SAYING = _all(_SAYING) - {"lying"}
ACTING = _all(_ACTING) - SAYING
SOURCES = _SOURCES
VERBS = SAYING | ACTING
ALL = VERBS | SOURCES
PAST = frozenset(" ".join(_IRREGULAR.values()).split())  # irregular forms that no noun has
# forms that stand straight behind the words and before who spoke them
INVERTED = (
    frozenset(form for form in SAYING if form.endswith("ed"))
    | (PAST & SAYING)
    | frozenset(
        "say says ask asks add adds write writes read reads warn warns argue argues explain explains insist insists "
        "recall recalls remember remembers reply replies answer answers note notes observe observes admit admits joke "
        "jokes concede concedes continue continues".split()
    )
)
# verbs to which the words themselves are an object: a name in marks behind them is spoken, too (chanted "Freedom")
DIRECT = frozenset().union(
    *map(_forms, "say write ask reply add cry answer read chant shout whisper tweet post respond yell scream".split())
)

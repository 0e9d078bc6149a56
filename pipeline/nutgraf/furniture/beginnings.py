"""Furniture that its first words tell for sure, in the languages of the large newsrooms."""

from __future__ import annotations

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_SITES = (
    "tweet|retweet|facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|instagram|e-?mail|print|share|"
    "copy link|save|bookmark"
)
# reason -> the most words of such a line, and how it begins; looked for in this order.
# Patterns meet the line in small letters.
BEGINNINGS: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    (
        "copyright",
        40,
        _any(
            r"(?:copyright|\(c\)|©)\W*(?:\(c\)|©)?\W*(?:by\b|\d{4}|the\b)",
            r"©",
        ),
    ),
    (
        "comment_form",
        30,
        _any(
            r"(?:readers?['’] )?(?:kommentare?|commentaires?|comentarios?|comentários?|commenti)\b\W*\d*\W*$",
            r"join (?:our|the) comment",
            r"(?:kommentar (?:schreiben|verfassen)|diskutieren sie mit|réagir à cet article|deja un comentario)\b",
            r"(?:readers?['’]?s? )?comments?\b\W*(?:\d[\d,.]*|off|closed|are closed|policy|section)?\W*$",
            r"(?:add|post|leave|write) (?:a|your|us a) (?:comment|reply|message)",
            r"\d[\d,.]* (?:comments?|repl(?:y|ies)|responses?|likes?|shares?|views?)\b\W*$",
            r"have your say\b",
            r"join the (?:conversation|discussion)\b",
            r"be the first to comment",
            r"(?:please )?(?:log|sign) ?in to (?:comment|reply|post)",
            r"comments? (?:are|is) (?:closed|moderated|now closed)",
            r"your (?:e-?mail|email) address will not",
            r"(?:name|e-?mail|website|your name|your e-?mail)\s*\*?:?\s*$",
            r"view (?:all )?\d* ?comments",
            r"show comments",
            r"letters to the editor\b.*(?:should|must|may be sent|can be sent|@|\|)",
            r"your comments?\b",
            r"comments? on this (?:article|story|page)\b",
            r"(?:name|e-?mail)\b\W*\((?:required|optional|will not)",
            r"have an opinion\b",
            r"(?:post|submit|send|reset)(?: (?:comment|reply))?\W*$",
            r"sort by\b\W",
        ),
    ),
    (
        "captcha",
        30,
        _any(
            r"(?:please )?(?:enter|type|copy)\b.{0,30}\b(?:code|words?|characters?|letters|numbers?|digits)\b"
            r".{0,40}(?:\*|:|see|shown|below|above|box|image|picture)",
            r"can['’]t read th(?:is|e)",
            r"captcha\b",
            r"prove you are human",
            r"security (?:code|check|question)\b",
        ),
    ),
    (
        "subscription",
        45,
        _any(
            r"click here (?:to|for) (?:get|subscribe|download|sign|join|more|read|our|the latest)\b",
            r"(?:jetzt|hier) (?:abonnieren|anmelden|spenden)\b",
            r"hat ihnen (?:dieser|der|unser) (?:artikel|beitrag|text)\b",
            r"(?:abonnez-vous|inscrivez-vous|recevez (?:notre|nos|la|les)|cet article est réservé)\b",
            r"(?:suscríbe(?:te|se)|suscribirse|regístrate|iscriviti|assine (?:o|a|já)|recibe (?:nuestro|nuestra))\b",
            r"(?:stay informed with|support (?:our|independent) (?:journalism|newsroom)|"
            r"make a donation to (?:us|our))\b",
            r"this (?:article|story|content) is (?:only |exclusively )?(?:available )?(?:for|"
            r"to) (?:our )?(?:subscribers|members)\b",
            r"(?:(?:please|to) )?subscribe\b",
            r"in (?:our|the) next (?:number|issue|edition)\b",
            r"(?:sign|signing) up\b.*\b(?:news|e-?mail|alerts?|briefing|inbox|digest|free|daily|weekly)",
            r"newsletters?\b\W*$",
            r"already a (?:subscriber|member)",
            r"become a (?:[\w'’]+ )?(?:member|subscriber|supporter|friend)\b",
            r"(?:this article is|to continue) (?:for subscribers|reading)",
            r"download (?:our|the|a|as|pdf)\b",
            r"(?:home delivery|back issues|subscriptions?)\b\W*(?::|call|\d|$)",
        ),
    ),
    (
        "share",
        25,
        _any(
            r"(?:síguenos|siga-nos|seguici|suivez-nous|folgen sie uns|partager (?:cet|sur)|"
            r"compartir (?:en|este)|artikel teilen)\b",
            r"(?:teilen|drucken|merken|partager|compartir|compartilhar|condividi)\W*$",
            r"share\b\W*(?:this|on|via|:|$|article|story|tweet|facebook|print)",
            r"follow (?:us|@|the author)",
            rf"(?:{_SITES})(?:\W+(?:{_SITES}|this (?:page|story|article)))*\W*$",
            r"(?:print|e-?mail) (?:this|article|story|page)",
            r"click (?:here )?to share",
            r"send (?:this|to a friend)",
        ),
    ),
    (
        "related",
        14,
        _any(
            r"lesen sie (?:auch|hier|dazu|mehr)\b",
            r"(?:à )?lire (?:aussi|également)\b",
            r"(?:voir aussi|sur le même sujet|à voir|la rédaction vous conseille)\b\W*(?::|$)",
            r"(?:mehr zum thema|das könnte sie auch|meistgelesen|auch interessant)\b",
            r"(?:lea|lee|leia|leggi) (?:también|tambien|también:|também|más|mais|ainda|anche)\b",
            r"(?:te puede interesar|le puede interesar|noticias relacionadas|(?:artículos|artigos) relacionad)",
            r"(?:also read|read also|must read|read next|see also|watch also|further reading|"
            r"recommended reading)\W*[:|>»–—-]",
            r"(?:recommended|related|featured|more|latest|top) videos?\W*$",
            r"(?:related|more|other|latest|top|trending|popular|recommended|recent|"
            r"similar)\W+(?:(?:\w+\W+){0,3})?(?:news|articles?|stor(?:y|ies)|topics?|links?|content|"
            r"posts?|headlines?|coverage|items|reading|reports?|features)\b\W*$",
            r"(?:most|also) (?:read|viewed|popular|shared|commented)\b",
            r"(?:see|you may|you might) also\b",
            r"don['’]t miss\b",
            r"related\b\W*$",
            r"(?:sources|references|external links|sister links)\b\W*$",
            r"(?:tags?|topics?|filed under|keywords|categories)\s*:",
            r"in (?:other news|this section|pictures)\b\W*:?",
            r"more [\w'’ ]{1,30} news\W*$",
            r"editor['’]?s['’]? (?:picks?|choice)",
            r"(?:back to (?:top|index|home|list)|home|(?:next|previous) (?:article|story|page)|older|newer)\b"
            r"\W*(?:$|:|»|>)",
        ),
    ),
    ("link_row", 60, _any(r"[^|]{2,80}(?: \| [^|]{2,80}){2,}$")),
    (
        "caption",
        60,
        _any(
            r"(?:crédits?(?: photos?)?|bildnachweis|bildquelle|fotos?|photos?)\s*:",
            r"(?:credits?|captions?)\s*:",
            r"watch\s*:",
            r"listen\s*:",
            r"slideshow\b",
        ),
    ),
    (
        "advertisement",
        12,
        _any(
            r"(?:anzeige|werbung|publicité|publicidad|publicidade|pubblicità)\W*$",
            r"(?:article|content|advertisement|scroll|this ad)\b.{0,40}\b(?:continues? (?:below|after|"
            r"with)|to continue|not loaded yet)\b.{0,40}$",
            r"advert(?:isement|ising|s)?\b\W*(?:$|:|continue)",
            r"story continues below",
            r"continue reading\b",
        ),
    ),
    (
        "sign_off",
        45,
        _any(
            r"(?:additional|further) (?:reporting|research|editing) (?:by|from|:)",
            r"(?:mit material (?:von|der)|avec (?:l['’])?(?:afp|reuters|agences)|con información de|"
            r"com informações d)\b",
            r"[(\[]?(?:dpa|afp|epd|kna|sda|apa|efe|ansa|reuters|ap|ats|belga)(?:[/, ]{1,2}(?:dpa|afp|"
            r"epd|kna|sda|apa|efe|ansa|reuters|ap|ats|belga|\w{2,4}))*[)\]]?\W*$",
            r"[(\[](?:additional |with )?(?:reporting|writing|editing|translation|compiled|edited|written) by\b",
            r"[(\[]?translated by\b",
            r"(?:30|ends?)\s*[-–—]",
            r"(?:ends|endit|end of (?:text|item|bulletin|transmission|message|statement|report))\W*$",
            r"(?:more to follow|nnnn)\W*$",
            r"end [a-z]{2,5} [\d/.: -]+$",
            r"(?:attention|notes?) (?:to )?editors\b",
            r"next (?:\w+ ){1,3}(?:summary|bulletin|update)\b",
            r"(?:source|byline|by-line|updated|last (?:updated|modified)|published|posted|date|page)\s*:",
            r"correspondence to\b",
            r"about the authors?\W*$",
            r"for (?:further|more) information,? please (?:contact|visit|call|write)\b",
            r"(?:archive text|from the (?:\w+ )?archives?)\b[.:]?",
            r"issn\b",
            r".{0,40}\bcontributed to this (?:report|story|article)",
            r"(?:\([a-z]{2,5}\)\s*)?[a-z]{2,4}(?:/[a-z]{2,4})+[\W\d]*$",
        ),
    ),
    (
        "contact",
        40,
        _any(
            r"(?:got|have|know) (?:a|any) (?:story|tip|news|photo)",
            r"our standards\b",
            r"licensing rights\b",
            r"this (?:page|article|story) (?:has been|was|is) (?:automatically |no longer )?"
            r"(?:archived|updated|published)\b",
            r"live feed\b",
            r"spokes(?:people|persons?) (?:are|is) available\b",
            r"(?:tel|fax|telex|phone|e-?mail|www|http)\b\s*[.:/]",
        ),
    ),
    (
        "disclaimer",
        60,
        _any(
            r"we (?:independently|carefully) (?:select|review|evaluate|research)",
            r"the (?:views|opinions) expressed (?:in this|here|by the author|are (?:his|her|their|the author))",
        ),
    ),
    (
        "notice",
        40,
        _any(
            r"editor['’]?s['’]? note\b",
            r"this is a (?:breaking|developing)(?: news| new)? story\b",
            r"this (?:story|article|post|report|piece) (?:has been|was|is being|will be) "
            r"(?:updated|corrected|amended|first published|originally published)\b",
            r"this (?:article|story|post|piece) (?:first |originally )?(?:appeared|ran) (?:first |"
            r"originally )?(?:on|in|at)\b",
            r"(?:correction|clarification)\s*(?:,.{1,40})?:",
            r"more (?:to follow|details (?:soon|to follow)|follows)\W*$",
        ),
    ),
    (
        "placeholder",
        14,
        _any(
            r"article content\W*$",
            r"(?:loading|please wait)\W*$",
            r"(?:please )?enable javascript\b",
            r"(?:your|this) browser does(?: not|n[’']t) support\b",
            r"this (?:video|content|image|player) (?:(?:is not|isn[’']t) (?:available|supported)|"
            r"(?:could|can) ?not be|failed)\b",
            r"(?:play|watch|view) (?:video|image|gallery|slideshow)\b\W*$",
        ),
    ),
    (
        "embed",
        90,
        _any(
            r"[-–—]\s?.{1,60}\(@\w{1,30}\)",
            r"(?:view|see) (?:this|more) (?:post|photos?|videos?) on (?:instagram|facebook|x|tiktok|threads)\b",
            r"a post shared by\b",
        ),
    ),
    (
        "results",
        60,
        _any(
            r"(?:results?|tables?|standings|fixtures|scores)\b(?=[^\d\n]{0,60}\d)(?:[^\d\n]{0,40}\d{1,3}){3}[^.!?]{0,300}$"
            r"(?<![.!?])",
        ),
    ),
)

"""The small words of English, in closed lists, by which phrases are told apart without a tagger."""

from __future__ import annotations

BREAKS = frozenset([*";:—–()[]", "-", "--"])

PRONOUNS = frozenset("he she they it we i you one who".split())
OBJECTS = frozenset("him them me us".split())
SUBJECTS = frozenset("he she they it".split())
RELATIVES = frozenset("who which whose whom that where".split())
DETERMINERS = frozenset(
    "the a an his her its their our my your this that these those another one each every some several many both two "
    "three four five six no any".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for from to with without within before after during since until till under over through into onto "
    "about against among between near outside inside despite as via per off toward towards around amid behind beside "
    "beyond across along above below like than upon following".split()
)
JOINING = frozenset(
    "and but or nor so yet then while whereas because although though if unless whether when once that how why what "
    "where however meanwhile also still even himself herself itself themselves".split()
)
AUXILIARY = frozenset(
    "has have had is was were are be been being will would can could may might must shall should do does did not never "
    "also later then again once already still even only just soon further often twice since now simply earlier quoted "
    "as to keep keeps kept begin begins began start starts started let known".split()
)
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight january february march "
    "april may june july august september october november december morning afternoon evening night earlier later week "
    "month year last next noon midnight dawn".split()
)
FUNCTION = DETERMINERS | PREPOSITIONS | JOINING | AUXILIARY | RELATIVES | PRONOUNS
FRONTING = PREPOSITIONS | JOINING | {"asked", "according", "yesterday", "today", "earlier", "later", "last"}

# endings of the words for those who speak, behind an adjective with a capital: Harith leaders, Pomoravan officials
ROLES = tuple("er ers or ors ial ials ist ists men man women woman ry ries ent ents ice my ian ians tes ces".split())
DOING = frozenset(
    "came went took made got gave held met left led lost won fell rose set cut ran brought kept saw knew began became "
    "sent stood sat built shot hit drove bore".split()
)
PARTICLES = frozenset("de da di del la le van von der den bin ibn al el ben abu e dos".split())

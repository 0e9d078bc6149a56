"""Which quoted spans somebody is said to have spoken, by which word, and who."""

import pytest

from nutgraf.quotes import found, spans


def attributed(text):
    return [span for span in found(text) if span.attributed]


def spoken(text):
    return [text[span.start : span.end] for span in attributed(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“We stay until the last boat has left the harbour of Orla.”",
        "He called the raid “a mistake” on Monday at the summit.",
        "“We leave at dawn,” and the room fell silent again.",
        "“Who leaves at dawn?” and the room fell silent again.",
        "“All leave at dawn!” and the room fell silent again.",
        "The plan rests on “a bridge that nobody has built and that nobody will pay for” by spring.",
        "“We stay here and",
        "“We stay here.”",
        "At noon the mayor of Orla opened the door: “We stay here and",
        "According to the mayor of Orla it was “a mistake” from the first day.",
        "The crowd at the gate shouted “Orla Lives” until the evening.",
        'THE MAYOR OF ORLA SAID HIS MEN WERE "AT WAR" AND WOULD STAY.',
        'DALMERE CALLED THE RAID "A MISTAKE" AND URGED CALM.',
    ],
)
def test_speech_is_attributed(text):
    assert len(attributed(text)) == len(spans(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "They entered the so-called “quiet zone” on Monday, officials said.",
        "A film called “The Long Thaw” was shown, officials said.",
        "Troops began the exercise “Cold Rain” on Monday, officials said.",
        "Boats reached the “quiet zone” on Monday.",
        "Officials said that a café by the name of “The Old Ferry” was hit.",
        "Nobody wrote a thing on the wall “…” that day.",
        "“Go!”",
    ],
)
def test_names_titles_and_words_held_at_a_distance_are_not_attributed(text):
    assert len(spans(text)) == 1
    assert attributed(text) == []


def test_each_span_is_judged_by_itself():
    text = "In the so-called “quiet zone” a shepherd said: “We stay.”"
    assert spoken(text) == ["“We stay.”"]


def test_the_word_of_attribution_must_stand_outside_the_span():
    text = "The banned book lay near “statement of intent” in every window."
    (span,) = spans(text)
    assert not span.attributed


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("A man opened a café called “The Ferry” near the square.", False),
        ("He called the night “a lottery” and left.", True),
        ("They chanted “Freedom” until dark.", True),
    ],
)
def test_a_name_in_marks_is_no_speech(text, spoken):
    assert bool(attributed(text)) is spoken


@pytest.mark.parametrize(
    "text",
    [
        "Troops began Operation “Iron Hand” on Monday, officials said.",
        "The operation dubbed “Iron Hand” began on Monday, officials said.",
        "The word “ceasefire” stood nowhere in it, officials said.",
        "Police arrested Ivan “the Bear” Brandt, officials said.",
        "“The Long Thaw,” a first novel by Ana Petrova, was shown to the press.",
        "Boats crossed the “safe” channel to defend the town.",
        "The village is a “right to work” state of mind.",
        "The girls were granted “parole” after the United States asked for it.",
        "Several hundred are entered as “other”.",
        "“No ledger,” as the long study is titled, rests on the notebooks of a nurse, who wrote them.",
        "Only a few “inland” storms were observed in the north.",
        "The minister will use it to defend a “sober” policy.",
        "Police said Ivan “the bear” Brandt was dead.",
    ],
)
def test_what_names_titles_or_distances_is_not_spoken(text):
    assert len(spans(text)) == 1
    assert attributed(text) == []


SPEAKERS = [
    ("The envoy called at 2 p.m. on Sunday and said the talks were “useful”.", "said", "The envoy"),
    ("“It was useful,” Ana Petrova (a baker from Orla) said.", "said", "Ana Petrova"),
    ("The marks, says the leaflet, are “red and white”.", "says", "the leaflet"),
    ("“We will stay,” said Ana Petrova, a baker.", "said", "Ana Petrova"),
    ("Ana Petrova said: “We will stay.”", "said", "Ana Petrova"),
    ("The governor told reporters, “We will stay.”", "told", "The governor"),
    ("“We will stay,” the governor said.", "said", "the governor"),
    ("According to the mayor of Orla, “nobody slept that night”.", "according", "the mayor of Orla"),
    ("In a statement, the ministry said “the bridge is ours”.", "said", "the ministry"),
    ("“The bridge is ours,” the statement read.", "read", "the statement"),
    (
        "On Monday, Maj. Ivo Brandt, who commands the post, described the raid as “a warning”.",
        "described",
        "Maj. Ivo Brandt",
    ),
    ("“It was dark,” Lt. Gen. Ivo Brandt, the army's chief of staff, told the radio.", "told", "Lt. Gen. Ivo Brandt"),
    ("The raid, which killed two, was described by the envoy as “a grave error”.", "described", "the envoy"),
    ("“We heard it twice,” recalled a shepherd who lives near the dam.", "recalled", "a shepherd"),
    ("Officials in Orla denied the report, calling it “an old lie”.", "calling", "Officials"),
    ("The envoy arrived late and called the talks “a beginning”.", "called", "The envoy"),
    ("The minister, Ana Petrova, said the army “will not move”.", "said", "The minister, Ana Petrova"),
    ("But Ivo Brandt, 44, a driver from Dalmere, said he was “too tired to run”.", "said", "Ivo Brandt"),
    ("“Nobody came,” says Mila, whose house was hit. “Nobody rang.”", "says", "Mila"),
    ("The ferry sank at noon. “I swam,” said Ivo Brandt. He waited. “Then I walked home.”", "said", "Ivo Brandt"),
    ("Ana Petrova has led the council since May. “We will stay,” she said.", "said", "Ana Petrova"),
    ("“We will stay”, Petrova tweeted on Sunday.", "tweeted", "Petrova"),
    ("The United Nations said in a report that the camp was “beyond its limits”.", "said", "The United Nations"),
    (
        "Dalmere's foreign ministry spokesman Ivo Brandt rejected the claim as “baseless”.",
        "rejected",
        "Dalmere's foreign ministry spokesman Ivo Brandt",
    ),
    ("A resolution passed on Friday speaks of “a corridor without guards”.", "speaks", "A resolution"),
    ("The president was quoted by state television as saying the strike was “just”.", "saying", "The president"),
    ("The president was quoted as saying: “We will stay.”", "saying", "The president"),
    ("“We will stay,” he told a crowd in Orla on Sunday.", "told", "he"),
    ("“The tanks,” said Mr Brandt, “were never there.”", "said", "Mr Brandt"),
    ("Protesters carried banners that read “Bring them home”.", "read", "banners"),
    ("A witness said that soldiers shouted “Lie down!” before they fired.", "shouted", "soldiers"),
    ("Asked about the raid, the general replied: “No comment.”", "replied", "the general"),
    ("“We need water,” said Dr. Mila Okonjo of the Red Lantern Fund.", "said", "Dr. Mila Okonjo"),
    (
        "“We need water,” a spokesperson for the fund, Mila Okonjo, said on Friday.",
        "said",
        "a spokesperson for the fund, Mila Okonjo",
    ),
    ("“We need water,” one of the nurses said.", "said", "one of the nurses"),
    ("“We need water,” a nurse at the camp in Orla said by phone.", "said", "a nurse"),
    ("The group posted on its channel that “the bridge will fall”.", "posted", "The group"),
    ("The army hit “eighteen posts” overnight, the ministry said.", "said", "the ministry"),
    ("Brandt, the army's spokesman, said at a briefing in Orla on Monday that the post was “held”.", "said", "Brandt"),
    ("In an interview with the radio, Brandt accused the rebels of “buying time”.", "accused", "Brandt"),
    ("The governor of Orla, Ana Petrova, wrote: “We will stay.”", "wrote", "The governor of Orla, Ana Petrova"),
    ("Speaking in Orla, the envoy warned of “a long winter”.", "warned", "the envoy"),
    ("The rebels have accused the army of “theft”.", "accused", "The rebels"),
    ("Both sides said they would respect “the spirit of the paper”.", "said", "Both sides"),
    ("“Go home”, the guards kept shouting.", "shouting", "the guards"),
    ("President Ana Petrova's office said the talks were “useful”.", "said", "President Ana Petrova's office"),
    ("Moments later the loudspeaker announced: “The gate is closed.”", "announced", "the loudspeaker"),
    ("She said the talks were “useful”.", "said", "She"),
    ("As the envoy put it, “winter is a negotiator”.", "put", "the envoy"),
    ("“Winter is a negotiator,” in the words of the envoy.", "words", "the envoy"),
    ("Mr Brandt's lawyer, Mila Okonjo, called the verdict “a gift”.", "called", "Mr Brandt's lawyer, Mila Okonjo"),
    ("The Orla Daily reported that the dam was “near collapse”.", "reported", "The Orla Daily"),
    ("“We came at dawn and found nobody,” it said in a statement.", "said", "it"),
    ("Local residents told the paper they were “afraid to sleep”.", "told", "Local residents"),
    ("The order, signed by Brandt, speaks of “measures”.", "speaks", "The order"),
    ("Meanwhile, Dalmere said it would answer “in kind”.", "said", "Dalmere"),
    ("The ministry of Orla also said on Tuesday evening that “no shells were fired”.", "said", "The ministry of Orla"),
    ("While the talks went on, soldiers on the ridge described the truce as “paper”.", "described", "soldiers"),
    ("“There is no bread,” said Ana, 9.", "said", "Ana"),
    ("“There is no bread,” added another woman, who asked not to be named.", "added", "another woman"),
    ("Ministers from both countries agreed to “leave the ridge”.", "agreed", "Ministers"),
    ("The rebels' leader, known as Gromo, vowed “a hundred days of fire”.", "vowed", "The rebels' leader"),
    ("Okonjo insisted: “We never left.” Brandt said that was “untrue”.", "said", "Brandt"),
]


@pytest.mark.parametrize(("text", "cue", "speaker"), SPEAKERS)
def test_the_cue_and_the_speaker_are_found(text, cue, speaker):
    last = found(text)[-1]
    assert (last.attributed, last.cue, last.speaker) == (True, cue, speaker)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“We stay,” said Ana Petrova, “and wait.”", ["Ana Petrova", "Ana Petrova"]),
        ("Petrova called it “a gift” and the mayor “a child”.", ["Petrova", "Petrova"]),
        ("The talks were “useful”, Ana Petrova said. She called them “a door”.", ["Ana Petrova", "Ana Petrova"]),
        ("The rebels want a corridor. They said it must be “wide”.", ["The rebels"]),
        ("Ana said it was “late”. “It was early,” replied Ivo Brandt.", ["Ana", "Ivo Brandt"]),
        ("The US said the truce was “a door”, the WHO “a window”.", ["The US", "The US"]),
        ('A NOTE SAID THE GUNMEN WOULD "NOT WAIT".', ["A NOTE"]),
    ],
)
def test_speakers_are_kept_over_the_spans_of_a_paragraph(text, speakers):
    assert [span.speaker for span in found(text)] == speakers

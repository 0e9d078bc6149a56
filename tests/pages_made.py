"""Saved pages, as tests make them up."""

from nutgraf.config import Read
from nutgraf.read import page as pages
from nutgraf.records import Article

PARAGRAPHS = [
    "The column of trucks crossed the Orla bridge before dawn on Monday, the governor said.",
    "“We stay until the last boat has left,” she told reporters at the harbour of Dalmere.",
    "By noon the last of the families were on their way to the camp in the northern hills.",
    "Shells fell on the road behind them, a medic said, and two of the lorries did not arrive.",
    "The envoy of the lake states is to meet both sides in Tessin before the end of the week.",
]
PLEA = "Our reporters walk a long way for every line that you read here, so please help them to buy shoes."


def article(content, head="", before="", after=""):
    text = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Boats leave Dalmere</title>{head}</head><body>
    <header class="site"><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></header>{before}
    <main><h1>Boats leave Dalmere</h1>{content}</main>{after}
    <footer><p>Dalmere Media, 1 Quay Street</p></footer></body>"""
    (found,) = pages.read(text.encode(), "page.html", Read())
    assert isinstance(found, Article), found
    return found


def lines(content, **around):
    return article(content, **around).text.split("\n\n")


def paragraphs(texts=PARAGRAPHS, wrap="<p>{}</p>"):
    return [wrap.format(text) for text in texts]


def within(extra, wrap="<p>{}</p>", place=2):
    made = paragraphs(wrap=wrap)
    return '<div class="story">' + "".join([*made[:place], extra, *made[place:]]) + "</div>"


STANDFIRST = "Families cross the lake by night as shells fall on the road to the north"

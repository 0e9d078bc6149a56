"""Mails, as programs save them."""

from __future__ import annotations

BODY = """The column of trucks crossed the Orla bridge before dawn on Monday, the governor said.

Relief workers counted forty tents and two wells, of which one had run dry by the evening."""
HEAD = """From: "Dalmere Post" <news@dalmere.example>
To: desk@vessen.example
Subject: {subject}
Date: Tue, 3 Mar 2020 23:30:00 -0800
"""
LATER = BODY.replace("Monday", "Friday").replace("the evening", "nightfall")
HTML = "<html><body><article>{}</article></body></html>".format(
    "".join(f"<p>{paragraph}</p>" for paragraph in f"{BODY}\n\n{LATER}".split("\n\n"))
)


def mailed(body: str = BODY, subject: str = "Trucks cross the bridge", more: str = "") -> bytes:
    return f"{HEAD.format(subject=subject)}{more}\n{body}\n".encode()


def parts(*given: tuple[str, str], kind: str = "mixed", subject: str = "Trucks cross the bridge") -> bytes:
    inside = "".join(f"--xx\n{head}\n\n{body}\n" for head, body in given)
    return mailed(f"{inside}--xx--", subject, f"MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=xx\n")

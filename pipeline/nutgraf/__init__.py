"""nutgraf labels the paragraphs of conflict news."""

__version__ = "0.1.0"

"""nutgraf labels the paragraphs of conflict news."""

__version__ = "0.1.0"
MODEL_FORMAT = 2  # of the model folder; raised when a folder of the old form cannot be read any more

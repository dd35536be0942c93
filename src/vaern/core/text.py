"""Marking user sentences in code that knows no framework.

Pure rules return the Danish sentence as a constant plus parameters; the screen translates it. Marking it here lets
the catalogue tool find it, and `core` needs no import of a framework for that.
"""


def gettext_noop(message: str) -> str:
    return message

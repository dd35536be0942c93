"""What can go wrong with stored bytes."""

from __future__ import annotations


class NotKept(Exception):
    """The bytes could not be written (disk full, no permission, no connection); nothing of them is left."""


class Damaged(Exception):
    """What lies under a name is not what was put there, or lies there no more."""


class Unreachable(Exception):
    """The home of the bytes does not answer. That says nothing about the bytes."""


class KeyProblem(Exception):
    """A key is missing or is not the right one: a sentence for whoever runs the installation."""


class KeyErased(KeyProblem):
    """The key was erased, since the time of what it opened was over. Nothing is sealed for it any more, either."""

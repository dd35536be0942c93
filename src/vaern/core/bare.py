"""What a program of ours that only draws is told of where it runs: nothing but how to find itself, and its fonts."""

from __future__ import annotations

import os

_KEPT = (
    *("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "HOME", "LANG", "LC_ALL"),
    *("FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS"),
)


def environment() -> dict[str, str]:
    """For a subprocess. The settings of the house, with its secrets, stay out: what the program is given to draw comes
    from people, and a fault in it shall find nothing to tell. It is not shut in as decoders of evidence are: a letter
    must be writable also on a kernel that has no locks for that."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ}

"""What is wrong with a pack: where, and why, in words a municipal jurist can act on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `file` is relative to the pack's folder ("" = the folder itself); `place` reads
    "duties 'inform' › deadline › offset" (ids, since a number says nothing to a reader) or "linje 3, kolonne 5".

    `reason` is a Danish sentence with %(name)s places for `params`, so that a screen can translate it;
    `sentence` is the two put together.
    """

    file: str
    place: str
    reason: str
    params: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def sentence(self) -> str:
        return self.reason % self.params if self.params else self.reason

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.sentence) if part)


class PackProblems(Exception):
    """A pack that is refused, with everything that is wrong with it: never only the first fault."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

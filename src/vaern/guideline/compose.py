"""Laying a guideline, its overlays and its layers together into one `Composed`.

Overlays are laid first, each on its parent; then the layers are added beside the guideline. Nothing is merged by
guesswork: an id two packs both use is refused, except where an overlay replaces its parent's entry on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from vaern.core.text import gettext_noop
from vaern.guideline.composed import KINDS, Composed
from vaern.guideline.overlay import lay_words
from vaern.guideline.pack import Duty, Pack, Part, Role, Translation
from vaern.guideline.problem import PackProblems, Problem
from vaern.guideline.stand_in import without_stand_ins
from vaern.guideline.texts import texts_of

__all__ = ["Composed", "compose"]

NO_PARENT = gettext_noop("Pakken er en lokal udgave af %(parent)s, men den pakke er ikke med.")
TWICE = gettext_noop("Pakken er med to gange.")
TWO_GUIDELINES = gettext_noop("Der kan kun være én retningslinje. Denne pakke er ikke et lag eller en lokal udgave.")
WORDS_OUTSIDE_OVERLAY = gettext_noop('Kun en lokal udgave (kind = "overlay") kan ændre ord i en anden pakke.')
COLLISION = gettext_noop("Id'et bruges også i %(other)s. Giv det et andet navn.")
NO_DUTY = gettext_noop("Pligten %(name)s findes ikke, når pakkerne er lagt sammen.")
NO_ROLE = gettext_noop("Rollen %(name)s findes ikke, når pakkerne er lagt sammen.")
CIRCLE = gettext_noop("Pligterne venter på hinanden i ring: %(names)s.")

_Found = list[tuple[str, Part]]
"""Entries, each with the id of the pack it came from."""


def compose(pack: Pack, layers: Sequence[Pack] = ()) -> Composed:
    """`pack` (a guideline, or an overlay whose parent is among `layers`) with `layers` (layers and overlays, in the
    order they were switched on) laid on it. Raises `PackProblems` with every fault found; `Problem.file` then holds
    the id of the pack."""
    packs = (pack, *layers)
    problems = _cast_problems(packs)
    overlays = [one for one in packs if one.pack.kind == "overlay"]
    bases = {one.pack.id: one for one in packs if one.pack.kind != "overlay"}
    _refuse(problems)
    merged = {name: _entries(base) for name, base in bases.items()}
    problems += _lay_overlays(overlays, bases, merged)
    _refuse(problems)
    base = _base_of(pack, overlays, bases)
    composed = _join(base, bases, merged, packs)
    _refuse(_loose_ends(composed))
    return composed


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise PackProblems(tuple(problems))


def _cast_problems(packs: Sequence[Pack]) -> list[Problem]:
    """Faults in who takes part: the same pack twice, two guidelines, an overlay without its parent."""
    ids = [one.pack.id for one in packs]
    problems = [Problem(one, "", TWICE) for one in sorted({one for one in ids if ids.count(one) > 1})]
    guidelines = [one.pack.id for one in packs if one.pack.kind == "guideline"]
    problems += [Problem(one, "pack › kind", TWO_GUIDELINES) for one in guidelines[1:]]
    for one in packs:
        parent = one.pack.parent or ""
        if one.pack.kind != "overlay" and one.overlays:
            problems.append(Problem(one.pack.id, "overlays", WORDS_OUTSIDE_OVERLAY))
        if one.pack.kind == "overlay" and not _reaches_base(one, packs):
            problems.append(Problem(one.pack.id, "pack › parent", NO_PARENT, {"parent": parent}))
    return problems


def _reaches_base(overlay: Pack, packs: Sequence[Pack]) -> bool:
    by_id = {one.pack.id: one for one in packs}
    at: Pack | None = overlay
    for _ in packs:
        at = by_id.get(at.pack.parent or "") if at else None
        if at and at.pack.kind != "overlay":
            return True
    return False


def _root(overlay: Pack, overlays: Mapping[str, Pack]) -> str:
    parent = overlay.pack.parent or ""
    return _root(overlays[parent], overlays) if parent in overlays else parent


def _base_of(pack: Pack, overlays: list[Pack], bases: Mapping[str, Pack]) -> Pack:
    by_id = {one.pack.id: one for one in overlays}
    return bases[_root(pack, by_id)] if pack.pack.kind == "overlay" else pack


def _entries(pack: Pack) -> dict[str, _Found]:
    return {array: [(pack.pack.id, entry) for entry in getattr(pack, array)] for array in (*KINDS, "translations")}


# --- overlays ----------------------------------------------------------------------------------------------


def _lay_overlays(
    overlays: list[Pack],
    bases: Mapping[str, Pack],
    merged: dict[str, dict[str, _Found]],
) -> list[Problem]:
    """Parents before children, whatever order they were given in."""
    problems: list[Problem] = []
    by_id = {one.pack.id: one for one in overlays}
    graph = {one.pack.id: {one.pack.parent or ""} & by_id.keys() for one in overlays}
    for name in TopologicalSorter({key: graph[key] for key in sorted(graph)}).static_order():
        root = _root(by_id[name], by_id)
        problems += _lay(by_id[name], bases[root], merged[root])
    return problems


def _lay(overlay: Pack, base: Pack, merged: dict[str, _Found]) -> list[Problem]:
    before = base.model_copy(update={array: tuple(part for _, part in found) for array, found in merged.items()})
    after, problems = lay_words(before, overlay)
    for array, found in merged.items():
        parts = zip(found, getattr(after, array), strict=True)
        laid = [(origin, old) if old == new else (overlay.pack.id, new) for (origin, old), new in parts]
        merged[array] = _replaced(laid, [(overlay.pack.id, part) for part in getattr(overlay, array)])
    merged["translations"] = _that_still_hold(merged, before, overlay.pack.id)
    return problems


def _that_still_hold(merged: Mapping[str, _Found], before: Pack, overlay: str) -> _Found:
    """Without the parent's words for a text that the overlay has made another: those are shown in the first language,
    and marked so."""
    old = {f"{kind}:{part.id}": part for array, kind in KINDS.items() for part in getattr(before, array)}
    new = {f"{kind}:{_key(part)[0]}": part for array, kind in KINDS.items() for _, part in merged[array]}
    return [
        (origin, one if origin == overlay or not isinstance(one, Translation) else _as_it_was(one, old, new))
        for origin, one in merged["translations"]
    ]


def _as_it_was(one: Translation, old: Mapping[str, Part], new: Mapping[str, Part]) -> Translation:
    own, now = (texts_of(found) if (found := there.get(one.of)) else {} for there in (old, new))
    same = {path: words for path, words in one.fields.items() if own.get(path) == now.get(path)}
    return one if same == one.fields else one.model_copy(update={"fields": same})


def _replaced(found: _Found, own: _Found) -> _Found:
    """An overlay's entry takes the place of the parent's with the same id; a new one goes last."""
    mine = {_key(part): (origin, part) for origin, part in own}
    kept = [mine.pop(_key(part), (origin, part)) for origin, part in found]
    return [*kept, *mine.values()]


def _key(part: Part) -> tuple[str, ...]:
    return (part.id,) if hasattr(part, "id") else (getattr(part, "of", ""), getattr(part, "language", ""))


# --- layers ------------------------------------------------------------------------------------------------


def _join(
    base: Pack,
    bases: Mapping[str, Pack],
    merged: dict[str, dict[str, _Found]],
    packs: Sequence[Pack],
) -> Composed:
    others = [merged[one.pack.id] for one in packs if one.pack.id in bases and one is not base]
    own = merged[base.pack.id]
    acts = _acts(own["duties"])
    parts = [own, *(_without_shared_roles(without_stand_ins(other, acts), own) for other in others)]
    joined = {array: [pair for part in parts for pair in part[array]] for array in own}
    _refuse(_collisions(joined))
    pack = base.model_copy(
        update={
            "overlays": (),
            **{array: tuple(part for _, part in found) for array, found in joined.items()},
        }
    )
    origin = {
        f"{KINDS[array]}:{_key(part)[0]}": name
        for array, found in joined.items()
        if array in KINDS
        for name, part in found
        if name != base.pack.id
    }
    heads = tuple(one.pack for one in packs if one is not base)
    return Composed(pack=pack, layers=heads, origin=tuple(sorted(origin.items())))


def _without_shared_roles(layer: Mapping[str, _Found], own: Mapping[str, _Found]) -> dict[str, _Found]:
    """A layer declares the roles its duties need, so that it can be checked alone; where the guideline has a role of
    the same id and kind, that is the one meant. The same id with another kind is left for `_collisions` to refuse."""
    known = {(part.id, part.kind) for _, part in own["roles"] if isinstance(part, Role)}
    roles = [
        (origin, part)
        for origin, part in layer["roles"]
        if not (isinstance(part, Role) and (part.id, part.kind) in known)
    ]
    return {**layer, "roles": roles}


def _acts(duties: _Found) -> dict[str, tuple[str, ...]]:
    acts: dict[str, tuple[str, ...]] = {}
    for _, duty in duties:
        if isinstance(duty, Duty) and duty.act:
            acts[duty.act] = tuple(sorted((*acts.get(duty.act, ()), duty.id)))
    return acts


def _collisions(joined: Mapping[str, _Found]) -> list[Problem]:
    problems = []
    for array, found in joined.items():
        seen: dict[tuple[str, ...], str] = {}
        for origin, part in found:
            other = seen.setdefault(_key(part), origin)
            if other != origin:
                problems.append(
                    Problem(
                        origin,
                        f"{array} '{_key(part)[0]}'",
                        COLLISION,
                        {"other": other},
                    )
                )
    return problems


# --- what must hold of the whole ---------------------------------------------------------------------------


def _loose_ends(composed: Composed) -> list[Problem]:
    problems = []
    for duty in sorted(composed.pack.duties, key=lambda duty: duty.id):
        place, pack = f"duties '{duty.id}'", composed.layer_of(f"duty:{duty.id}")
        problems += [
            Problem(pack, place, NO_DUTY, {"name": name}) for name in sorted(duties_named(duty) - composed.duty.keys())
        ]
        problems += [
            Problem(pack, place, NO_ROLE, {"name": name}) for name in sorted(_roles_named(duty) - composed.role.keys())
        ]
    return problems + _circles(composed)


def duties_named(duty: Duty) -> set[str]:
    """Ids of the duties that `duty` names outside its anchors."""
    named = {after.duty for after in duty.after} | {source.duty for source in duty.arises_from}
    named |= {gate.of for gate in duty.gates if gate.kind == "approval"}
    named |= {hand.after for hand in duty.hand_over}
    return named | ({duty.outsider.then} if duty.outsider else set())


def _roles_named(duty: Duty) -> set[str]:
    return {*duty.owners.roles, *(hand.to for hand in duty.hand_over)}


def _circles(composed: Composed) -> list[Problem]:
    """Duties that wait for each other would wait for ever, and the case could never be closed."""
    graph = {name: sorted(composed.waits_on(duty) & composed.duty.keys()) for name, duty in composed.duty.items()}
    try:
        TopologicalSorter({name: graph[name] for name in sorted(graph)}).prepare()
    except CycleError as circle:
        names = list(reversed(circle.args[1]))
        pack = composed.layer_of(f"duty:{min(names)}")
        return [Problem(pack, "duties", CIRCLE, {"names": ", ".join(names)})]
    return []

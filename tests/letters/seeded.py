"""Letters made by a seeded dice: clean ones as offices write them, and the same with one private thing planted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from vaern.letters.facts import Known

AFFECTED = "Anna Holm Bjørnsen"
OTHERS = ("Karim Østergaard", "Sofie-Marie Lindqvist", "Jens Åge Pilegaard")
COVERED = ("det grønne hus ved søen", "Mathilde")
KNOWN = Known(
    names=OTHERS,
    affected=AFFECTED,
    case="2026-0007",
    other_cases=frozenset({"2026-0003", "2025-0118"}),
    phones=frozenset({"87654321", "70111214"}),
    emails=frozenset({"@kommunen.example", "kontakt@krisehjaelp.example"}),
    addresses=frozenset({"Rådhustorvet 2"}),
    masked=COVERED,
)
OPENINGS = ("Goddag", "Hej", "Kære borger", "Til dig, der har skrevet om os", "Hello")
MIDDLES = (
    "Den 12.03.2026 skrev du noget om Aktivitetscentret på Facebook.",
    "Vi vil bede dig om at slette navnene. Du må gerne mene noget om vores arbejde.",
    "Er du utilfreds, så ring til os på 87 65 43 21 mellem kl. 9 og 15.",
    "Du kan skrive til os på aktivitet@kommunen.example eller komme forbi Rådhustorvet 2.",
    "Begrænsningen gælder til og med den 1. juni 2026, og vi ser på den igen den 1. maj.",
    "Sagen har nummer 2026-0007 hos os. Budgettet for 2025-2026 er offentligt.",
    "Det har kostet kommunen 1.250.000 kr. og 14.500 kr. i udgifter.",
    "Vi behandler stadig dine ansøgninger, og du kan klage inden 4 uger.",
    "Det er politiet, der vurderer sagen, og vi tager ikke stilling til, om noget er ulovligt.",
    "Efter straffelovens § 119 a, stk. 1, jf. lov nr. 1338 af 29. november 2023.",
    "Dit barn går i skole hos os, og det ændrer brevet ikke på.",
    "Vi har åbent mandag til torsdag 10-16 og fredag 10-13. EAN-nummer 5798001234567.",
    "Du har ret til at få svar inden for 10 arbejdsdage (frist 25-11-2026 kl. 12).",
    "I tiden 01.01.2026-31.12.2026 gælder aftalen af 3/2-2026, punkt 4.2.1.",
    "Opslaget ligger på https://www.facebook.com/groups/1234567890123456/posts/99.",
    "Vi holder til i et hus med have, og en bro fører over åen.",
)
CLOSINGS = ("Venlig hilsen\n\nMads Leder", "Med venlig hilsen\n\nAktivitetscentret", "Kind regards\n\nMads Leder")


@dataclass(frozen=True)
class Seeded:
    """A letter, and what was planted in it: the kind that must be found, and the words."""

    text: str
    kind: str = ""
    planted: str = ""


def clean(dice: Random) -> str:
    body = dice.sample(MIDDLES, dice.randint(3, 7))
    return "\n\n".join([dice.choice(OPENINGS), *body, dice.choice(CLOSINGS)])


def _cpr(dice: Random) -> str:
    day, month, year = dice.randint(1, 28), dice.randint(1, 12), dice.randint(40, 99)
    last = dice.randint(1, 3999)
    joint = dice.choice(["-", "", " ", " - ", "\u2013", "\u2011"])
    return f"{day:02d}{month:02d}{year:02d}{joint}{last:04d}"


def _phone(dice: Random) -> str:
    digits = str(dice.choice("23456789")) + "".join(dice.choice("0123456789") for _ in range(7))
    shapes = (
        "{}{}{}{}",
        "{} {} {} {}",
        "{}.{}.{}.{}",
        "{}-{}-{}-{}",
        "+45 {} {} {} {}",
        "0045{}{}{}{}",
        "{}\u00a0{}\u00a0{}\u00a0{}",
    )
    return dice.choice(shapes).format(*(digits[at : at + 2] for at in (0, 2, 4, 6)))


def _email(dice: Random) -> str:
    return dice.choice(
        [
            "anna.b@gmail.example",
            "a-holm(at)hotmail.example",
            "anna snabel-a mail punktum dk",
            "Anna_1980@Privat.Example",
        ]
    )


def _address(dice: Random) -> str:
    street = dice.choice(
        ["Solsikkevej", "Ndr. Havnegade", "Gl. Kongevej", "Birkeparken", "Lærkevænget", "Åboulevarden", "Møllestien"]
    )
    return dice.choice([f"{street} {dice.randint(1, 240)}", f"{street} nr. {dice.randint(1, 99)} B", "9460 Brovst"])


def _family(dice: Random) -> str:
    return dice.choice(
        [
            "hendes mand",
            "hendes to børn",
            "hans kone",
            "medarbejderens datter",
            "hendes samlever",
            "hendes skilsmisse",
            "sin syge mor",
        ]
    )


def _health(dice: Random) -> str:
    return dice.choice(
        [
            "sygemeldt",
            "en depression",
            "går til psykolog",
            "gravid",
            "stress",
            "angstanfald",
            "sin diagnose",
            "har fået kræft",
        ]
    )


def _affected(dice: Random) -> str:
    return dice.choice(
        [
            "Anna Holm Bjørnsen",
            "anna holm bjørnsen",
            "ANNA BJØRNSEN",
            "A. Bjørnsen",
            "Bjørnsen",
            "Bjørnsens",
            "Anna B.",
            "Annas",
            "Anna",
            "A.H.B.",
            "AHB",
            "Anna Bjoernsen",
            "Bjornsen",
            "Bjørnsen, Anna",
            "An\u00adna Bjørn\u200bsen",
            "Anna\nBjørnsen",
            "Anna H. Bjørnsen",
        ]
    )


def _name(dice: Random) -> str:
    return dice.choice(
        [
            "Karim",
            "Karim Østergaard",
            "Østergaards",
            "K. Østergaard",
            "Oestergaard",
            "Sofie-Marie",
            "Lindqvist",
            "S.L.",
            "Jens Åge",
            "Pilegaard",
            "Jens Aage Pilegaard",
            "JÅP",
            "Karim\nØstergaard",
        ]
    )


def _other_case(dice: Random) -> str:
    return dice.choice(["2026-0003", "sag 2025-118", "2025\u20130118", "2026/3", "2026 - 0003"])


def _masked(dice: Random) -> str:
    return dice.choice(
        ["det grønne hus ved søen", "Det Grønne Hus ved søen", "Mathilde", "mathilde", "det grønne hus\nved søen"]
    )


PLANTS: dict[str, Callable[[Random], str]] = {
    "cpr": _cpr,
    "phone": _phone,
    "email": _email,
    "address": _address,
    "family": _family,
    "health": _health,
    "affected": _affected,
    "name": _name,
    "other_case": _other_case,
    "masked": _masked,
}
AROUND = ("Vi har talt med {} om det.", "Det handler om {}.", "{} er nævnt i sagen.", "Se også {}, tak.", "(jf. {})")


def planted(seed: int, each: int) -> Iterator[Seeded]:
    """`each` letters of every kind of plant."""
    dice = Random(seed)
    for kind, make in PLANTS.items():
        for _ in range(each):
            lines = clean(dice).split("\n\n")
            plant = make(dice)
            lines.insert(dice.randint(1, len(lines) - 1), dice.choice(AROUND).format(plant))
            yield Seeded("\n\n".join(lines), kind, plant)


def clean_ones(seed: int, count: int) -> list[str]:
    dice = Random(seed)
    return [clean(dice) for _ in range(count)]

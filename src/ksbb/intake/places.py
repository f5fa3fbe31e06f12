"""Which kelurahan is meant: by code, by name and aliases; similarity only suggests."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from ksbb.intake.codes import Kind, Read, read_code
from ksbb.intake.ground import Ground, Place
from ksbb.intake.reasons import Code, because
from ksbb.intake.rows import Answers, Choice, Question, QuestionKind, Reason
from ksbb.intake.words import Cell, normal, plain, shown

NONE: Final = "none"
CODES_KEY: Final = "codes:bps"
CITY, DISTRICT, VILLAGE = 5, 8, 13
"""Lengths of the codes of each level."""

_MOST_CHOICES: Final = 6
_LONGEST_CODE: Final = 13
_LONGEST_SHOWN_CODE: Final = 24
_ALIKE_NEAR: Final = 74.0
_ALIKE_FAR: Final = 80.0
_WORDS: Final = {
    "p": "pulau",
    "pl": "pulau",
    "kp": "kampung",
    "kamp": "kampung",
    "kb": "kebon",
    "kbn": "kebon",
    "pd": "pondok",
    "pdk": "pondok",
    "tj": "tanjung",
    "tg": "tanjung",
    "tjg": "tanjung",
    "ps": "pasar",
    "psr": "pasar",
    "kep": "kepulauan",
    "cip": "cipinang",
    "gn": "gunung",
    "gng": "gunung",
    "jkt": "jakarta",
    "jakut": "jakarta utara",
    "jakpus": "jakarta pusat",
    "jakbar": "jakarta barat",
    "jaksel": "jakarta selatan",
    "jaktim": "jakarta timur",
    "utr": "utara",
    "ut": "utara",
    "slt": "selatan",
    "sel": "selatan",
    "tmr": "timur",
    "tim": "timur",
    "brt": "barat",
    "bar": "barat",
    "kr": "karang",
    "dr": "duren",
}
_SIDES: Final = {"utara", "selatan", "timur", "barat", "tengah", "baru", "dalam"}
_VILLAGE_OFFICE: Final = re.compile(r"^(?:kel|kelurahan|ds|desa|kel desa|kelurahan desa)\b ?")
_DISTRICT_OFFICE: Final = re.compile(r"^(?:kec|kecamatan)\b ?")
_CITY_OFFICE: Final = re.compile(
    r"^(?:kota|kabupaten|kab|kotamadya|kodya|wilayah|pemerintah|pemkot)\b ?"
    r"(?:kota\b ?)?(?:administrasi|adm|administratif)?\b ?"
)
_CUTS: Final = re.compile(
    r"\s*[/,;|\n]\s*|\s+[-–]\s+|\s+(?=kec(?:amatan)?\b\.?)|\s*\(|\)", re.IGNORECASE
)
_DIGITS_BEFORE: Final = re.compile(r"^[\[(\d][\d.\s\-\])]*(?=[^\W\d_])")
_RW_INSIDE: Final = re.compile(
    r"\b(?:rt|rw)[\s.:]*\d[\d\s/.]*(?:(?:s\s?[./]?\s?d\.?|sampai|hingga|dan|[-–&,])\s*(?:rw\s*)?\d+\s*)*",
    re.IGNORECASE,
)


class Typed(NamedTuple):
    """What a row, and the title above it, say about its place: all as typed."""

    code: Cell = ""
    village: str = ""
    place: str = ""
    district: str = ""
    city: str = ""
    soft_district: str = ""
    """From a cell above which was not merged, or from a title: it helps and never refuses."""
    soft_city: str = ""


class Located(NamedTuple):
    """The kelurahan that was meant, as far as it could be told."""

    code: str = ""
    name: str = ""
    reasons: tuple[Reason, ...] = ()
    question: Question | None = None
    rw: int | None = None
    """Where the code went down to the RW."""


class _Hints(NamedTuple):
    """Codes of what lies around, each a tuple of prefixes; empty where nothing was said."""

    districts: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    district: str = ""
    city: str = ""
    """As typed in the row itself; empty where only the title says it."""

    @property
    def area(self) -> tuple[str, ...]:
        return self.districts or self.cities


class Places:
    """The gazetteer, prepared for many look-ups."""

    def __init__(self, ground: Ground, answers: Answers) -> None:
        """Index names, short names and aliases."""
        self._answers = answers
        self._bps = ground.bps
        self._places = {place.code: place for place in ground.places}
        self.villages = {code for code in self._places if len(code) == VILLAGE}
        self._provinces = {code[:2] for code in self._places}
        self._called: dict[int, defaultdict[str, list[str]]] = {
            level: defaultdict(list) for level in (CITY, DISTRICT, VILLAGE)
        }
        for place in self._places.values():
            self._call(place.name, place.code)
        for name, code in ground.aliases:
            if code in self._places:
                self._call(name, code)
        self._in_district: defaultdict[str, list[str]] = defaultdict(list)
        for code in sorted(self.villages):
            self._in_district[code[:DISTRICT]].append(code)

    def get(self, code: str) -> Place | None:
        """Return a known place."""
        return self._places.get(code)

    def find(self, typed: Typed) -> Located:
        """Return the kelurahan a row is about."""
        read = read_code(typed.code, self.villages, self._provinces)
        typed = self._cut(typed)
        hints = self._hints(typed, read)
        if read.kind in {Kind.NONE, Kind.DISTRICT}:
            return self._by_name(typed, hints)
        return self._by_code(read, typed, hints)._replace(rw=read.rw)

    def cities_named(self, text: str) -> tuple[str, ...]:
        """Return the codes of the cities a title or the name of a sheet means."""
        return tuple(self._look(CITY, text, _CITY_OFFICE))

    def districts_named(self, text: str) -> tuple[str, ...]:
        """Return the codes of the kecamatan of this name."""
        return tuple(self._look(DISTRICT, text, _DISTRICT_OFFICE))

    def villages_named(self, text: str) -> tuple[str, ...]:
        """Return the codes of the kelurahan of this name."""
        return tuple(self._look(VILLAGE, text, _VILLAGE_OFFICE))

    # By code.

    def _by_code(self, read: Read, typed: Typed, hints: _Hints) -> Located:
        text = self._code_shown(typed.code)
        named = self._by_name(typed, hints) if typed.village or typed.place else None
        if read.kind is Kind.BPS:
            return self._by_bps(read, text, named)
        if read.kind is Kind.SEVERAL:
            return self._one_of(read.candidates, text, named)
        if read.code in self.villages:
            return self._agreeing(read, text, named, typed)
        return self._without_code(read, text, named)

    def _without_code(self, read: Read, text: str, named: Located | None) -> Located:
        """Go by the name beside a code that says nothing."""
        if named and named.code:
            ignored = because(Code.CODE_IGNORED, typed=text, name=named.name)
            return named._replace(reasons=(*named.reasons, ignored))
        if read.kind is Kind.OUTSIDE:
            return Located(reasons=(because(Code.OUTSIDE, typed=text),))
        code = Code.CODE_LOST_DIGITS if read.kind is Kind.LOST else Code.CODE_UNKNOWN
        return named or Located(reasons=(because(code, typed=text),))

    def _agreeing(self, read: Read, text: str, named: Located | None, typed: Typed) -> Located:
        """Take the code, unless a name beside it says something else."""
        place = self._places[read.code]
        name = typed.village or typed.place
        agrees = name and read.code in self._look(VILLAGE, name, _VILLAGE_OFFICE)
        if named and not agrees and named.code != read.code:
            return self._asked_between(read.code, named, name)
        if read.kind is Kind.EXACT:
            reasons: tuple[Reason, ...] = ()
        elif agrees or read.kind is Kind.MENDED:
            reasons = (because(Code.CODE_MENDED, typed=text, code=read.code),)
        else:
            reasons = (because(Code.CODE_GUESSED, typed=text, code=read.code),)
        return Located(read.code, place.name, reasons)

    def _asked_between(self, code: str, named: Located, name: str) -> Located:
        key = f"kelurahan:{code}|{normal(shown(name))}"
        others = [named.code] if named.code else _offered(named.question)
        reason = because(
            Code.CODE_AND_NAME_DIFFER, code=code, typed=shown(name), name=self._places[code].name
        )
        return self._ask(key, name, (code, *others), reason)

    def _one_of(self, codes: tuple[str, ...], text: str, named: Located | None) -> Located:
        if named and named.code in codes:
            mended = because(Code.CODE_MENDED, typed=text, code=named.code)
            return named._replace(reasons=(*named.reasons, mended))
        return self._ask(f"code:{text}", text, codes, because(Code.CODE_SEVERAL, typed=text))

    def _by_bps(self, read: Read, text: str, named: Located | None) -> Located:
        answer = self._answers.get(CODES_KEY)
        code = self._bps.get(read.code, "")
        found = named or Located(code, self._name(code))
        if answer == "bps":
            if code and named and named.code and named.code != code:
                return self._asked_between(code, named, named.name)
            if code and not (named and named.code):
                return Located(code, self._name(code), (because(Code.ANSWERED),))
            if named:
                return named
        if answer:
            return Located(reasons=(because(Code.CODE_UNKNOWN, typed=text),))
        question = Question(
            CODES_KEY, QuestionKind.CODES, text, (Choice("bps"), Choice("kemendagri"))
        )
        reason = because(Code.CODE_OF_BPS, typed=text)
        return Located(found.code, found.name, (*found.reasons, reason), question)

    # By name.

    def _by_name(self, typed: Typed, hints: _Hints) -> Located:
        text = typed.village
        if not text:
            return self._in_nothing(typed, hints)
        if answered := self._answered(self._key(typed, hints)):
            return answered
        codes = self._look(VILLAGE, text, _VILLAGE_OFFICE)
        if not codes:
            return self._unknown(typed, hints)
        inside = [code for code in codes if code.startswith(hints.area)] if hints.area else codes
        if len(inside) == 1:
            return self._named(inside[0], text)
        if len(inside) > 1:
            reason = because(Code.SEVERAL_KELURAHAN, typed=shown(text))
            return self._ask(self._key(typed, hints), text, inside, reason)
        return self._elsewhere(codes, typed, hints)

    def _named(self, code: str, text: str, *reasons: Reason) -> Located:
        place = self._places[code]
        if not place.is_official:
            return Located(reasons=(because(Code.NO_CODE_YET, typed=shown(text)),))
        if _compact(text, _VILLAGE_OFFICE) != _compact(place.name, _VILLAGE_OFFICE):
            spelled = because(Code.OTHER_SPELLING, typed=shown(text), name=place.name)
            reasons = (*reasons, spelled)
        return Located(code, place.name, reasons)

    def _elsewhere(self, codes: list[str], typed: Typed, hints: _Hints) -> Located:
        """Judge a name that is known, but not where the row says."""
        in_city = [code for code in codes if code.startswith(self._cities_of(hints))]
        if len(codes) == 1 and (in_city or not self._cities_of(hints)):
            code = codes[0]
            if not hints.district:
                return self._named(code, typed.village)
            reason = because(
                Code.OTHER_KECAMATAN,
                typed=shown(hints.district),
                kelurahan=self._name(code),
                kecamatan=self._name(code[:DISTRICT]),
            )
            return self._named(code, typed.village, reason)
        reason = because(
            Code.OTHER_CITY,
            typed=shown(hints.city or hints.district or typed.soft_city),
            kelurahan=self._name(codes[0]),
            city=self._name(codes[0][:CITY]),
        )
        return self._ask(
            self._key(typed, hints), typed.village, [*codes, *self._alike(typed, hints)], reason
        )

    def _unknown(self, typed: Typed, hints: _Hints) -> Located:
        text = typed.village
        if self._is_split(text, hints):
            reason = because(Code.NO_CODE_YET, typed=shown(text))
            return self._ask(self._key(typed, hints), text, self._around(hints), reason)
        alike = self._alike(typed, hints)
        code = Code.WHICH_KELURAHAN if alike else Code.UNKNOWN_KELURAHAN
        offered = alike or self._around(hints)
        return self._ask(self._key(typed, hints), text, offered, because(code, typed=shown(text)))

    def _in_nothing(self, typed: Typed, hints: _Hints) -> Located:
        """No kelurahan was named; "Senen" alone may be the kelurahan or the kecamatan."""
        if not typed.place:
            return Located(reasons=(because(Code.NO_PLACE),))
        codes = self._look(VILLAGE, typed.place, _VILLAGE_OFFICE)
        both = {code[:DISTRICT] for code in codes} | set(
            self._look(DISTRICT, typed.place, _DISTRICT_OFFICE)
        )
        offered = [*codes, *(one for area in sorted(both) for one in self._in_district[area])]
        code = Code.KELURAHAN_OR_KECAMATAN if codes else Code.NO_PLACE
        values = {"typed": shown(typed.place)} if codes else {}
        return self._ask(
            f"place:{normal(shown(typed.place))}", typed.place, offered, because(code, **values)
        )

    def _is_split(self, text: str, hints: _Hints) -> bool:
        """Tell whether this is a known kelurahan and a side: "Kapuk Selatan" beside "Kapuk"."""
        words = _expanded(_bare(text, _VILLAGE_OFFICE)).split()
        if len(words) < 2 or words[-1] not in _SIDES:  # noqa: PLR2004 - a name and a side
            return False
        known = self._look(VILLAGE, " ".join(words[:-1]), _VILLAGE_OFFICE)
        return any(code.startswith(hints.area or ("",)) for code in known)

    def _alike(self, typed: Typed, hints: _Hints) -> list[str]:
        """Return kelurahan with similar names, those inside the named area first."""
        wanted = _compact(typed.village, _VILLAGE_OFFICE)
        bare = _expanded(_bare(typed.village, _VILLAGE_OFFICE)).removeprefix("kampung ")
        first = self._called[VILLAGE].get(bare.replace(" ", ""), [])
        near = self._similar(wanted, hints.area, _ALIKE_NEAR) if hints.area else []
        far = self._similar(wanted, ("",), _ALIKE_FAR) if not near else []
        return list(dict.fromkeys([*first, *near, *far]))[:_MOST_CHOICES]

    def _similar(self, wanted: str, area: tuple[str, ...], least: float) -> list[str]:
        names = [
            name
            for name, codes in self._called[VILLAGE].items()
            if any(code.startswith(area) for code in codes)
        ]
        found = process.extract(
            wanted, names, scorer=fuzz.ratio, score_cutoff=least, limit=_MOST_CHOICES
        )
        return [
            code
            for name, _, _ in sorted(found, key=lambda one: (-one[1], one[0]))
            for code in self._called[VILLAGE][name]
            if code.startswith(area)
        ]

    # Around it.

    def _hints(self, typed: Typed, read: Read) -> _Hints:
        cities = self.cities_named(typed.city) or self.cities_named(typed.soft_city)
        districts = self.districts_named(typed.district)
        hard = typed.district if districts else ""
        if read.kind is Kind.DISTRICT and read.code in self._places:
            districts, hard = (read.code,), read.code
        districts = districts or self.districts_named(typed.soft_district)
        if cities and districts:
            both = tuple(code for code in districts if code.startswith(cities))
            districts = both or districts
        return _Hints(districts, cities, hard, typed.city)

    def _cities_of(self, hints: _Hints) -> tuple[str, ...]:
        return hints.cities or tuple(dict.fromkeys(code[:CITY] for code in hints.districts))

    def _around(self, hints: _Hints) -> list[str]:
        return [code for area in hints.districts for code in self._in_district[area]]

    def _cut(self, typed: Typed) -> Typed:
        """Take apart a cell that holds kelurahan and kecamatan, and leave RT and RW out."""
        text = typed.place or typed.village
        if not text or (not typed.place and self._look(VILLAGE, text, _VILLAGE_OFFICE)):
            return typed
        parts = [part for part in _CUTS.split(_RW_INSIDE.sub(" ", text)) if part and part.strip()]
        if not parts:
            return typed
        # "1003 Klender", "[31.75.07.1003] Klender": the code has a column or is no help.
        parts[0] = _DIGITS_BEFORE.sub("", parts[0]) or parts[0]
        named = _DISTRICT_OFFICE.match(normal(parts[0]))
        if len(parts) == 1 and typed.place:
            alone = parts[0].strip()
            is_village = _VILLAGE_OFFICE.match(normal(alone)) or typed.district
            if not is_village and self._look(DISTRICT, alone, _DISTRICT_OFFICE):
                return typed._replace(place=alone)
            return typed._replace(village=alone, place="")
        if named and len(parts) > 1:
            parts[0], parts[1] = parts[1], parts[0]
        further = [*parts[1:], "", ""]
        return typed._replace(
            village=parts[0].strip(),
            place="",
            district=typed.district or further[0].strip(),
            city=typed.city or further[1].strip(),
        )

    def _look(self, level: int, text: str, office: re.Pattern[str]) -> list[str]:
        if not text:
            return []
        called = self._called[level]
        plainly = normal(text)
        for form in (plainly, _bare(text, office)):
            for spelled in (form, _expanded(form)):
                if found := called.get(spelled.replace(" ", "")):
                    return found
        return []

    def _call(self, name: str, code: str) -> None:
        called = self._called.get(len(code))
        if called is None:
            return
        office = {CITY: _CITY_OFFICE, DISTRICT: _DISTRICT_OFFICE}.get(len(code), _VILLAGE_OFFICE)
        for form in {normal(name), _bare(name, office), _expanded(normal(name))}:
            known = called[form.replace(" ", "")]
            if code not in known:
                known.append(code)

    # Questions.

    def _key(self, typed: Typed, hints: _Hints) -> str:
        around = normal(shown(typed.district)) or ",".join(hints.area)
        return f"kelurahan:{_bare(shown(typed.village), _VILLAGE_OFFICE)}|{around}"

    def _answered(self, key: str) -> Located | None:
        answer = self._answers.get(key)
        if answer == NONE:
            return Located(reasons=(because(Code.ANSWERED_NONE),))
        if answer in self.villages:
            return Located(answer or "", self._name(answer or ""), (because(Code.ANSWERED),))
        return None

    def _ask(self, key: str, subject: str, codes: Iterable[str], reason: Reason) -> Located:
        if answered := self._answered(key):
            return answered
        choices = tuple(Choice(code, self._label(code)) for code in dict.fromkeys(codes))
        question = Question(key, QuestionKind.KELURAHAN, shown(subject), (*choices, Choice(NONE)))
        return Located(reasons=(reason,), question=question if choices else None)

    def _code_shown(self, cell: Cell) -> str:
        """Return a code as typed, where it can be no number of a person."""
        text = plain(cell)
        digits = sum(map(str.isdigit, text))
        is_code = digits <= _LONGEST_CODE and text.strip("'")[:2] in self._provinces
        return text[:_LONGEST_SHOWN_CODE] if is_code else shown(cell)

    def _name(self, code: str) -> str:
        place = self._places.get(code)
        return place.name if place else code

    def _label(self, code: str) -> str:
        around = [self._name(code[:length]) for length in (DISTRICT, CITY) if code[:length]]
        return ", ".join([self._name(code), *around])


def _offered(question: Question | None) -> list[str]:
    return [one.value for one in question.choices if one.value != NONE] if question else []


def _bare(text: str, office: re.Pattern[str]) -> str:
    return office.sub("", normal(text))


def _expanded(form: str) -> str:
    return " ".join(_WORDS.get(word, word) for word in form.split())


def _compact(text: str, office: re.Pattern[str]) -> str:
    return _expanded(_bare(text, office)).replace(" ", "")

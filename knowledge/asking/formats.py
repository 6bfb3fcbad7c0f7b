"""Numbers, money, dates and periods, as each language writes them."""

import datetime as dt
import re

from knowledge.asking.answer import Language
from knowledge.asking.decision import Operation, Worked
from knowledge.asking.english import MONTHS
from knowledge.asking.texts import say
from knowledge.models import Figure, Nature, Qualifier
from knowledge.numerals import value

_PAGE = re.compile(r"^第?([0-9一二三四五六七八九十]+)版$")
_CHINESE_SCALES = ((1e8, "亿"), (1e4, "万"))
_ENGLISH_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_QUARTERS = {"Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度"}


def amount(figure: Figure, language: Language) -> str:
    """A figure's value with its unit and how exact it is: 超过1000种; CNY 1.2 billion (12亿元)."""
    chinese = _chinese_amount(figure)
    if language is not Language.EN:
        return chinese
    number = _english_number(figure.value)
    unit = figure.unit_en.strip()
    if figure.unit == "%":
        text = f"{number}%"
    elif unit == "CNY":
        text = f"CNY {number}"
    else:
        text = f"{number} {unit}".strip()
    text = _english_qualifier(figure.qualifier, text)
    # Whoever calls the bureau needs the figure as it is spoken there.
    return f"{text} ({chinese})" if figure.value >= 1e4 or unit == "CNY" else text


def _chinese_amount(figure: Figure) -> str:
    value, scale = figure.value, ""
    for size, name in _CHINESE_SCALES:
        if abs(value) >= size:
            value, scale = value / size, name
            break
    digits = f"{value:g}" if value != int(value) else str(int(value))
    match figure.qualifier:
        case Qualifier.ABOUT:
            return f"约{digits}{scale}{figure.unit}"
        case Qualifier.NEARLY:
            return f"近{digits}{scale}{figure.unit}"
        case Qualifier.OVER:
            return f"超过{digits}{scale}{figure.unit}"
        case Qualifier.ODD:
            return f"{digits}多{scale}{figure.unit}"
        case Qualifier.AT_LEAST:
            return f"{digits}{scale}{figure.unit}以上"
        case _:
            return f"{digits}{scale}{figure.unit}"


def _english_number(value: float) -> str:
    for size, name in _ENGLISH_SCALES:
        if abs(value) >= size:
            return f"{value / size:,.6g} {name}"
    return f"{value:,.6g}" if value != int(value) else f"{int(value):,}"


def _english_qualifier(qualifier: Qualifier, text: str) -> str:
    match qualifier:
        case Qualifier.ABOUT:
            return f"about {text}"
        case Qualifier.NEARLY:
            return f"nearly {text}"
        case Qualifier.OVER | Qualifier.ODD:
            return f"over {text}"
        case Qualifier.AT_LEAST:
            return f"{text} or more"
        case _:
            return text


def worked(found: Worked, language: Language) -> str:
    """What was worked out of two figures, with the sum: 相差1111个 (1210个 − 99个).

    Args:
        found: the figures and what comes out; of a share and a ratio one decimal is told, of an average three
            digits.
        language: which language.
    """
    match found.operation:
        case Operation.SHARE | Operation.RATIO:
            plain = round(found.result, 1)
        case Operation.AVERAGE:
            plain = float(f"{found.result:.3g}")
        case _:
            plain = found.result
    exact = found.exact and plain == found.result
    qualifier = Qualifier.EXACT if exact else Qualifier.ABOUT
    units = {Operation.SHARE: ("%", "%"), Operation.RATIO: ("倍", "times")}
    unit, unit_en = units.get(found.operation, (found.one.unit, found.one.unit_en))
    result = found.one.model_copy(
        update={"value": plain, "unit": unit, "unit_en": unit_en, "qualifier": qualifier}
    )
    return say(
        language,
        "worked",
        found.operation,
        result=amount(result, language),
        one=amount(found.one, language),
        other=amount(found.other, language),
    )


def nature(figure: Figure, language: Language) -> str:
    """The word for a figure that is not reached yet; empty for one that is."""
    return "" if figure.nature is Nature.ACTUAL else say(language, "answer", figure.nature.value)


def period(text: str, language: Language) -> str:
    """A period as people say it: 2021-Q1 → 2021年一季度, Q1 2021.

    Args:
        text: as in `Figure.period`; a trailing `..` means since then.
        language: which language.
    """
    if not text:
        return ""
    plain = text.removesuffix("..")
    year, _, rest = plain.partition("-")
    if language is Language.EN:
        said = _english_period(year, rest)
    else:
        month, _, day = rest.partition("-")
        said = f"{year}年" + (
            _QUARTERS.get(rest) or (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
        )
    return say(language, "answer", "since", period=said) if text.endswith("..") else said


def _english_period(year: str, rest: str) -> str:
    if not rest:
        return year
    if rest in _QUARTERS:
        return f"{rest} {year}"
    month, _, day = rest.partition("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}" if day else f"{MONTHS[int(month) - 1]} {year}"


def page(text: str, language: Language) -> str:
    """Where in a paper: 头版, 第2版; front page, page 2; a reply of staff. All else stays as it is."""
    if language is not Language.EN:
        return text
    if text in {"头版", "一版", "第一版"}:
        return "front page"
    if text == say(Language.HANS, "answer", "staff_reply"):
        return say(language, "answer", "staff_reply")
    return _PAGE.sub(lambda found: f"page {value(found[1]):g}", text)


def day(date: dt.date, language: Language) -> str:
    """A date in full: 2021年6月6日; 6 June 2021."""
    return period(date.isoformat(), language)


def _numeral(number: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    ten = (digits[tens] if tens > 1 else "") + "十" if tens else ""
    return ten + (digits[ones] if ones else "")


EARLY = 2
"""The month up to which it is the beginning of a year."""

_TENTH = 10
"""The days of each third of a month, by which people call it: 月初, 月中, 月底."""

_MONTHS = 12

_EARLY = ("年初", "beginning of the year", "early this year")


def days(date: dt.date) -> list[str]:
    """A date as people write it in a question, with and without its year."""
    month, number = MONTHS[date.month - 1], date.day
    chinese = [f"{date.month}月{number}{mark}" for mark in ("日", "号")]
    chinese += [f"{_numeral(date.month)}月{_numeral(number)}{mark}" for mark in ("日", "号")]
    english = [f"{name} {number}" for name in (month, month[:3])]
    english += [f"{number} {name}" for name in (month, month[:3])]
    years = [f"{date.year}年{text}" for text in chinese] + [f"{text} {date.year}" for text in english]
    short = [f"{date.month}{mark}{number}" for mark in "./"]
    for padded in ("", "02"):
        months, ours = f"{date.month:{padded}}", f"{number:{padded}}"
        short += [f"{date.year}{mark}{months}{mark}{ours}" for mark in "./"]
        # Where the day could be a month, only dots say that it stands first.
        short += [f"{ours}{mark}{months}{mark}{date.year}" for mark in ("./" if number > _MONTHS else ".")]
        short += [f"{months}/{ours}/{date.year}"] * (number > _MONTHS)
    part = "初" if number <= _TENTH else "中" if number <= 2 * _TENTH else "底"
    about = [f"{text}月{part}" for text in (str(date.month), _numeral(date.month))]
    return [*chinese, *english, *years, *short, date.isoformat(), *about, *early(date.month)]


def early(month: int) -> list[str]:
    """What the first months of a year are called: its beginning.

    Args:
        month: 1 to 12.
    """
    return list(_EARLY) if month <= EARLY else []

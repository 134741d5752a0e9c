#!/usr/bin/env python3
"""Writes exact_rows.h: operations with the answers of Python's decimal module (General Decimal Arithmetic, 34 digits,
half-even, exponents of decimal128) and of whole-number arithmetic over days, neither of which shares a line with ours.

    tests/unit/dmn/exact.py >tests/unit/dmn/exact_rows.h
"""
import random
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow, Underflow

random.seed(20260511)
DECIMAL128 = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, clamp=1,
                     traps=[Overflow, InvalidOperation, DivisionByZero, Underflow])
OPERATIONS = {"add": DECIMAL128.add, "subtract": DECIMAL128.subtract, "multiply": DECIMAL128.multiply,
              "divide": DECIMAL128.divide, "power": DECIMAL128.power}


def number(spread):
    digits = random.choice((1, 2, 9, 17, 18, 19, 20, 33, 34))
    coefficient = random.randrange(10 ** (digits - 1), 10 ** digits)
    if random.random() < 0.3:                                # ties and carries live at these
        coefficient = random.choice((10 ** digits - 1, 5 * 10 ** (digits - 1), 10 ** (digits - 1) + 5 if digits > 1 else 5))
    return Decimal((random.random() < 0.4, tuple(map(int, str(coefficient))), random.randint(-spread, spread)))


def decimals():
    for name, operation in OPERATIONS.items():
        rows = 0
        while rows < 60:
            spread = random.choice((0, 4, 20, 40, 3000))
            a, b = number(spread), number(spread)
            if name == "power":
                a, b = number(3), Decimal(random.randint(-30, 30))
            try:
                answer = operation(a, b)
            except (Overflow, InvalidOperation, DivisionByZero, Underflow):
                continue
            if a == 0 or b == 0 or answer == 0:
                continue
            # Powers of ours may be off by a unit of the last digit: only those that are exact are asked for.
            if name == "power" and Decimal(answer) != Context(prec=3000, Emin=-99999, Emax=99999).power(a, b):
                continue
            rows += 1
            yield name, a, b, answer
    for a in (Decimal(2), Decimal("0.5"), Decimal(10) ** 33 + 1, Decimal("1E-6000"), Decimal("9.99E+6000")):
        yield "sqrt", a, Decimal(1), DECIMAL128.sqrt(a)
    for _ in range(25):
        a = abs(number(30))
        yield "sqrt", a, Decimal(1), DECIMAL128.sqrt(a)


def days_before(year):
    """Days from 0000-01-01 to the first of January, in the proleptic Gregorian calendar."""
    y = year - 1
    return 365 * year + (y // 4 - y // 100 + y // 400 + 1)


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def civil(days):
    year = days * 400 // 146097
    while days_before(year) > days:
        year -= 1
    while days_before(year + 1) <= days:
        year += 1
    lengths = (31, 28 + is_leap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    left, month = days - days_before(year), 0
    while left >= lengths[month]:
        left -= lengths[month]
        month += 1
    return year, month + 1, left + 1


def written(days):
    year, month, day = civil(days)
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"


def week_of_year(days):
    """ISO 8601: the week that holds the year's Thursday of the same week."""
    thursday = days - (days + 5) % 7 + 3                     # 0000-01-01 was a Saturday
    return (thursday - days_before(civil(thursday)[0])) // 7 + 1


NAMES = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def days():
    first, last = days_before(-999999999), days_before(1000000000) - 1
    years = [-999999999, -999999996, -400000000, -10000, -401, -400, -101, -100, -4, -1, 0, 1, 4, 100, 400, 1582, 1899, 1900,
             1904, 1969, 1970, 1999, 2000, 2026, 2100, 9999, 10000, 400000000, 999999996, 999999999]
    for year in years:
        for day in (days_before(year), days_before(year) + 59, days_before(year + 1) - 1):
            step = random.choice((1, 365, 146097, 10 ** 6, 10 ** 9)) * (-1 if day > 0 else 1)
            assert first <= day + step <= last
            yield written(day), step, written(day + step), NAMES[day % 7], day - days_before(civil(day)[0]) + 1, week_of_year(day)


def main():
    print("/* Written by exact.py; not by hand. */")
    print("static const struct { const char *operation, *a, *b, *answer; } decimal_rows[] = {")
    for name, a, b, answer in decimals():
        print(f'  {{ "{name}", "{a:E}", "{b:E}", "{answer:E}" }},'.replace("E+", "e").replace("E-", "e-"))
    print("};")
    print("static const struct { const char *day; int64_t step; const char *later, *weekday; int day_of_year, week; } day_rows[] = {")
    for day, step, later, weekday, of_year, week in days():
        print(f'  {{ "{day}", {step}, "{later}", "{weekday}", {of_year}, {week} }},')
    print("};")


main()

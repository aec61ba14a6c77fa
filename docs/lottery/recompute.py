#!/usr/bin/env python3
"""Recomputes a mask round's lottery from its audit file, and says whether it is true.

    recompute.py AUDIT.csv [--commitment HEX] [--order UUID]

Needs nothing but Python 3 and shares no code with the centre. How the lottery is drawn is written in
README.md beside this file. Give the commitment you noted before the round closed; without it the
file is only checked against itself. With --order it also says what became of that order.

Exit codes: 0 the audit is true, 1 it is not, 2 it cannot be read.
"""

import argparse
import hashlib
import sys

HEADER = [
    "lottery-audit",
    "round",
    "commitment",
    "committed-at",
    "secret",
    "public-value",
    "seed",
    "supply",
    "orders",
    "winners",
]
COLUMNS = "position,order,rank,result"


class NotTrue(Exception):
    """The audit says what does not follow from it."""


class Unreadable(Exception):
    """The file is no audit."""


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def number(text, what):
    if not (text.isascii() and text.isdigit()):
        raise Unreadable(f"{what} is no number")
    return int(text)


def read(path):
    """The header's values and the lines (position, order, rank, result)."""
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    if lines.pop() != "":
        raise Unreadable("the file does not end with a line's end")
    header = {}
    for name in HEADER:
        key, comma, value = lines.pop(0).partition(",") if lines else ("", "", "")
        if key != name or not comma:
            raise Unreadable(f"the line {name} is missing")
        header[name] = value
    if header["lottery-audit"] != "1":
        raise Unreadable("the file is of another version")
    if not lines or lines.pop(0) != COLUMNS:
        raise Unreadable("the columns are not named")
    rows = [tuple(line.split(",")) for line in lines]
    if any(len(row) != 4 for row in rows):
        raise Unreadable("a line has not four columns")
    return header, rows


def expect(found, expected, what):
    if found != expected:
        raise NotTrue(f"{what}: the file says {found}, it should be {expected}")


def check(header, rows, noted):
    """Computes everything again from secret, public value, supply and the orders' ids."""
    expect(header["commitment"], sha256(header["secret"]), "commitment")
    if noted:
        expect(header["commitment"], noted.lower(), "commitment noted before closing")
    seed = sha256(f"{header['secret']}:{header['public-value']}")
    expect(header["seed"], seed, "seed")
    ids = [order for _, order, _, _ in rows]
    if len(set(ids)) != len(ids):
        raise NotTrue("an order is listed twice")
    expect(number(header["orders"], "orders"), len(ids), "orders")
    winners = min(number(header["supply"], "supply"), len(ids))
    expect(number(header["winners"], "winners"), winners, "winners")
    ranked = sorted((sha256(f"{seed}:{order}"), order) for order in ids)
    for place, ((rank, order), row) in enumerate(zip(ranked, rows), start=1):
        result = "won" if place <= winners else "lost"
        expect(row, (str(place), order, rank, result), f"position {place}")
    return winners


def main():
    parser = argparse.ArgumentParser(description="Recomputes a lottery from its audit file.")
    parser.add_argument("audit")
    parser.add_argument("--commitment", help="what was published before the round closed")
    parser.add_argument("--order", help="an order's id")
    asked = parser.parse_args()
    try:
        header, rows = read(asked.audit)
        winners = check(header, rows, asked.commitment)
    except NotTrue as reason:
        print(f"NOT TRUE: {reason}")
        return 1
    except (OSError, UnicodeDecodeError, Unreadable) as reason:
        print(f"unreadable: {reason}", file=sys.stderr)
        return 2
    print(f"true: {len(rows)} orders, {winners} won, round {header['round']}")
    if asked.order:
        found = [row for row in rows if row[1] == asked.order.lower()]
        if not found:
            print("that order is not in the round")
            return 1
        print(f"order {found[0][1]}: position {found[0][0]}, {found[0][3]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Two APDUs by pyscard's thin layer, timed: a line `open N` or `connect N` on standard input, and the
nanoseconds of each of N exchanges on one line of standard output."""

import sys
import time

from smartcard.scard import (
    SCARD_LEAVE_CARD,
    SCARD_PCI_T1,
    SCARD_PROTOCOL_T0,
    SCARD_PROTOCOL_T1,
    SCARD_S_SUCCESS,
    SCARD_SCOPE_USER,
    SCARD_SHARE_SHARED,
    SCardBeginTransaction,
    SCardConnect,
    SCardDisconnect,
    SCardEndTransaction,
    SCardEstablishContext,
    SCardTransmit,
)

READER = sys.argv[1]
SELECT = list(bytes.fromhex("00A4040010D1580000010000000000000000001100"))
READ = list(bytes.fromhex("00CA1100020000"))
PROTOCOLS = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1


def done(result):
    """The values behind the status, which must be success."""
    status, *values = result if isinstance(result, list) else [result]
    if status != SCARD_S_SUCCESS:
        sys.exit(f"status {status & 0xFFFFFFFF:#010x}")
    return values


def two_apdus(card):
    done(SCardTransmit(card, SCARD_PCI_T1, SELECT))
    (answer,) = done(SCardTransmit(card, SCARD_PCI_T1, READ))
    if len(answer) != 59:
        sys.exit("READ answered too little")


def connected(context):
    card, _ = done(SCardConnect(context, READER, SCARD_SHARE_SHARED, PROTOCOLS))
    done(SCardBeginTransaction(card))
    two_apdus(card)
    done(SCardEndTransaction(card, SCARD_LEAVE_CARD))
    done(SCardDisconnect(card, SCARD_LEAVE_CARD))


(context,) = done(SCardEstablishContext(SCARD_SCOPE_USER))
for line in sys.stdin:
    kind, count = line.split()
    card = None
    if kind == "open":
        card, _ = done(SCardConnect(context, READER, SCARD_SHARE_SHARED, PROTOCOLS))
    times_ns = []
    for _ in range(int(count)):
        begun_ns = time.perf_counter_ns()
        if card is None:
            connected(context)
        else:
            two_apdus(card)
        times_ns.append(time.perf_counter_ns() - begun_ns)
    if card is not None:
        done(SCardDisconnect(card, SCARD_LEAVE_CARD))
    print(*times_ns, flush=True)

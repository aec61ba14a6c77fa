//! What `--help` says after the options.

/// Commands, faults and kinds; `docs/virtual-card.md` says more.
pub(crate) const TEXT: &str = "\
Starting inserts the card; SIGTERM, Ctrl-C or a line `pull` on standard input takes it out and ends the
program. Once the reader has switched the card on, `inserted` is printed; when it was taken out, `removed`.
With --empty or --control the program stays, and many cards are played in turn.

Commands, a line each, answered by `ok …` or `error …`:
  insert [FILE.toml] [key=value …]   a profile's file, its keys changed (fault=… may be repeated)
  pull                               out
  swap [FILE.toml] [key=value …]     out, and another in at once
  reinsert MS                        out, and the same in again after so many milliseconds
  fault FAULT                        from now on this is wrong with every card
  nasty SEED                         from now on faults are drawn from a seed
  clear                              no more of either
  status                             what is in, and what is wrong
  events [timed]                     tells this client what happens (with CLOCK_MONOTONIC in ns)
  quit                               out, and ends

Faults (several may be given, also in a profile as `faults = [..]`); POINT is select, read or get-response:
  mute, wrong-way                no usable answer to reset
  mute-resets:N                  none the first N times it is switched on
  mute-insertions:N              none at the first N insertions
  unknown-atr                    an answer to reset that no list names
  flicker:N/MS                   out and in again N times within so many milliseconds
  pulled-at-power-on             the card is out as it is switched on
  pulled-during-POINT            the card is out at this command
  pulled-within-POINT            half an answer comes, then the card is out
  swapped-during-POINT:FILE      another card is in its place from this command on
  swapped-unseen-during-POINT:FILE   the same, and the reader does not see it
  slow:MS, slow-POINT:MS         READ, or this command, takes so much longer
  empty-answer, empty-POINT      READ, or this command, is answered by nothing
  no-select                      SELECT is refused, READ answers: some real cards do so
  refused:SW                     READ is refused with this status word (hexadecimal)
  61xx, endless-61xx             the data must be fetched by GET RESPONSE; without end
  6cxx, endless-6cxx             the card names the length it wants first; without end
  garbled                        READ answers 57 bytes of noise
  garbage:SEED                   each command is answered by noise of any length
  short                          READ answers one byte too few
  bad-check-digit                the person number's last digit is wrong
  worn                           name, sex and dates cannot be read, the two numbers can

Kinds (--kind, or `kind = ..` in a profile): nhi, citizen, health-professional, bank, easycard, icash,
sim, unknown: their answer to reset, and a refusal of SELECT and READ.";

//! Whole-system journeys on real parts, the bad input of every day, and the architecture's rules.
//! All of it lies in `tests/`; the parts come from the crate `stage`.

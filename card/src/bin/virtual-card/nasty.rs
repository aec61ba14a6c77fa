//! The nasty card: what is wrong is drawn from a seed, for each insertion and each command.

use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::fault::{Fault, Point};

/// Draws faults; the same seed draws the same ones in the same order.
pub(crate) struct Nasty {
    seed: u64,
    random: ChaCha8Rng,
}

impl Nasty {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            random: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    pub(crate) fn seed(&self) -> u64 {
        self.seed
    }

    /// What is wrong with the card as it is put in; nothing every other time.
    pub(crate) fn at_insertion(&mut self) -> Option<Fault> {
        Some(match self.below(16) {
            0 => Fault::Mute,
            1 | 2 => Fault::MuteResets(1 + self.below(3)),
            3 => Fault::UnknownAtr,
            4 | 5 => Fault::Flicker {
                times: 1 + self.below(5),
                within: Duration::from_millis(u64::from(50 + self.below(1500))),
            },
            6 => Fault::Pulled(Point::PowerOn),
            7 => Fault::NoSelect,
            _ => return None,
        })
    }

    /// What goes wrong at one command; nothing two times out of three.
    pub(crate) fn at_command(&mut self, point: Point) -> Option<Fault> {
        Some(match self.below(36) {
            0 => Fault::Pulled(point),
            1 => Fault::PulledWithin(point),
            2 | 3 => Fault::Empty(point),
            4 | 5 => Fault::Slow(point, Duration::from_millis(u64::from(self.below(800)))),
            6 => Fault::Slow(point, Duration::from_secs(12)),
            7 | 8 => Fault::Garbage(u64::from(self.random.next_u32())),
            9 => Fault::EndlessGetResponse,
            10 => Fault::EndlessLength,
            11 => Fault::Short,
            12 => Fault::Garbled,
            13 => Fault::BadCheckDigit,
            14 => Fault::GetResponse,
            15 => Fault::NamedLength,
            _ => return None,
        })
    }

    fn below(&mut self, limit: u32) -> u32 {
        self.random.next_u32() % limit
    }
}

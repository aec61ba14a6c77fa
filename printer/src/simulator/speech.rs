//! What the printer says, and how its answers are lost, late or doubled on request.

use super::engine::Simulator;
use crate::profile::Presenter;

impl Simulator {
    /// The answers due by now.
    pub fn answers(&mut self, now_ms: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        while self
            .answers
            .front()
            .is_some_and(|(due_ms, _)| *due_ms <= now_ms)
        {
            bytes.extend(
                self.answers
                    .pop_front()
                    .into_iter()
                    .flat_map(|(_, answer)| answer),
            );
        }
        bytes
    }

    pub(super) fn answer(&mut self, now_ms: u64, bytes: Vec<u8>) {
        self.answered += 1;
        if self.faults.mute || (self.faults.lossy && self.answered.is_multiple_of(2)) {
            return;
        }
        if self.faults.lose_next > 0 {
            self.faults.lose_next -= 1;
            return;
        }
        let due_ms = now_ms + self.faults.late_ms;
        if self.faults.stray {
            self.answers.push_back((due_ms, vec![0x1E]));
        }
        if self.faults.double {
            self.answers.push_back((due_ms, bytes.clone()));
        }
        self.answers.push_back((due_ms, bytes));
    }

    /// Says something nobody asked for.
    pub(super) fn say(&mut self, now_ms: u64, bytes: Vec<u8>) {
        self.answers.push_back((now_ms, bytes));
    }

    pub(super) fn identify(&mut self, now_ms: u64, question: u8) {
        let text: &[u8] = match question {
            1 | 49 => return self.answer(now_ms, vec![0x20]),
            2 | 50 => return self.answer(now_ms, vec![0x02]),
            3 | 51 => return self.answer(now_ms, vec![0x01]),
            65 => b"1.00",
            66 => b"VIRTUAL",
            67 => b"VP-80",
            68 => b"0",
            69 => b"BIG5",
            _ => b"",
        };
        let mut block = vec![0x5F];
        block.extend_from_slice(text);
        block.push(0);
        self.answer(now_ms, block);
    }

    pub(super) fn tell_all(&mut self, now_ms: u64) {
        if self.build.profile.answers.presenter == Presenter::Custom {
            let near_end_rows = self.near_end_rows();
            let answer = self.faults.full(self.paper_rows, near_end_rows, self.mouth);
            self.answer(now_ms, answer.to_vec());
        }
    }
}

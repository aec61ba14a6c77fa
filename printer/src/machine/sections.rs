//! A slip in sections, each with a fence of its own (`GS ( H` fn 48) where the printer proves printing:
//! so it is known where the paper ended. Only when every fence came back in its order is the slip proved:
//! one that is missing may have been lost with the bytes before it.

use std::collections::VecDeque;

use crate::job::JobId;

/// The least bytes worth a fence of eleven.
const LEAST_BYTES: usize = 512;
/// The most sections; the last sign stands for the end.
const MOST: usize = 48;
const END: u8 = 63;

/// The fences of one slip.
#[derive(Debug)]
pub(super) struct Sections {
    job: JobId,
    section_bytes: usize,
    sent_bytes: usize,
    fenced_bytes: usize,
    next: u8,
    out: VecDeque<([u8; 4], usize)>,
    on_paper_bytes: usize,
    ended: bool,
    missed: bool,
    /// The fence behind the last dot, ahead of the cut, until it came back.
    ink: Option<[u8; 4]>,
    ink_on_paper: bool,
}

impl Sections {
    pub(super) fn new(job: JobId, total_bytes: usize) -> Self {
        Self {
            job,
            section_bytes: LEAST_BYTES.max(total_bytes / MOST),
            sent_bytes: 0,
            fenced_bytes: 0,
            next: 0,
            out: VecDeque::new(),
            on_paper_bytes: 0,
            ended: false,
            missed: false,
            ink: None,
            ink_on_paper: false,
        }
    }

    /// Bytes of the slip were sent; the fence to send behind them, if a section is full.
    pub(super) fn sent(&mut self, bytes: usize) -> Option<Vec<u8>> {
        self.sent_bytes += bytes;
        (self.sent_bytes - self.fenced_bytes >= self.section_bytes).then(|| self.fence(self.next))
    }

    /// The fence behind the last dot, ahead of feed and cut.
    pub(super) fn ink_end(&mut self, bytes: usize) -> Vec<u8> {
        self.sent_bytes += bytes;
        let fence = self.fence(self.next);
        self.ink = self.out.back().map(|(id, _)| *id);
        fence
    }

    /// The fence behind the last byte, once.
    pub(super) fn end(&mut self) -> Option<Vec<u8>> {
        if self.ended {
            return None;
        }
        self.ended = true;
        Some(self.fence(END))
    }

    fn fence(&mut self, section: u8) -> Vec<u8> {
        self.next = (self.next + 1) % END;
        self.fenced_bytes = self.sent_bytes;
        // Three signs tell the slip from 262,143 others (the highest bits of a product, so that any
        // numbering spreads over them), the fourth the section.
        let job = self.job.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 46;
        let id = [job, job >> 6, job >> 12, u64::from(section)]
            .map(|rest| b'0' + u8::try_from(rest % 64).unwrap_or(0));
        self.out.push_back((id, self.sent_bytes));
        let mut question = vec![0x1D, b'(', b'H', 6, 0, 0x30, 0x30];
        question.extend_from_slice(&id);
        question
    }

    /// An answer came; whether it is one of ours that is out.
    pub(super) fn proved(&mut self, id: [u8; 4]) -> bool {
        let Some(place) = self.out.iter().position(|(out, _)| *out == id) else {
            return false;
        };
        self.missed |= place > 0;
        self.ink_on_paper |= self.ink == Some(id) && !self.missed;
        if let Some((_, end_bytes)) = self.out.drain(..=place).next_back() {
            self.on_paper_bytes = end_bytes;
        }
        true
    }

    /// Whether all of the slip is proved to be on paper.
    pub(super) fn is_whole(&self) -> bool {
        self.ended && self.out.is_empty() && !self.missed
    }

    /// Whether every dot is proved to be on paper, though perhaps not fed out and cut.
    pub(super) const fn is_ink_on_paper(&self) -> bool {
        self.ink_on_paper
    }

    /// Whether the proof can still become whole.
    pub(super) const fn is_missed(&self) -> bool {
        self.missed
    }

    /// Bytes up to the last fence that came back.
    pub(super) const fn on_paper_bytes(&self) -> usize {
        self.on_paper_bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(fence: &[u8]) -> [u8; 4] {
        let mut id = [0; 4];
        id.copy_from_slice(&fence[7..]);
        id
    }

    /// Protects the highest grade: only all fences in their order prove a slip; another slip's, a late
    /// or a doubled one proves nothing, and a missing one spoils the proof.
    #[test]
    fn only_all_fences_prove() {
        let fences = |job| {
            let mut sections = Sections::new(JobId(job), 1200);
            assert_eq!(sections.sent(500), None);
            let first = sections
                .sent(100)
                .map(|fence| id(&fence))
                .unwrap_or_default();
            assert_eq!(sections.sent(100), None);
            let end = sections.end().map(|fence| id(&fence)).unwrap_or_default();
            assert_eq!(sections.end(), None);
            (sections, first, end)
        };
        let (mut sections, first, end) = fences(7);
        let (_, other, _) = fences(8);
        assert!(!sections.proved(other));
        assert!(sections.proved(first) && !sections.is_whole());
        assert_eq!(sections.on_paper_bytes(), 600);
        assert!(!sections.proved(first), "doubled");
        assert!(sections.proved(end) && sections.is_whole());
        let (mut sections, _, end) = fences(9);
        assert!(sections.proved(end) && !sections.is_whole());
    }
}

//! Our driver under crate `escpos`. It keeps each instruction as one piece instead of writing it:
//! the worker sends the pieces over the transport and may ask the printer between two of them, but
//! never within one. The crate's own drivers block for ever and resend everything after a failure.

use std::cell::RefCell;
use std::rc::Rc;

use escpos::driver::Driver;
use escpos::errors::{PrinterError, Result};

/// Collects instructions in order. Clones share what was collected.
#[derive(Clone, Default)]
pub struct Collector {
    pieces: Rc<RefCell<Vec<Vec<u8>>>>,
}

impl Collector {
    /// What was collected so far, one item an instruction; the collector is empty afterwards.
    #[must_use]
    pub fn take(&self) -> Vec<Vec<u8>> {
        self.pieces.take()
    }
}

impl Driver for Collector {
    fn name(&self) -> String {
        "collector".to_owned()
    }

    fn write(&self, data: &[u8]) -> Result<()> {
        self.pieces.try_borrow_mut()?.push(data.to_vec());
        Ok(())
    }

    fn read(&self, _buffer: &mut [u8]) -> Result<usize> {
        // Answers are sorted by the reader thread; the crate would take anybody's answer for its own.
        Err(PrinterError::Io("answers are not read here".to_owned()))
    }

    fn flush(&self) -> Result<()> {
        Ok(())
    }
}

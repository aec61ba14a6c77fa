//! Codes: as large as the head allows with their quiet zones, read again before they are taken.

use super::{LEADING, Setter};
use crate::codes::{self, BAR_ROWS, QUIET_MODULES};
use crate::error::Error;
use crate::page::{Align, Size, Symbol, Words};
use crate::raster::centred;
use crate::sheet::{Run, Scale, Strip};
use crate::verify;

impl Setter<'_> {
    /// Bars across the paper where they fit with their quiet zone, along the paper where not: a bar
    /// code too wide for the head is silently left out by printers.
    pub(super) fn bars(
        &mut self,
        symbol: Symbol,
        data: &str,
        caption: &Words,
    ) -> Result<(), Error> {
        let width = self.width.dots();
        let bars = codes::bars(symbol, data, BAR_ROWS)?;
        let length = codes::dots(symbol, data)?;
        if length + 2 * codes::QUIET_DOTS > codes::LONGEST_DOTS {
            return Err(Error::CodeTooWide {
                kind: codes::name(symbol),
            });
        }
        if !caption.text.is_empty() {
            self.words(caption, Size::Small, Align::Left, false)?;
        }
        self.close_dots();
        let along = length + 2 * codes::QUIET_DOTS > width;
        let own = match symbol {
            Symbol::Code39 => self.profile.codes.code39,
            Symbol::Code128 => self.profile.codes.code128,
        };
        if along {
            let picture = centred(&bars.turned(), width);
            verify::bars(symbol, data, &picture, true)?;
            self.feed(codes::QUIET_DOTS);
            self.strips.push(Strip::Dots(picture));
            self.feed(codes::QUIET_DOTS);
        } else {
            let picture = codes::in_the_middle(&bars, length, width);
            verify::bars(symbol, data, &picture, false)?;
            self.strips.push(if own {
                Strip::Bars {
                    symbol,
                    data: data.to_owned(),
                }
            } else {
                Strip::Dots(picture)
            });
        }
        // For the clerk's keyboard when the scanner fails.
        let text = Run {
            text: data.to_owned(),
            bold: false,
        };
        self.feed(4);
        self.line(vec![text], Scale::ONE, Align::Centre, LEADING);
        self.feed(LEADING);
        Ok(())
    }

    /// A QR code with modules as large as old telephones like and the head allows.
    pub(super) fn qr(&mut self, data: &str) -> Result<(), Error> {
        let width = self.width.dots();
        let modules = codes::qr_modules(data)?;
        let fitting = width / (modules + 2 * QUIET_MODULES);
        let module_dots = fitting.min(codes::QR_MODULE_DOTS);
        if module_dots < codes::QR_SMALLEST_DOTS {
            return Err(Error::CodeTooWide { kind: "QR code" });
        }
        let picture = centred(
            &codes::qr(data.as_bytes(), module_dots, codes::QR_LEVEL)?,
            width,
        );
        verify::qr(data, &picture)?;
        self.feed(4 * module_dots);
        self.strips.push(if self.profile.codes.qr {
            Strip::Qr {
                data: data.to_owned(),
                module_dots,
            }
        } else {
            Strip::Dots(picture)
        });
        self.feed(4 * module_dots);
        Ok(())
    }
}

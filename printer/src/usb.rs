//! Printers of the USB printer class, without the kernel's `usblp`: which interface is the right one is
//! decided here by what the device says of itself, the bytes go through crate `nusb`.

use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use nusb::descriptors::TransferType;
use nusb::transfer::{Bulk, Direction, In, Out};
use nusb::{Endpoint, MaybeFuture};

use crate::clock;
use crate::error::Error;

/// USB's number of the printer class, and of its one subclass.
const PRINTER_CLASS: u8 = 7;
const PRINTER_SUBCLASS: u8 = 1;
/// Its protocols: one way, both ways.
const ONE_WAY: u8 = 1;
const BOTH_WAYS: u8 = 2;

/// An interface as the device describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Described {
    number: u8,
    alternate: u8,
    class: u8,
    subclass: u8,
    protocol: u8,
    /// Addresses of its bulk endpoints; the highest bit says that it is an ear.
    bulk: Vec<u8>,
}

/// The interface to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Chosen {
    number: u8,
    alternate: u8,
    out: u8,
    ear: Option<u8>,
}

/// Of a device's interfaces the one to print over: one that answers before one that does not; vendor's
/// own and packet protocols (IEEE 1284.4) are left alone.
fn choose(interfaces: &[Described]) -> Option<Chosen> {
    let chosen = |described: &Described| {
        let ear = described.bulk.iter().copied().find(|end| end & 0x80 != 0);
        Some(Chosen {
            number: described.number,
            alternate: described.alternate,
            out: described.bulk.iter().copied().find(|end| end & 0x80 == 0)?,
            ear: ear.filter(|_| described.protocol == BOTH_WAYS),
        })
    };
    let printers = || {
        interfaces.iter().filter(|described| {
            described.class == PRINTER_CLASS && described.subclass == PRINTER_SUBCLASS
        })
    };
    printers()
        .filter(|described| described.protocol == BOTH_WAYS)
        .filter_map(chosen)
        .find(|chosen| chosen.ear.is_some())
        .or_else(|| {
            printers()
                .filter(|described| matches!(described.protocol, ONE_WAY | BOTH_WAYS))
                .find_map(chosen)
        })
}

/// The writing end of a USB printer.
pub(crate) struct UsbOut(Endpoint<Bulk, Out>);

/// The reading end.
pub(crate) struct UsbEar(Endpoint<Bulk, In>);

/// Opens the device with these numbers and takes its printer interface from the kernel.
///
/// # Errors
/// [`Error::UsbAbsent`], [`Error::UsbNoPrinter`] or [`Error::OpenUsb`].
pub(crate) fn open(vendor: u16, product: u16) -> Result<(UsbOut, Option<UsbEar>), Error> {
    let failed = |source: nusb::Error| Error::OpenUsb {
        vendor,
        product,
        source: source.into(),
    };
    let device = nusb::list_devices()
        .wait()
        .map_err(failed)?
        .find(|device| device.vendor_id() == vendor && device.product_id() == product)
        .ok_or(Error::UsbAbsent { vendor, product })?
        .open()
        .wait()
        .map_err(failed)?;
    let no_printer = Error::UsbNoPrinter { vendor, product };
    let Ok(configuration) = device.active_configuration() else {
        return Err(no_printer);
    };
    let interfaces: Vec<Described> = configuration
        .interface_alt_settings()
        .map(|setting| Described {
            number: setting.interface_number(),
            alternate: setting.alternate_setting(),
            class: setting.class(),
            subclass: setting.subclass(),
            protocol: setting.protocol(),
            bulk: setting
                .endpoints()
                .filter(|end| end.transfer_type() == TransferType::Bulk)
                .map(|end| match end.direction() {
                    Direction::In => end.address() | 0x80,
                    Direction::Out => end.address() & 0x7F,
                })
                .collect(),
        })
        .collect();
    let chosen = choose(&interfaces).ok_or(no_printer)?;
    let interface = device
        .detach_and_claim_interface(chosen.number)
        .wait()
        .map_err(failed)?;
    if chosen.alternate != 0 {
        interface
            .set_alt_setting(chosen.alternate)
            .wait()
            .map_err(failed)?;
    }
    let out = interface.endpoint(chosen.out).map_err(failed)?;
    let ear = chosen
        .ear
        .map(|address| interface.endpoint(address))
        .transpose()
        .map_err(failed)?;
    Ok((UsbOut(out), ear.map(UsbEar)))
}

impl UsbOut {
    /// Writes all of it in transfers of at most `piece_bytes`, or fails at the deadline.
    pub(crate) fn write(
        &mut self,
        bytes: &[u8],
        piece_bytes: usize,
        deadline: Instant,
    ) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let patience = deadline.saturating_duration_since(clock::now());
            if patience.is_zero() {
                return Err(ErrorKind::TimedOut.into());
            }
            let piece = &rest[..rest.len().min(piece_bytes)];
            let sent = self.0.transfer_blocking(piece.to_vec().into(), patience);
            rest = &rest[sent.actual_len.min(piece.len())..];
            match sent.status {
                Ok(()) if sent.actual_len == 0 => return Err(ErrorKind::WriteZero.into()),
                // The deadline is looked at above.
                Ok(()) | Err(nusb::transfer::TransferError::Cancelled) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

impl UsbEar {
    /// Bytes as they come; 0 when none came within the patience.
    pub(crate) fn listen(&mut self, buffer: &mut [u8], patience: Duration) -> io::Result<usize> {
        if self.0.pending() == 0 {
            // One packet at a time: what is asked for is never longer than the buffer.
            let packet = self.0.allocate(self.0.max_packet_size());
            self.0.submit(packet);
        }
        let Some(heard) = self.0.wait_next_complete(patience) else {
            return Ok(0);
        };
        heard.status?;
        let count = heard.actual_len.min(buffer.len());
        buffer[..count].copy_from_slice(&heard.buffer[..count]);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(number: u8, protocol: u8, bulk: &[u8]) -> Described {
        Described {
            number,
            class: PRINTER_CLASS,
            subclass: PRINTER_SUBCLASS,
            protocol,
            bulk: bulk.to_vec(),
            ..Described::default()
        }
    }

    /// Protects the choice among a device's interfaces: printer class only, one that answers first,
    /// packet protocols never, and a one-way printer has no ear whatever its endpoints.
    #[test]
    fn the_answering_printer_interface_is_chosen() {
        let keyboard = Described {
            class: 3,
            bulk: vec![0x01, 0x82],
            ..Described::default()
        };
        let one_way = described(1, ONE_WAY, &[0x01, 0x81]);
        let both = described(2, BOTH_WAYS, &[0x82, 0x02]);
        let packets = described(3, 3, &[0x03, 0x83]);
        let of = |interfaces: &[&Described]| {
            let interfaces: Vec<Described> = interfaces.iter().copied().cloned().collect();
            choose(&interfaces).map(|chosen| (chosen.number, chosen.out, chosen.ear))
        };
        assert_eq!(of(&[&keyboard, &packets]), None);
        assert_eq!(of(&[&one_way, &packets]), Some((1, 0x01, None)));
        assert_eq!(
            of(&[&keyboard, &one_way, &both]),
            Some((2, 0x02, Some(0x82)))
        );
        let deaf = described(4, BOTH_WAYS, &[0x04]);
        assert_eq!(of(&[&deaf]), Some((4, 0x04, None)));
    }
}

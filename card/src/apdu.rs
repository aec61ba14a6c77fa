//! The bytes exchanged with the card: commands, status words, and T=0's detours.

use zeroize::Zeroizing;

/// SELECT of the NHI's application: its answer is logged, never judged.
pub(crate) const SELECT: [u8; 21] = [
    0x00, 0xA4, 0x04, 0x00, 0x10, 0xD1, 0x58, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x11, 0x00,
];

/// READ of the open fields: its answer decides.
pub(crate) const READ: [u8; 7] = [0x00, 0xCA, 0x11, 0x00, 0x02, 0x00, 0x00];

/// The status word of success.
pub(crate) const DONE: u16 = 0x9000;

/// Detours (`61 xx`, `6C xx`) followed before the answer is taken as it is.
const DETOURS_MAX: usize = 4;

/// One transmission to the card and its raw answer, status word included; the seam of the tests.
pub(crate) trait Link {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, pcsc::Error>;
}

/// What a card answered to one command.
pub(crate) struct Response {
    /// The data without the status word; zeroed when dropped.
    pub(crate) data: Zeroizing<Vec<u8>>,
    /// The status word.
    pub(crate) status: u16,
}

/// Why there is no response.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ExchangeError {
    /// Fewer than two bytes came: a card pulled during a command answers so, with success.
    Empty,
    /// The resource manager said no.
    Link(pcsc::Error),
}

impl From<pcsc::Error> for ExchangeError {
    fn from(error: pcsc::Error) -> Self {
        Self::Link(error)
    }
}

/// Sends one command, fetching what `61 xx` announces and repeating with the length `6C xx` asks for.
pub(crate) fn exchange(link: &mut impl Link, command: &[u8]) -> Result<Response, ExchangeError> {
    let mut data = Zeroizing::new(Vec::with_capacity(258));
    let mut next = command.to_vec();
    for detour in 0.. {
        let raw = link.transmit(&next)?;
        let Some((part, &[sw1, sw2])) = raw.split_last_chunk::<2>() else {
            return Err(ExchangeError::Empty);
        };
        data.extend_from_slice(part);
        match sw1 {
            0x61 if detour < DETOURS_MAX => next = vec![0x00, 0xC0, 0x00, 0x00, sw2],
            0x6C if detour < DETOURS_MAX => {
                data.clear();
                if let Some(length) = next.last_mut() {
                    *length = sw2;
                }
            }
            _ => {
                return Ok(Response {
                    data,
                    status: u16::from_be_bytes([sw1, sw2]),
                });
            }
        }
    }
    Err(ExchangeError::Empty)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
pub(crate) mod tests {
    use super::*;

    /// A link that expects these commands in this order and answers each.
    pub(crate) struct Script(pub(crate) Vec<Step>);

    /// A command and its answer.
    type Step = (Vec<u8>, Result<Vec<u8>, pcsc::Error>);

    impl Link for Script {
        fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, pcsc::Error> {
            let (expected, answer) = self.0.remove(0);
            assert_eq!(command, expected.as_slice());
            answer.map(Zeroizing::new)
        }
    }

    fn hex(text: &str) -> Vec<u8> {
        text.as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    /// Protects the two commands byte by byte: public code has got the nine zeros wrong.
    #[test]
    fn commands_are_the_cards_own() {
        assert_eq!(
            SELECT.to_vec(),
            hex("00A4040010D1580000010000000000000000001100")
        );
        assert_eq!(SELECT[10..19], [0; 9]);
        assert_eq!(READ.to_vec(), hex("00CA1100020000"));
    }

    /// Protects T=0 cards: announced data is fetched, in pieces if need be.
    #[test]
    fn announced_data_is_fetched() {
        let mut link = Script(vec![
            (READ.to_vec(), Ok(hex("6103"))),
            (hex("00C0000003"), Ok(hex("AABBCC6101"))),
            (hex("00C0000001"), Ok(hex("DD9000"))),
        ]);
        let response = exchange(&mut link, &READ).unwrap();
        assert_eq!(response.status, DONE);
        assert_eq!(*response.data, hex("AABBCCDD"));
    }

    /// Protects T=0 cards: the command is repeated with the length the card names.
    #[test]
    fn wrong_length_is_corrected_once_named() {
        let mut link = Script(vec![
            (READ.to_vec(), Ok(hex("6C02"))),
            (hex("00CA1100020002"), Ok(hex("AABB9000"))),
        ]);
        assert_eq!(*exchange(&mut link, &READ).unwrap().data, hex("AABB"));
    }

    /// Protects against a pulled card (zero bytes, success) and a card that sends detours forever.
    #[test]
    fn empty_answers_and_endless_detours_end() {
        let mut pulled = Script(vec![(READ.to_vec(), Ok(Vec::new()))]);
        assert_eq!(
            exchange(&mut pulled, &READ).err(),
            Some(ExchangeError::Empty)
        );
        let mut steps = vec![(READ.to_vec(), Ok(hex("6101")))];
        steps.extend((0..DETOURS_MAX).map(|_| (hex("00C0000001"), Ok(hex("6101")))));
        assert_eq!(exchange(&mut Script(steps), &READ).unwrap().status, 0x6101);
    }
}

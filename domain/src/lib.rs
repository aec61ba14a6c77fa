//! The rules of the terminal, pure: people, campaigns, operations and the visit.
//!
//! Nothing here reads a clock, a file or the environment, and nothing here is random: time arrives
//! as a value, decisions leave as values. Rule numbers (`I3`, `V9`, `M13`) refer to the project's
//! numbered domain rules.

pub mod campaign;
pub mod card_number;
pub mod card_reading;
pub mod channel;
pub mod collection_code;
pub mod email;
pub mod look_up;
pub mod mask;
pub mod mobile;
pub mod operation;
pub mod password;
pub mod person_name;
pub mod person_number;
pub mod pickup;
pub mod registration;
pub mod roc_date;
pub mod roster;
pub mod sign_in;
pub mod slip;
pub mod taipei;
pub mod vaccine;
pub mod visit;

pub use card_number::CardNumber;
pub use card_reading::CardReading;
pub use email::EmailAddress;
pub use mobile::MobileNumber;
pub use person_name::PersonName;
pub use person_number::{PersonNumber, PersonNumberError, PersonNumberKind, ResidenceClass};

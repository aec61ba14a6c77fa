//! Masks: pre-orders, their lottery and payment, counter sales, and the one record of purchases over
//! all channels (M1–M19). Fetching an order is in [`crate::pickup`].

pub mod account;
pub mod ledger;
pub mod lottery;
pub mod order;
pub mod payment;
pub mod request;
pub mod sale;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod ledger_tests;

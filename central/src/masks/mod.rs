//! Masks at the centre: pre-orders, the lottery, payments, stores, and the one record of purchases.
//!
//! | module | duty |
//! | --- | --- |
//! | [`round`] | a round's commitment and its gates (M7, M8) |
//! | [`preorder`] | ordering, ordering again, what stands (M1, M6, M10) |
//! | [`closing`] | closing, the lottery, the audit (M8) |
//! | [`payment`], [`bank_file`] | payments, from a bank's file or a card operator (M9) |
//! | [`settlement`] | what was not paid in time is void (M9) |
//! | [`pickup`] | what the stores hand out, stores that moved (M11, M14) |
//! | [`telling`] | what people are told of their orders (M19) |
//! | [`ledger`] | the record of purchases and sales over a counter (M2–M5, M16, M18) |

pub mod audit;
pub mod bank_file;
pub mod closing;
pub mod ledger;
pub(crate) mod listing;
pub mod payment;
pub mod pickup;
pub mod preorder;
pub mod round;
pub mod settlement;
mod sql;
pub mod telling;

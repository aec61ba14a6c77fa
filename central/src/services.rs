//! What the centre asks others for, each behind a port, and its limits.

use axum::http::HeaderName;

use crate::accounts::mobile_operator::{MobileOperator, NoOperator};
use crate::captcha::{Captchas, DrawnCaptchas};
use crate::http::limit::Limits;

/// The ports and limits of a centre.
#[derive(Debug)]
pub struct Services {
    /// Draws captchas.
    pub captchas: Box<dyn Captchas>,
    /// The carriers, asked about a mobile number (R3).
    pub mobile_operator: Box<dyn MobileOperator>,
    /// How often somebody may try.
    pub limits: Limits,
    /// Where links in e-mails lead, without a slash at the end.
    pub public_address: String,
}

impl Services {
    /// The services of a centre reached by people at this address.
    #[must_use]
    pub fn new(public_address: String, address_header: Option<HeaderName>) -> Self {
        Self {
            captchas: Box::new(DrawnCaptchas),
            mobile_operator: Box::new(NoOperator),
            limits: Limits::new(address_header),
            public_address,
        }
    }
}

impl Default for Services {
    fn default() -> Self {
        Self::new("http://localhost".to_owned(), None)
    }
}

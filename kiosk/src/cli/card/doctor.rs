//! `kiosk card doctor`: why cards can or cannot be read here. Nothing personal.

use ::card::doctor::{Finding, Report, ServiceState, UsbReader, examine};
use serde::Serialize;

use super::config;
use super::inserted::CardDocument;
use crate::cli::Verdict;
use crate::cli::output::show;
use crate::error::KioskError;

#[derive(Serialize)]
struct Document {
    fit: bool,
    service: &'static str,
    /// The installed version.
    pcscd: Option<String>,
    libccid: Option<String>,
    usb: Vec<UsbDocument>,
    readers: Vec<ReaderDocument>,
    findings: Vec<FindingDocument>,
}

#[derive(Serialize)]
struct UsbDocument {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    ccid: bool,
    /// Whether `libccid` lists it.
    known: bool,
}

#[derive(Serialize)]
struct ReaderDocument {
    name: String,
    occupied: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<CardDocument>,
}

#[derive(Serialize)]
struct FindingDocument {
    finding: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<String>,
    advice: &'static str,
}

pub(super) fn run(json: bool, reader: Option<String>) -> Result<Verdict, KioskError> {
    let document = Document::of(examine(&config(reader)));
    show(json, &document, Document::lines)?;
    Ok(Verdict::of(document.fit))
}

impl Document {
    fn of(report: Report) -> Self {
        let usb = |reader: &UsbReader| UsbDocument {
            id: format!("{:04x}:{:04x}", reader.vendor, reader.product),
            name: reader.name.clone(),
            ccid: reader.is_ccid,
            known: report.machine.knows(reader),
        };
        Self {
            fit: report.is_fit(),
            service: service(report.service),
            usb: report.machine.usb.iter().map(usb).collect(),
            pcscd: report.machine.pcscd,
            libccid: report.machine.libccid,
            findings: report.findings.iter().map(FindingDocument::of).collect(),
            readers: report
                .readers
                .into_iter()
                .map(|reader| ReaderDocument {
                    name: reader.name,
                    occupied: reader.is_occupied,
                    card: reader.card.map(CardDocument::of),
                })
                .collect(),
        }
    }

    fn lines(&self) -> Vec<String> {
        let installed = |version: &Option<String>| match version {
            Some(version) => version.clone(),
            None => "not installed".to_owned(),
        };
        let mut lines = vec![
            format!("pcscd    {} ({})", installed(&self.pcscd), self.service),
            format!("libccid  {}", installed(&self.libccid)),
        ];
        for usb in &self.usb {
            let kind = match (usb.ccid, usb.known) {
                (true, true) => "CCID, known to libccid",
                (true, false) => "CCID, unknown to libccid",
                (false, _) => "not CCID",
            };
            let name = usb.name.as_deref().unwrap_or("no name");
            lines.push(format!("usb      {} {name}: {kind}", usb.id));
        }
        for reader in &self.readers {
            lines.push(format!("reader   {}", reader.name));
            match &reader.card {
                Some(card) => lines.extend(card.lines()),
                None if reader.occupied => lines.push("           the card is gone".to_owned()),
                None => lines.push("           no card".to_owned()),
            }
        }
        for finding in &self.findings {
            let device = finding.device.as_deref().unwrap_or_default();
            lines.push(
                format!("finding  {} {device}", finding.finding)
                    .trim_end()
                    .to_owned(),
            );
            lines.push(format!("           {}", finding.advice));
        }
        lines
    }
}

impl FindingDocument {
    fn of(finding: &Finding) -> Self {
        Self {
            finding: finding.name(),
            device: finding.device(),
            advice: finding.advice(),
        }
    }
}

const fn service(state: ServiceState) -> &'static str {
    match state {
        ServiceState::Running => "running",
        ServiceState::NotRunning => "not-running",
        ServiceState::NotPermitted => "not-permitted",
        ServiceState::SocketClosed => "socket-closed",
        ServiceState::NotAnswering => "not-answering",
        ServiceState::Failing(_) => "failing",
    }
}

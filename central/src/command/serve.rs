//! `central serve`

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt as _;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::{Common, say};
use crate::accounts::mobile_operator::TestOperator;
use crate::captcha::KnownCaptchas;
use crate::config::Config;
use crate::http::{self, Centre};
use crate::notices::{self, FileGateway};
use crate::services::Services;
use crate::{CentralError, database, housekeeping};

/// How long running requests are waited for at the end.
const DRAIN: Duration = Duration::from_secs(10);
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    common: Common,
    /// Where terminals reach the centre; port 0 takes a free one, which is printed.
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// Where operators reach it.
    #[arg(long)]
    operator_listen: Option<SocketAddr>,
    /// A replica of the database from which look-ups are answered.
    #[arg(long)]
    read_database: Option<String>,
    /// A file with the operator's token.
    #[arg(long)]
    operator_token_file: Option<PathBuf>,
    /// A folder into which texts and e-mails are written as files.
    #[arg(long)]
    notice_folder: Option<PathBuf>,
    /// Where links in e-mails lead.
    #[arg(long)]
    public_address: Option<String>,
    /// The header in which the trusted proxy in front names the client's address.
    #[arg(long)]
    client_address_header: Option<String>,
    /// For development: the text of every captcha.
    #[arg(long)]
    development_captcha_answer: Option<String>,
    /// For development: an invented carrier answers quick mobile checks, see docs/test-operator.md.
    #[arg(long)]
    development_test_operator: bool,
    /// A file with the key shared with the card operator; without it no card payment is believed.
    #[arg(long)]
    card_operator_key_file: Option<PathBuf>,
}

impl Serve {
    /// Prints `terminals http://ADDRESS` and `operator http://ADDRESS` once they can be reached.
    pub(super) async fn run(self) -> Result<(), CentralError> {
        let (config, clock) = self.common.read()?;
        let pool = self.common.open(&config).await?;
        let services = self.services(&config)?;
        let connections_max = pool.status().max_size;
        let centre = Centre::with(pool, clock, services);
        if let Some(address) = self.read_database.or(config.read_database) {
            centre.look_up_in(database::pool(&address, connections_max)?);
        }
        if let Some(path) = self
            .card_operator_key_file
            .or(config.card_operator_key_file)
        {
            centre.card_key.set(read_token(path)?.into_bytes());
        }
        let notices = self
            .notice_folder
            .or(config.notice_folder)
            .map(|folder| FileGateway::open(&folder))
            .transpose()?
            .map(|gateway| tokio::spawn(notices::run(Arc::clone(&centre), Arc::new(gateway))));
        let tidied = Arc::clone(&centre);
        let (stop, stopped) = watch::channel(false);
        let address = self.listen.or(config.listen).unwrap_or(LISTEN);
        let terminals = start(
            "terminals",
            address,
            http::router(Arc::clone(&centre)),
            &stopped,
        );
        let mut listeners = vec![terminals.await?];
        if let Some(address) = self.operator_listen.or(config.operator_listen) {
            let path = self
                .operator_token_file
                .or(config.operator_token_file)
                .ok_or(CentralError::NoOperatorToken)?;
            let router = http::operator::router(centre, &read_token(path)?);
            listeners.push(start("operator", address, router, &stopped).await?);
        }
        let housekeeping = tokio::spawn(housekeeping::run(tidied));
        wait_for_signal().await?;
        housekeeping.abort();
        if let Some(notices) = notices {
            // A notice claimed now is sent again once its claim is over.
            notices.abort();
        }
        tracing::info!("ending: no new requests, running ones are finished");
        let _ = stop.send(true);
        for listener in listeners {
            // Whoever is still busy then sends the same bytes again.
            let _ = tokio::time::timeout(DRAIN, listener).await;
        }
        Ok(())
    }
}

impl Serve {
    fn services(&self, config: &Config) -> Result<Services, CentralError> {
        const PUBLIC: &str = "http://localhost:8080";
        let text = |option: &Option<String>, configured: &Option<String>| {
            option.clone().or_else(|| configured.clone())
        };
        let header = text(&self.client_address_header, &config.client_address_header)
            .map(|name| name.parse().map_err(|_| CentralError::AddressHeader))
            .transpose()?;
        let public = text(&self.public_address, &config.public_address);
        let mut services = Services::new(public.unwrap_or_else(|| PUBLIC.to_owned()), header);
        let answer = text(
            &self.development_captcha_answer,
            &config.development_captcha_answer,
        );
        if let Some(answer) = answer {
            tracing::warn!("every captcha has the same text: for development only");
            services.captchas = Box::new(KnownCaptchas(answer));
        }
        if self.development_test_operator {
            tracing::warn!("an invented carrier vouches for phones: for development only");
            services.mobile_operator = Box::new(TestOperator);
        }
        Ok(services)
    }
}

async fn start(
    name: &'static str,
    address: SocketAddr,
    router: Router,
    stopped: &watch::Receiver<bool>,
) -> Result<tokio::task::JoinHandle<std::io::Result<()>>, CentralError> {
    let failed = |source| CentralError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    // Without it small answers wait for the other side's delayed acknowledgement. A connection
    // that cannot be told so works all the same.
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    let mut stopped = stopped.clone();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        // An error means the sender is gone, which is an end too.
        let _ = stopped.wait_for(|stop| *stop).await;
    });
    let task = tokio::spawn(served.into_future());
    say(&format!("{name} http://{bound}"))?;
    tracing::info!(name, address = %bound, "listening");
    Ok(task)
}

fn read_token(path: PathBuf) -> Result<String, CentralError> {
    const LENGTH_MIN: usize = 16;
    let text = std::fs::read_to_string(&path).map_err(|source| CentralError::File {
        path,
        action: "read",
        source,
    })?;
    let token = text.trim();
    if token.len() < LENGTH_MIN {
        return Err(CentralError::NoOperatorToken);
    }
    Ok(token.to_owned())
}

async fn wait_for_signal() -> Result<(), CentralError> {
    let failed = |source| CentralError::Serve { source };
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

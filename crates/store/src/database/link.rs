//! Connections to PostgreSQL and their pool.

use diesel_async::AsyncPgConnection;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Connection;

/// The password an address names, as it is, not as it stands in the address.
#[must_use]
pub fn password_of(url: &str) -> Option<String> {
    let config: tokio_postgres::Config = url.parse().ok()?;
    String::from_utf8(config.get_password()?.to_vec()).ok()
}

/// How long a new connection may take until it can be used.
const CONNECTED_WITHIN: Duration = Duration::from_secs(5);

/// Makes connections for the pool.
pub(super) struct Manager {
    config: tokio_postgres::Config,
}

/// A connection and what is known of its state.
pub(super) struct Link {
    pub(super) pg: Connection,
    closed: Arc<AtomicBool>,
    pub(super) dirty: bool,
}

impl Manager {
    pub(super) fn new(config: tokio_postgres::Config) -> Self {
        Self { config }
    }
}

impl bb8::ManageConnection for Manager {
    type Connection = Link;
    type Error = LinkError;

    async fn connect(&self) -> Result<Link, LinkError> {
        let (client, driver) = connect(&self.config).await?;
        let closed = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&closed);
        tokio::spawn(async move {
            if let Err(error) = driver.await {
                tracing::debug!(%error, "a database connection ended");
            }
            flag.store(true, Ordering::Release);
        });
        let pg = Connection::new(AsyncPgConnection::try_from(client).await?);
        Ok(Link {
            pg,
            closed,
            dirty: false,
        })
    }

    async fn is_valid(&self, link: &mut Link) -> Result<(), LinkError> {
        if AtomicBool::load(&link.closed, Ordering::Acquire) {
            Err(LinkError::Closed)
        } else {
            Ok(())
        }
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        link.dirty || AtomicBool::load(&link.closed, Ordering::Acquire)
    }
}

/// The address, and how soon it is noticed that nobody is there any more.
pub(super) fn reachable(url: &str) -> Result<tokio_postgres::Config, tokio_postgres::Error> {
    let mut config: tokio_postgres::Config = url.parse()?;
    config
        .connect_timeout(CONNECTED_WITHIN)
        .keepalives_idle(Duration::from_secs(30))
        .keepalives_interval(Duration::from_secs(10))
        .keepalives_retries(3)
        .tcp_user_timeout(Duration::from_secs(30));
    Ok(config)
}

type Connected = (
    tokio_postgres::Client,
    tokio_postgres::Connection<tokio_postgres::Socket, tokio_postgres::tls::NoTlsStream>,
);

/// Connects; a server that takes the connection and then says nothing is given up too.
pub(super) async fn connect(config: &tokio_postgres::Config) -> Result<Connected, LinkError> {
    tokio::time::timeout(CONNECTED_WITHIN, config.connect(tokio_postgres::NoTls))
        .await
        .map_err(|_| LinkError::Silent)?
        .map_err(LinkError::from)
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// What the server or the network says.
    #[error(transparent)]
    Postgres(#[from] tokio_postgres::Error),
    /// It could not be set up.
    #[error(transparent)]
    Diesel(#[from] diesel::ConnectionError),
    /// It ended.
    #[error("the connection is closed")]
    Closed,
    /// The server did not answer in time.
    #[error("the database does not answer")]
    Silent,
}

/// Listens on channels with a connection of its own, until that connection ends: says when it
/// begins, and then hands on each channel and what was said there.
///
/// # Errors
/// Why the connection could not be made or ended.
pub async fn listen(
    url: &str,
    channels: &[&str],
    begun: impl FnOnce(),
    mut hear: impl FnMut(&str, &str),
) -> Result<(), LinkError> {
    let (client, mut connection) = connect(&reachable(url)?).await?;
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let driver = tokio::spawn(async move {
        loop {
            match std::future::poll_fn(|cx| connection.poll_message(cx)).await {
                Some(Ok(tokio_postgres::AsyncMessage::Notification(note))) => {
                    let said = (note.channel().to_owned(), note.payload().to_owned());
                    if sender.send(said).is_err() {
                        return Ok(());
                    }
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
                None => return Ok(()),
            }
        }
    });
    for channel in channels {
        client.batch_execute(&format!("LISTEN {channel}")).await?;
    }
    begun();
    while let Some((channel, text)) = receiver.recv().await {
        hear(&channel, &text);
    }
    Ok(driver.await.unwrap_or(Ok(()))?)
}

//! A connection on which nothing is asked and nothing answered for long is closed.
//!
//! The HTTP library limits how slowly the head of a connection's first request may come, and how long
//! a kept connection may be silent. It waits for ever for the head of a further request of which a
//! first byte has come, and it reads on through a chunked body whose request is answered already.

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Extensions, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::rt::net::TcpStream;
use actix_web::web::Bytes;
use actix_web::{Error, rt};
use std::any::Any;
use std::cell::Cell;
use std::convert::Infallible;
use std::net::{Shutdown, TcpStream as TcpSocket};
use std::os::fd::AsFd;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// How long a connection may be open without a request that is being answered. Of an answer some
/// 128 KiB may still be on their way when it counts as given: in this time at 35 kbit/s.
const PATIENCE: Duration = Duration::from_secs(30);

/// What happens on a connection; belongs to it and ends with it.
struct Pace {
    answering: Cell<usize>,
    /// Since when nothing is being answered.
    since: Cell<Instant>,
    /// Dropped with the connection: whoever watches over it lets go of it then.
    _open: oneshot::Sender<Infallible>,
}

impl Pace {
    fn begin() -> (Rc<Self>, oneshot::Receiver<Infallible>) {
        let (open, closed) = oneshot::channel();
        let pace = Self {
            answering: Cell::new(0),
            since: Cell::new(Instant::now()),
            _open: open,
        };
        (Rc::new(pace), closed)
    }

    /// When the connection is to be closed, or looked at again.
    fn due(&self, patience: Duration) -> Instant {
        if self.answering.get() > 0 {
            Instant::now() + patience
        } else {
            self.since.get() + patience
        }
    }
}

/// Watches over a new connection.
pub fn opened(connection: &dyn Any, data: &mut Extensions) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else {
        return;
    };
    // Another name of the same connection: the first one belongs to the library.
    let Ok(socket) = stream.as_fd().try_clone_to_owned() else {
        return;
    };
    let (pace, closed) = Pace::begin();
    let watching = watch(Rc::downgrade(&pace), socket.into(), PATIENCE);
    rt::spawn(async move {
        // As long as it has this name too, the peer is not told that it ended.
        tokio::select! { () = watching => {}, _ = closed => {} }
    });
    data.insert(pace);
}

async fn watch(pace: Weak<Pace>, socket: TcpSocket, patience: Duration) {
    loop {
        let Some(until) = pace.upgrade().map(|pace| pace.due(patience)) else {
            return;
        };
        if until <= Instant::now() {
            // It may be closed by now.
            drop(socket.shutdown(Shutdown::Both));
            return;
        }
        tokio::time::sleep_until(until).await;
    }
}

/// A request that is being answered.
struct Answering(Rc<Pace>);

impl Answering {
    fn begin(pace: Rc<Pace>) -> Self {
        pace.answering.set(pace.answering.get() + 1);
        Self(pace)
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0
            .answering
            .set(self.0.answering.get().saturating_sub(1));
        self.0.since.set(Instant::now());
    }
}

/// Notes that a request is being answered, until the last of its answer is handed over.
///
/// # Errors
/// What the service answers.
pub async fn around(
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let pace = request.request().conn_data::<Rc<Pace>>().cloned();
    let answering = pace.map(Answering::begin);
    let response = next.call(request).await?;
    Ok(response.map_body(|_, body| {
        BoxBody::new(Answer {
            body,
            _answering: answering,
        })
    }))
}

/// An answer's body.
struct Answer {
    body: BoxBody,
    _answering: Option<Answering>,
}

impl MessageBody for Answer {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_next(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    const SOON: Duration = Duration::from_millis(20);

    /// Both ends of a connection.
    fn connection() -> (TcpSocket, TcpSocket) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpSocket::connect(listener.local_addr().unwrap()).unwrap();
        (client, listener.accept().unwrap().0)
    }

    #[actix_web::test]
    async fn a_connection_on_which_nothing_is_answered_is_closed() {
        let (mut client, server) = connection();
        let (pace, _closed) = Pace::begin();
        watch(Rc::downgrade(&pace), server, SOON).await;
        assert_eq!(client.read(&mut [0]).unwrap(), 0);
    }

    #[actix_web::test]
    async fn an_answer_takes_as_long_as_it_takes() {
        let (_client, server) = connection();
        let (pace, _closed) = Pace::begin();
        let _answering = Answering::begin(Rc::clone(&pace));
        let watching = watch(Rc::downgrade(&pace), server, SOON);
        assert!(tokio::time::timeout(SOON * 5, watching).await.is_err());
    }

    #[actix_web::test]
    async fn a_connection_that_ended_is_let_go_of_at_once() {
        let (mut client, server) = connection();
        server.set_nonblocking(true).unwrap();
        let mut data = Extensions::new();
        let server = TcpStream::from_std(server).unwrap();
        opened(&server, &mut data);
        drop((data, server));
        let read = tokio::task::spawn_blocking(move || client.read(&mut [0]));
        let read = tokio::time::timeout(PATIENCE / 2, read).await.unwrap();
        assert_eq!(read.unwrap().unwrap(), 0);
    }
}

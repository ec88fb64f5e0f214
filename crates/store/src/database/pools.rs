//! Connections by the threads that use them.
//!
//! What comes in on a connection is read by a task of the thread it was opened on. When another one
//! waits for it, every answer wakes two. So each of the server's threads has connections of its own,
//! and takes one of another only when its own are all in use.

use std::cell::Cell;
use std::sync::{Arc, OnceLock};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::link::{LinkError, Manager};

thread_local! {
    /// The place of this thread's connections; the first one belongs to all who have none.
    static OWN: Cell<usize> = const { Cell::new(0) };
}

/// Connections everybody keeps who has none of their own: jobs, and what happens now and then.
const COMMON: u32 = 2;

pub(super) struct Pools {
    config: tokio_postgres::Config,
    parts: Box<[OnceLock<Part>]>,
    /// How many connections a thread has of its own.
    each: u32,
}

struct Part {
    pool: bb8::Pool<Manager>,
    size: usize,
    /// Connections nobody uses.
    free: Arc<Semaphore>,
}

impl Pools {
    /// Opens those that belong to no thread; together with the threads' own there are `size`.
    pub(super) async fn open(
        config: tokio_postgres::Config,
        size: u32,
        threads: usize,
    ) -> Result<(Self, usize), LinkError> {
        let each = u32::try_from(threads)
            .ok()
            .and_then(|threads| size.saturating_sub(COMMON).checked_div(threads))
            .unwrap_or(0);
        let threads = if each == 0 { 0 } else { threads };
        let pools = Self {
            config,
            parts: (0..=threads).map(|_| OnceLock::new()).collect(),
            each,
        };
        let taken = u32::try_from(threads).unwrap_or(0) * each;
        let opened = pools.open_part(0, size - taken).await?;
        Ok((pools, opened))
    }

    /// From now on this thread is the `number`th with connections of its own, counted from one.
    pub(super) fn settle(number: usize) {
        OWN.set(number);
    }

    /// Opens this thread's own connections; says how many there are more.
    pub(super) async fn open_own(&self) -> Result<usize, LinkError> {
        let own = OWN.get();
        match self.parts.get(own) {
            Some(part) if own > 0 && part.get().is_none() => self.open_part(own, self.each).await,
            _ => Ok(0),
        }
    }

    /// How many connections there are.
    pub(super) fn size(&self) -> usize {
        let parts = self.parts.iter().filter_map(OnceLock::get);
        parts.map(|part| part.size).sum()
    }

    async fn open_part(&self, number: usize, size: u32) -> Result<usize, LinkError> {
        let pool = bb8::Pool::builder()
            .max_size(size)
            .min_idle(Some(size))
            .connection_timeout(std::time::Duration::from_secs(5))
            .test_on_check_out(true)
            .build(Manager::new(self.config.clone()))
            .await?;
        let size = size as usize;
        let free = Arc::new(Semaphore::new(size));
        let opened = self.parts.get(number);
        let first = opened.is_some_and(|part| part.set(Part { pool, size, free }).is_ok());
        Ok(if first { size } else { 0 })
    }

    /// A connection nobody uses, this thread's first. Who asks has a permit for one of them all.
    pub(super) async fn take(
        &self,
    ) -> Result<
        Option<(
            bb8::PooledConnection<'static, Manager>,
            OwnedSemaphorePermit,
        )>,
        bb8::RunError<LinkError>,
    > {
        let own = OWN.get();
        let others = (0..self.parts.len()).filter(|number| *number != own);
        let mut parts = std::iter::once(own)
            .chain(others)
            .filter_map(|number| self.parts.get(number)?.get());
        let free = parts.find_map(|part| {
            let permit = Arc::clone(&part.free).try_acquire_owned().ok()?;
            Some((part.pool.clone(), permit))
        });
        match free {
            Some((pool, permit)) => Ok(Some((pool.get_owned().await?, permit))),
            None => Ok(None),
        }
    }
}

//! A running server: what it logs, what it counts, how it ends.
#![cfg(test)]

mod logs;
mod metrics;
mod program;
mod stopping;

//! How the private cluster is set up: durable, and reachable from this machine only.

/// Sorts by code point, the same everywhere.
#[cfg(target_os = "macos")]
pub(super) const LOCALE: &str = "en_US.UTF-8";
/// Sorts by code point, the same everywhere.
#[cfg(not(target_os = "macos"))]
pub(super) const LOCALE: &str = "C.UTF-8";

/// Appended to the configuration initdb writes.
pub(super) const SETTINGS: &str = "
# Set by cargo xtask.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = '256MB'
password_encryption = 'scram-sha-256'
timezone = 'UTC'
log_timezone = 'UTC'
fsync = on
full_page_writes = on
synchronous_commit = on
";

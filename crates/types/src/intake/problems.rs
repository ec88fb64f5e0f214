//! What reading HR files and redeeming codes may answer beside the general problems.

use crate::problem::Kind;

/// The code was used, replaced, taken back, or never made.
pub const CODE_NOT_USABLE: Kind = Kind::new("code-not-usable", 422);
/// The code's time is over.
pub const CODE_EXPIRED: Kind = Kind::new("code-expired", 410);
/// Too many wrong answers were given with the code.
pub const CODE_LOCKED: Kind = Kind::new("code-locked", 423);
/// The answer does not match; `tries_left` says how many are left.
pub const VERIFICATION_FAILED: Kind = Kind::new("verification-failed", 422);
/// The code is for the person's own access.
pub const SOMEONE_ELSE_CODE_NEEDED: Kind = Kind::new("someone-else-code-needed", 422);
/// The chart has nothing that could be asked; the clinic must help.
pub const CODE_NEEDS_STAFF: Kind = Kind::new("code-needs-staff", 422);
/// The attempt is over or waits for another step.
pub const REDEMPTION_OVER: Kind = Kind::new("redemption-over", 409);
/// There is no address on file to send to.
pub const NO_ADDRESS: Kind = Kind::new("no-address", 422);
/// The same file was sent before; `run_id` names that run.
pub const FEED_DUPLICATE_FILE: Kind = Kind::new("feed-duplicate-file", 409);
/// The bytes are no text that can be read; `byte_offset` says where.
pub const FEED_UNREADABLE: Kind = Kind::new("feed-unreadable", 422);
/// The header row is wrong; `header` says which.
pub const FEED_HEADER: Kind = Kind::new("feed-header", 422);
/// The file is larger than can be taken.
pub const FEED_TOO_LARGE: Kind = Kind::new("feed-too-large", 413);
/// The run does not wait for a decision.
pub const FEED_RUN_NOT_PAUSED: Kind = Kind::new("feed-run-not-paused", 409);
/// Another run of the employer is being applied.
pub const FEED_RUN_BUSY: Kind = Kind::new("feed-run-busy", 409);

/// All of them.
pub const ALL: &[Kind] = &[
    CODE_NOT_USABLE,
    CODE_EXPIRED,
    CODE_LOCKED,
    VERIFICATION_FAILED,
    SOMEONE_ELSE_CODE_NEEDED,
    CODE_NEEDS_STAFF,
    REDEMPTION_OVER,
    NO_ADDRESS,
    FEED_DUPLICATE_FILE,
    FEED_UNREADABLE,
    FEED_HEADER,
    FEED_TOO_LARGE,
    FEED_RUN_NOT_PAUSED,
    FEED_RUN_BUSY,
];

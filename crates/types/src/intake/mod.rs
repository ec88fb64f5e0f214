//! HR files and pick-up codes.

mod codes;
mod feed;
pub mod problems;

pub use codes::{
    AnswerRedemption, CompleteRedemption, MadePickupCode, MakePickupCode, PickupCode,
    PickupCodeList, Redemption, StartRedemption, Who,
};
pub use feed::{
    DecideFeedRun, Decision, FeedChange, FeedCounts, FeedCrossed, FeedFinding, FeedRowQuery,
    FeedRun, FeedRunRow, SendFeedFile,
};

//! Documents from data: the calendar files of appointments and printed notes will be made here.
//!
//! Nothing is made yet; the crate holds the layer's place in the grid.

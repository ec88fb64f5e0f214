//! work_status

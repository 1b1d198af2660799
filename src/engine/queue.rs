//! The queue: whose turn it is, cancel, retry, hold.

//! The engine on the embedded S3, and on stubs where S3 must fail.

mod commands;
mod faults;
mod history;
mod keys;
mod links;
mod parts;
mod remembered;
mod renewed;
mod rig;
mod stub;
mod tickets;
mod watch;
mod way;

//! The engine on the embedded S3, and on a stub where S3 must fail.

mod rig;
mod way;

//! What tests share: tools, servers, displays. Each part is its own file.

pub mod home;
pub mod tools;
pub mod wait;

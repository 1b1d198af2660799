//! What tests share: tools, servers, displays. Each part is its own file.

pub(crate) mod ceph;
pub(crate) mod home;
pub(crate) mod tools;
pub(crate) mod wait;

//! What tests share: tools, servers, displays. Each part is its own file.

pub(crate) mod asleep;
pub(crate) mod ceph;
pub(crate) mod display;
pub(crate) mod engine;
pub(crate) mod fault_server;
pub(crate) mod home;
pub(crate) mod lambda;
pub(crate) mod process;
pub(crate) mod sandbox;
pub(crate) mod source;
pub(crate) mod store;
pub(crate) mod stub_server;
pub(crate) mod tls_server;
pub(crate) mod tools;
pub(crate) mod wait;

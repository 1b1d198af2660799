//! Nothing lost, and "done" is never wrong: the engine and the command line before a fault server.

mod campaign;
mod generator;
mod kill;
mod network;
mod rig;
mod single;
mod verdict;

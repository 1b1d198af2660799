//! The real program on the command line: what it prints, in which order, and how it ends.

mod canary;
mod doctor;
mod doctor_words;
mod full_disk;
mod generated;
mod interrupted;
mod log;
mod names;
mod network;
mod parts;
mod presign;
mod put;
mod refusals;
mod resume;
mod rig;
mod sandbox;
mod tls;

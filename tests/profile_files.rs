//! Profiles that are written, held byte for byte against `aws configure set`, and read back by boto3 and by Dropslot.

mod corpus;
mod folder;

//! The embedded S3, against clients that nobody here wrote: boto3, requests, curl, the AWS CLI.

mod clients;
mod forms;
mod handle;
mod parts;
mod served;

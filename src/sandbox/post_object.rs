//! POST Object for the sandbox: a streaming form handler in front of `s3s`.

//! Reads a form that somebody else has signed (any signer's JSON, or a `curl` line, on standard input) and says whether S3
//! would take a file by it, before a byte is sent.
//!
//! ```text
//! cargo run --no-default-features --example check_form -- FILE CONTENT_TYPE <form.json
//! ```

use dropslot::s3::{Timestamp, ticket};
use std::error::Error;
use std::io::Read as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [path, content_type] = arguments.as_slice() else {
        return Err("usage: check_form FILE CONTENT_TYPE".into());
    };
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    // What the owner leaves open (the type, where the policy names only its beginning) is filled in.
    let form = ticket::read(&text)?.upload.fitted(content_type)?;

    let path = Path::new(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let limits = form.check(fs::metadata(path)?.len(), &name, Timestamp::now())?;
    println!("{}", form.object_url(&name).unwrap_or_default());
    if let Some(expiration) = limits.expiration {
        println!("until {expiration}");
    }
    Ok(())
}

//! Credentials that end in the middle of a job.

use super::stub::{Answer, Store, refusal, stored};
use crate::support::home::Home;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Stores two files signed by the old key, and then no more.
fn expiring() -> Answer {
    let taken = AtomicUsize::new(0);
    let (stored, expired) = (
        stored(),
        refusal("400 Bad Request", "ExpiredToken", "The provided token has expired.", ""),
    );
    Box::new(move |request| {
        let is_old = request.field("x-amz-credential").unwrap().starts_with("AKIDOLD/");
        if is_old && taken.fetch_add(1, Ordering::SeqCst) >= 2 {
            expired(request)
        } else {
            stored(request)
        }
    })
}

#[tokio::test]
async fn a_key_that_ends_in_the_middle_of_a_job_is_renewed_and_nothing_is_lost() {
    let home = Home::new();
    let script = home.write(
        "key",
        r#"if [ -e used ]; then id=AKIDNEW; else id=AKIDOLD; touch used; fi
echo "{\"Version\": 1, \"AccessKeyId\": \"$id\", \"SecretAccessKey\": \"not-a-secret\", \"SessionToken\": \"no-token\"}""#,
    );
    home.aws_config(&format!("[default]\ncredential_process = /bin/sh {}", script.display()));
    let store = Store::answering(vec![expiring()]).await;
    let names: Vec<_> = (1..=5).map(|n| format!("{n}.txt")).collect();
    for name in &names {
        home.write(name, name);
    }
    let mut put = home.dropslot();
    put.args([
        "put",
        "--jobs",
        "1",
        "--bucket",
        "bucket",
        "--region",
        "us-east-1",
        "--endpoint-url",
        &store.url,
    ])
    .args(&names)
    .current_dir(home.path());
    let output = tokio::task::spawn_blocking(move || put.output().unwrap())
        .await
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 5);

    let requests = store.requests();
    let keys: Vec<_> = requests
        .iter()
        .map(|request| request.field("x-amz-credential").unwrap()[..7].to_owned())
        .collect();
    assert_eq!(keys, ["AKIDOLD", "AKIDOLD", "AKIDOLD", "AKIDNEW", "AKIDNEW", "AKIDNEW"]);
    assert_eq!(
        requests[2].field("key"),
        requests[3].field("key"),
        "the same file, under its key"
    );
}

//! botocore, asked by way of `tests/support/presign_oracle.py`: one process for many requests.

use crate::support::home::Home;
use crate::support::tools;
use serde_json::Value;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/presign_oracle.py");

/// An answer for each request, in their order.
pub(crate) fn ask(requests: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let lines: Vec<String> = requests.into_iter().map(|request| request.to_string()).collect();
    let home = Home::new();
    let file = home.write("requests", lines.join("\n"));
    let answers: Vec<Value> = tools::stdout(home.python().arg(SCRIPT).arg(file))
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), lines.len());
    answers
}

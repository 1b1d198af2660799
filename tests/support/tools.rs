//! Programs that nobody here wrote, against which Dropslot is checked. `tests/run` installs them and says where they
//! are; without it, those of the machine serve.

use std::process::{Command, Output};

/// Python with boto3, botocore and requests.
pub(crate) fn python() -> Command {
    tool("DROPSLOT_TEST_PYTHON", "python3")
}

/// A program of the Lambda tools' folder: `python` with awslambdaric, `cfn-lint`, `sam`.
pub(crate) fn lambda_tool(name: &str) -> Command {
    let folder =
        std::env::var("DROPSLOT_TEST_LAMBDA_TOOLS").expect("start the tests by tests/run, which installs them");
    Command::new(std::path::Path::new(&folder).join(name))
}

/// Node.js, where Uppy is installed, running `script`; its arguments and environment are still to come.
pub(crate) fn uppy(script: &str) -> Command {
    let folder = std::env::var("DROPSLOT_TEST_UPPY").expect("start the tests by tests/run, which installs Uppy");
    let mut node = tool("DROPSLOT_TEST_NODE", "node");
    node.current_dir(folder)
        .args(["--no-warnings", "--input-type=module", "--eval", script]);
    node
}

/// The AWS CLI.
pub(crate) fn aws() -> Command {
    tool("DROPSLOT_TEST_AWS", "aws")
}

/// curl, without a person's own configuration file or a proxy.
pub(crate) fn curl() -> Command {
    let mut curl = tool("DROPSLOT_TEST_CURL", "curl");
    curl.args(["--disable", "--silent", "--show-error", "--noproxy", "*"]);
    curl
}

/// OpenSSL's command, for certificates.
pub(crate) fn openssl() -> Command {
    tool("DROPSLOT_TEST_OPENSSL", "openssl")
}

fn tool(variable: &str, name: &str) -> Command {
    Command::new(std::env::var_os(variable).unwrap_or_else(|| name.into()))
}

/// What a tool printed on stdout. Fails the test, with all that the tool said, where it did not succeed.
#[track_caller]
pub(crate) fn stdout(command: &mut Command) -> String {
    let output = run(command);
    assert!(output.status.success(), "{command:?}\n{}", told(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a tool to its end, whatever it comes to.
#[track_caller]
pub(crate) fn run(command: &mut Command) -> Output {
    command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}: start the tests by tests/run"))
}

/// All that a tool said, for a failure's message.
pub(crate) fn told(output: &Output) -> String {
    format!(
        "{}\n--- stdout\n{}\n--- stderr\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

//! A machine whose clock is twenty minutes off, by libfaketime; forms here are good for five.

use super::{Rig, done};
use crate::support::lambda::{IAM_KEYS, Lambda};
use crate::support::process::run_by;
use std::process::Command;

/// The same command with another clock. Waiting goes by the monotonic clock, which nobody sets.
fn at(offset: &str, put: &Command) -> Command {
    let mut faketime = Command::new("faketime");
    faketime.args(["--exclude-monotonic", "-f", offset]);
    run_by(faketime, put)
}

#[test]
fn the_functions_clock_counts_and_not_this_machines() {
    let rig = Rig::new();
    let function = Lambda::python("proxy", &rig.store);
    let file = rig.file("a.png", "a");
    for offset in ["+20m", "-20m"] {
        let put = rig.put_by(&function, "url/", &[], &file);
        let result = done(&mut at(offset, &put)).remove(0);
        assert_eq!(result["attempts"], 1, "{offset}: {result}");
        assert_eq!(result["proof"], "md5", "{offset}: {result}");
    }
}

#[test]
fn a_request_signed_at_a_wrong_time_is_signed_again_at_the_right_one() {
    let rig = Rig::new();
    let function = Lambda::python("proxy", &rig.store);
    let file = rig.file("a.png", "a");
    for (number, offset) in ["+20m", "-20m"].into_iter().enumerate() {
        let mut put = rig.put_by(&function, "iam/lambda/url/", &["--lambda-auth", "iam"], &file);
        put.envs(IAM_KEYS);
        done(&mut at(offset, &put));
        assert_eq!(
            function.asked(),
            2 * (u32::try_from(number).unwrap() + 1),
            "{offset}: once more, and no more"
        );
    }
}

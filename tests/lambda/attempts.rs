//! Asking again: after the store has failed, after the function was busy, and never for ever.

use super::{Rig, done, refused};
use crate::support::lambda::{IAM_KEYS, Lambda, Store};
use crate::support::stub_server::{StubServer, answer};
use crate::support::{process, tools, wait};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// As often as an upload is tried.
const ATTEMPTS: u32 = 5;

#[test]
fn every_attempt_has_a_form_of_its_own_for_the_same_object() {
    let rig = Rig::new();
    let slow_down = "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>";
    let busy = || answer("503 Slow Down", &["Content-Type: application/xml"], slow_down);
    let stored = answer("204 No Content", &["ETag: \"0cc175b9c0f1b6a831c399e269772661\""], "");
    let store = StubServer::answering([busy(), busy(), stored]);
    let function = Lambda::python("plain", &Store::at(store.url()));
    let file = rig.file("a.png", "a");

    let mut put = rig.put_by(&function, "event/", &["--no-probe"], &file);
    let result = done(&mut put).remove(0);

    assert_eq!(result["attempts"], 3, "{result}");
    assert_eq!(result["proof"], "md5", "{result}");
    assert_eq!(function.calls(), 3);
    for _ in 0..3 {
        let form = String::from_utf8_lossy(&store.received().body).into_owned();
        assert!(form.contains(result["object_key"].as_str().unwrap()), "{form}");
    }
}

#[test]
fn a_function_that_stays_busy_is_given_up() {
    let rig = Rig::new();
    let file = rig.file("a.png", "a");
    for fault in ["throttled/1000", "busy/1000"] {
        let function = Lambda::nobody();
        let error = refused(&mut rig.put_by(&function, &format!("{fault}/url/"), &[], &file));
        assert_eq!(error.code, "lambda_busy", "{fault}: {error:?}");
        assert_eq!(function.asked(), ATTEMPTS, "{fault}");
    }
}

#[test]
fn an_invocation_that_is_throttled_is_tried_again_and_one_of_nobody_is_not() {
    let rig = Rig::new();
    let function = Lambda::python("plain", &rig.store);
    let file = rig.file("a.png", "a");
    let invoke = |name: &str, fault: &str| {
        let mut put = rig.put(["--lambda-function", name]);
        put.arg(&file)
            .envs(IAM_KEYS)
            .env("AWS_ENDPOINT_URL_LAMBDA", function.url(fault));
        put
    };
    done(&mut invoke("presign", "throttled/1"));
    assert_eq!(function.asked(), 2);
    let nobody = refused(&mut invoke("nobody", ""));
    assert_eq!(nobody.code, "lambda_refused", "{nobody:?}");
    assert!(nobody.said.contains("no such function"), "{nobody:?}");
    assert_eq!(function.asked(), 3);
}

/// A person does not have to wait for a function that says nothing.
#[test]
fn ctrl_c_ends_the_waiting_for_a_function_that_never_answers() {
    let rig = Rig::new();
    let function = Lambda::nobody();
    let file = rig.file("a.png", "a");
    let mut put = rig.put_by(&function, "silent/url/", &[], &file);
    let put = put.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait::until("the question", Duration::from_secs(30), || {
        (function.asked() == 1).then_some(())
    });
    let interrupted = Instant::now();
    tools::stdout(Command::new("kill").args(["-INT", &put.id().to_string()]));
    let output = put.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", tools::told(&output));
    assert!(interrupted.elapsed() < Duration::from_secs(5));
    assert!(tools::told(&output).contains("Not sent: "), "{}", tools::told(&output));
}

#[test]
fn ten_megabytes_of_answer_cost_no_memory() {
    let rig = Rig::new();
    let function = Lambda::nobody();
    let file = rig.file("a.png", "a");
    let peak_kib = |door: &str| {
        let put = rig.put_by(&function, door, &[], &file);
        let mut python = tools::python();
        python.args(["-c", process::PEAK_MEMORY]);
        let told = tools::stdout(&mut process::run_by(python, &put));
        told.trim().parse::<u64>().unwrap()
    };
    let (without, with) = (peak_kib("unauthorized/url/"), peak_kib("big/url/"));
    assert!(
        with < without + 4096,
        "{with} KiB, and {without} KiB without the answer"
    );
}

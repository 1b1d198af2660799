//! Every line of the table.

use super::*;
use crate::transfer::SourceError;

const CLOCK_KNOWN: Circumstances = Circumstances {
    clock_known: true,
    network_lost: false,
    slept: false,
};
const NETWORK_LOST: Circumstances = Circumstances {
    network_lost: true,
    ..CLOCK_KNOWN
};
const SLEPT: Circumstances = Circumstances {
    slept: true,
    ..CLOCK_KNOWN
};

fn refused(status: u16, code: &str) -> S3Error {
    S3Error {
        status,
        code: code.to_owned(),
        ..S3Error::default()
    }
}

fn s3(error: S3Error) -> PostError {
    PostError::S3 { error }
}

fn connect(kind: ConnectKind) -> PostError {
    let reason = String::new();
    PostError::Connect { kind, reason }
}

fn broken() -> PostError {
    PostError::Broken {
        sent_bytes: 1,
        reason: String::new(),
    }
}

fn stalled() -> PostError {
    PostError::Stalled { seconds: 30 }
}

/// What follows an error that comes again and again, until it is told.
fn course(error: &PostError) -> Vec<Next> {
    let mut tried = Tried::default();
    let mut course = Vec::new();
    while course.last() != Some(&Next::GiveUp) {
        course.push(tried.after(error, CLOCK_KNOWN));
    }
    course
}

fn four_times(cause: Cause, not_before: Duration) -> Vec<Next> {
    let again = |attempt| {
        Next::AfterBackoff(Again {
            attempt,
            cause,
            not_before,
        })
    };
    (2..=5).map(again).chain([Next::GiveUp]).collect()
}

#[test]
fn another_region_is_signed_for_twice_at_once() {
    let region = || Some("eu-west-1".to_owned());
    let message = "the region 'a' is wrong; expecting 'eu-west-1'".to_owned();
    for error in [
        S3Error {
            region: region(),
            ..refused(301, "PermanentRedirect")
        },
        S3Error {
            region: region(),
            ..refused(307, "TemporaryRedirect")
        },
        S3Error {
            region: region(),
            message,
            ..refused(400, "AuthorizationHeaderMalformed")
        },
    ] {
        let elsewhere = Next::InRegion("eu-west-1".to_owned());
        assert_eq!(course(&s3(error)), [elsewhere.clone(), elsewhere, Next::GiveUp]);
    }
}

#[test]
fn keys_that_are_refused_are_asked_for_anew_once() {
    for code in [
        "ExpiredToken",
        "InvalidToken",
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "TokenRefreshRequired",
    ] {
        let course = course(&s3(refused(403, code)));
        assert_eq!(course, [Next::WithNewCredentials, Next::GiveUp], "{code}");
    }
}

#[test]
fn a_wrong_clock_is_corrected_once_where_an_answer_has_shown_the_right_one() {
    let message = "Invalid according to Policy: Policy expired.".to_owned();
    for error in [
        refused(403, "RequestTimeTooSkewed"),
        S3Error {
            message,
            ..refused(403, "AccessDenied")
        },
    ] {
        assert_eq!(course(&s3(error.clone())), [Next::ByServerClock, Next::GiveUp]);
        assert_eq!(
            Tried::default().after(&s3(error), Circumstances::default()),
            Next::GiveUp
        );
    }
}

#[test]
fn what_passes_is_tried_four_times_again() {
    let mut errors: Vec<PostError> = [
        (500, "InternalError"),
        (500, "HTTP 500"),
        (502, "HTTP 502"),
        (409, "OperationAborted"),
        (400, "BadDigest"),
        (400, "IncompleteBody"),
        (307, "TemporaryRedirect"),
    ]
    .into_iter()
    .map(|(status, code)| s3(refused(status, code)))
    .collect();
    errors.extend([
        broken(),
        connect(ConnectKind::Refused),
        connect(ConnectKind::Dns),
        connect(ConnectKind::Network),
    ]);
    for error in errors {
        assert_eq!(course(&error), four_times(Cause::Failed, Duration::ZERO), "{error:?}");
    }
}

#[test]
fn what_takes_too_long_is_tried_as_often_and_costs_more() {
    for error in [
        stalled(),
        connect(ConnectKind::TimedOut),
        s3(refused(408, "HTTP 408")),
        s3(refused(504, "HTTP 504")),
        s3(refused(400, "RequestTimeout")),
    ] {
        assert_eq!(course(&error), four_times(Cause::TimedOut, Duration::ZERO), "{error:?}");
    }
}

#[test]
fn a_store_that_asks_to_slow_down_is_left_alone_for_as_long_as_it_says() {
    for error in [
        refused(503, "SlowDown"),
        refused(503, "HTTP 503"),
        refused(429, "HTTP 429"),
    ] {
        assert_eq!(course(&s3(error)), four_times(Cause::Throttled, Duration::ZERO));
    }
    let minute = Duration::from_mins(1);
    for (status, code) in [(503, "SlowDown"), (500, "InternalError"), (504, "HTTP 504")] {
        let retry_after = Some(minute);
        let error = S3Error {
            retry_after,
            ..refused(status, code)
        };
        assert_eq!(course(&s3(error)), four_times(Cause::Throttled, minute), "{status}");
    }
}

#[test]
fn what_was_stored_otherwise_is_sent_once_more() {
    let mut tried = Tried::default();
    assert!(matches!(
        tried.after_mismatch(),
        Next::AfterBackoff(Again { attempt: 2, .. })
    ));
    assert_eq!(tried.after_mismatch(), Next::GiveUp);
}

#[test]
fn a_form_that_cannot_be_had_is_asked_for_four_times_again_where_that_may_help() {
    let mut tried = Tried::default();
    let course: Vec<_> = (0..5).map(|_| tried.after_signing(true, CLOCK_KNOWN)).collect();
    assert_eq!(course, four_times(Cause::Failed, Duration::ZERO));
    assert_eq!(Tried::default().after_signing(false, CLOCK_KNOWN), Next::GiveUp);
}

#[test]
fn anything_else_is_told_at_once() {
    let retry_after = Some(Duration::from_secs(1));
    for error in [
        s3(refused(403, "AccessDenied")),
        s3(S3Error {
            retry_after,
            ..refused(403, "AccessDenied")
        }),
        s3(refused(404, "NoSuchBucket")),
        s3(refused(412, "PreconditionFailed")),
        s3(refused(301, "PermanentRedirect")),
        connect(ConnectKind::Url),
        connect(ConnectKind::NotTrusted),
        connect(ConnectKind::Tls),
        connect(ConnectKind::Proxy),
        PostError::Source(SourceError::Changed),
        PostError::Cancelled,
    ] {
        assert_eq!(course(&error), [Next::GiveUp], "{error:?}");
    }
}

#[test]
fn different_failures_share_the_four_times_and_mending_takes_none_of_them() {
    let mut tried = Tried::default();
    let region = Some("eu-west-1".to_owned());
    let elsewhere = s3(S3Error {
        region,
        ..refused(301, "PermanentRedirect")
    });
    let mut attempts = Vec::new();
    for error in [
        stalled(),
        elsewhere,
        broken(),
        s3(refused(400, "ExpiredToken")),
        stalled(),
        s3(refused(503, "SlowDown")),
    ] {
        if let Next::AfterBackoff(again) = tried.after(&error, CLOCK_KNOWN) {
            attempts.push(again.attempt);
        }
    }
    assert_eq!(attempts, [2, 3, 4, 5]);
    assert_eq!(tried.after(&broken(), CLOCK_KNOWN), Next::GiveUp);
}

#[test]
fn a_network_that_goes_away_takes_no_attempt_however_often() {
    let mut tried = Tried::default();
    for _ in 0..100 {
        // The connection broke, and then nothing was found any more.
        assert!(matches!(tried.after(&broken(), CLOCK_KNOWN), Next::AfterBackoff(_)));
        assert!(matches!(tried.after(&stalled(), CLOCK_KNOWN), Next::AfterBackoff(_)));
        let gone = connect(ConnectKind::Dns);
        assert_eq!(tried.after(&gone, NETWORK_LOST), Next::WhenNetworkIsBack);
    }
    assert_eq!(
        tried.after_signing(false, NETWORK_LOST).clone(),
        Next::AfterBackoff(Again {
            attempt: 2,
            cause: Cause::Failed,
            not_before: Duration::ZERO,
        })
    );
}

#[test]
fn a_network_that_is_gone_again_as_soon_as_it_came_ends() {
    let mut tried = Tried::default();
    let gone = connect(ConnectKind::Dns);
    let mut waits = 0;
    while let next @ (Next::WhenNetworkIsBack | Next::AfterBackoff(_)) = tried.after(&gone, NETWORK_LOST) {
        waits += usize::from(next == Next::WhenNetworkIsBack);
    }
    assert_eq!(waits, 5);
}

#[test]
fn what_s3_refused_before_the_network_went_still_counts() {
    let mut tried = Tried::default();
    for _ in 0..4 {
        assert!(matches!(
            tried.after(&s3(refused(500, "InternalError")), CLOCK_KNOWN),
            Next::AfterBackoff(_)
        ));
        assert_eq!(
            tried.after(&connect(ConnectKind::Dns), NETWORK_LOST),
            Next::WhenNetworkIsBack
        );
    }
    assert_eq!(
        tried.after(&s3(refused(500, "InternalError")), CLOCK_KNOWN),
        Next::GiveUp
    );
}

#[test]
fn a_machine_that_slept_loses_no_attempt_and_may_mend_keys_and_clock_again() {
    let mut tried = Tried::default();
    for _ in 0..100 {
        assert_eq!(tried.after(&broken(), SLEPT), Next::AfterSleep);
        assert_eq!(
            tried.after(&s3(refused(400, "ExpiredToken")), SLEPT),
            Next::WithNewCredentials
        );
        assert_eq!(
            tried.after(&s3(refused(403, "RequestTimeTooSkewed")), SLEPT),
            Next::ByServerClock
        );
    }
    assert_eq!(tried.after(&s3(refused(403, "AccessDenied")), SLEPT), Next::GiveUp);
    assert!(matches!(
        tried.after(&broken(), CLOCK_KNOWN),
        Next::AfterBackoff(Again { attempt: 2, .. })
    ));
}

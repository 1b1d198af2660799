//! The file changes while it is sent: the attempt fails, says so, and S3 does not get the form's end.

use super::*;
use crate::support::stub_server::{Step, StubServer};
use dropslot::transfer::SourceError;
use std::fs::File;

/// Changes the file when its first bytes have gone, and sees how the attempt ends and what the server got.
async fn change_while_sending(change: impl FnOnce(&Path)) -> (PostError, Vec<u8>) {
    let server = StubServer::start([vec![Step::Read(1000), Step::Wait, Step::ReadToEnd]]);
    let file = file_of(48 * MEBIBYTE);
    let running = begin(PresignedUpload::Post(form(&server.url())), file.path(), &options());
    change(file.path());
    server.go_on();
    let error = failed(running.await.unwrap());
    (error, server.received().body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_grows_is_not_sent_to_its_end() {
    let (error, body) = change_while_sending(|path| {
        std::io::Write::write_all(&mut File::options().append(true).open(path).unwrap(), b"more").unwrap();
    })
    .await;
    assert!(matches!(error, PostError::Source(SourceError::Changed)), "{error:?}");
    assert!(!body.ends_with(b"--\r\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_shrinks_is_not_sent_to_its_end() {
    let (error, body) = change_while_sending(|path| {
        File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_len(10 * MEBIBYTE as u64)
            .unwrap();
    })
    .await;
    assert!(matches!(error, PostError::Source(SourceError::Changed)), "{error:?}");
    assert!(!body.ends_with(b"--\r\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_written_to_in_place_is_not_sent_to_its_end() {
    let (error, _) = change_while_sending(|path| {
        let mut file = File::options().write(true).open(path).unwrap();
        std::io::Write::write_all(&mut file, b"other").unwrap();
    })
    .await;
    assert!(matches!(error, PostError::Source(SourceError::Changed)), "{error:?}");
}

#[tokio::test]
async fn a_file_that_changed_before_its_turn_is_not_sent() {
    let server = StubServer::start([vec![Step::ReadToEnd], vec![Step::ReadToEnd]]);
    let file = file_of(1000);
    let source = source_of(file.path());
    let client = dropslot::aws::http_client_trusting(None).unwrap();
    let form = PresignedUpload::Post(form(&server.url()));
    std::fs::write(file.path(), "shorter").unwrap();
    let error = failed(send(&client, &form, &source, &options()).await);
    assert!(matches!(error, PostError::Source(SourceError::Changed)), "{error:?}");

    drop(file);
    let error = failed(send(&client, &form, &source, &options()).await);
    assert!(matches!(error, PostError::Source(SourceError::Gone)), "{error:?}");
    assert!(!server.received().body.ends_with(b"--\r\n"));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_deleted_while_it_is_sent_is_sent_in_full() {
    let file = file_of(24 * MEBIBYTE);
    let expected = bytes_of(24 * MEBIBYTE);
    let created = crate::support::stub_server::answer("201 Created", &[], "");
    let server = StubServer::start([vec![
        Step::Read(1000),
        Step::Wait,
        Step::ReadRequest,
        Step::Send(created),
    ]]);
    let running = begin(PresignedUpload::Post(form(&server.url())), file.path(), &options());
    drop(file);
    server.go_on();
    posted(running.await.unwrap());
    let body = server.received().body;
    let start = body.windows(4).rposition(|window| window == &expected[..4]);
    assert!(
        start.is_some()
            && body
                .windows(64)
                .any(|window| window == &expected[expected.len() - 64..])
    );
}

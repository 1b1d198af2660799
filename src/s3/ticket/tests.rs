//! Forms as people hand them over.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on must fail loudly"
)]

use super::*;

fn fields(text: &str) -> Vec<(String, String)> {
    match read(text).unwrap_or_else(|error| panic!("{error}: {text}")).upload {
        PresignedUpload::Post(post) => post.fields,
        PresignedUpload::Put(_) => panic!("a PUT: {text}"),
    }
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn json_of_any_shape_is_a_ticket() {
    let json = r#"{"url":"https://b.s3.amazonaws.com/","fields":{"key":"curl a.png","policy":"cA=="}}"#;
    assert_eq!(fields(json), pairs(&[("key", "curl a.png"), ("policy", "cA==")]));
    assert_eq!(fields(&format!("{{\"data\":{json}}}")), fields(json));
}

#[test]
fn a_line_of_mc_is_a_ticket() {
    let text = "URL: https://play.min.io/b/in/\nExpire: 7 days 0 hours 0 minutes 0 seconds\nShare: curl \
        https://play.min.io/b/ -F bucket=b -F policy=eyJ9== -F x-amz-algorithm=AWS4-HMAC-SHA256 -F \
        x-amz-credential=A/20261124/us-east-1/s3/aws4_request -F key=in/<NAME> -F file=@<FILE> \n\n";
    let expected = [
        ("bucket", "b"),
        ("policy", "eyJ9=="),
        ("x-amz-algorithm", "AWS4-HMAC-SHA256"),
        ("x-amz-credential", "A/20261124/us-east-1/s3/aws4_request"),
        ("key", "in/${filename}"),
    ];
    assert_eq!(fields(text), pairs(&expected));
}

#[test]
fn mcs_json_is_a_ticket() {
    let json = r#"{"status":"success","url":"https://play.min.io/b/in/","share":"curl https://play.min.io/b/ -F bucket=b -F key=in/<NAME> -F file=@<FILE>","timeLeft":604800000000000}"#;
    assert_eq!(fields(json), pairs(&[("bucket", "b"), ("key", "in/${filename}")]));
}

#[test]
fn short_options_may_stand_together() {
    let text = "curl -sSLu user:https://not.example.com -XPOST -kF key=a -fsSFacl=private https://b.example.com/";
    assert_eq!(fields(text), pairs(&[("key", "a"), ("acl", "private")]));
    assert_eq!(read(text).unwrap().upload.url(), "https://b.example.com/");
}

#[test]
fn postmans_line_is_a_ticket() {
    let text = "curl --location 'https://b.s3.amazonaws.com/' \\\n--form 'key=\"a b.png\"' \\\n--form 'policy=\"eyJ9\"' \\\n--form 'file=@\"/C:/Users/a/a b.png\"'";
    assert_eq!(fields(text), pairs(&[("key", "a b.png"), ("policy", "eyJ9")]));
    let put = "curl --location --request PUT 'https://b.s3.amazonaws.com/a?X-Amz-Signature=x' \\\n--header 'Content-Type: image/png' \\\n--header 'Host: b' \\\n--data '@/C:/a.png'";
    let PresignedUpload::Put(put) = read(put).unwrap().upload else {
        panic!("no PUT");
    };
    assert_eq!(put.headers, pairs(&[("Content-Type", "image/png")]));
}

#[test]
fn a_line_may_be_written_in_all_of_curls_ways() {
    let expected = pairs(&[
        ("key", "a b.png"),
        ("acl", "private"),
        ("p", "x;y"),
        ("q", "say \"hi\""),
    ]);
    for text in [
        r#"curl -sS -F 'key=a b.png' --form acl=private --form-string 'p=x;y' -F 'q="say \"hi\""' -F file=@a.png https://b.example.com/"#,
        "$ curl https://b.example.com/ \\\n  -Fkey='a b.png' \\\n  -F \"acl=private;type=text/plain\" \\\n  --form=p='x;y' --form-string='q=say \"hi\"' \\\n  -F 'file=@\"a.png\"'\necho done",
        "curl.exe -o out -X POST --url https://b.example.com/ -F \"key=a b.png\" ^\r\n -F acl=private ^\r\n -F \"p=x;y\" -F q='say \"hi\"'",
    ] {
        assert_eq!(fields(text), expected, "{text}");
        assert_eq!(read(text).unwrap().upload.url(), "https://b.example.com/");
    }
}

#[test]
fn a_presigned_put_is_a_ticket_too() {
    let url = "https://b.s3.amazonaws.com/a.png?X-Amz-Signature=abc";
    for text in [
        url.to_owned(),
        format!("curl -T a.png -H 'Content-Type: image/png' '{url}'"),
        format!("curl -X PUT --data-binary @a.png -H 'Content-Type: image/png' \"{url}\""),
    ] {
        let upload = read(&text).unwrap().upload;
        assert!(matches!(upload, PresignedUpload::Put(_)), "{text}");
        assert_eq!(upload.url(), url);
    }
}

#[test]
fn what_is_no_ticket_says_what_is_missing() {
    use TicketError as E;
    for (text, error) in [
        ("", E::Neither),
        ("hello", E::Neither),
        ("curl", E::NoUrl),
        ("curl -F key=a", E::NoUrl),
        ("curl https://b.example.com/", E::NoFields),
        ("curl 'https://b.example.com/ -F key=a", E::Quotes),
        (
            "curl https://b.example.com/ -F policy=@policy.txt",
            E::FieldFromFile {
                name: "policy".to_owned(),
            },
        ),
        (
            "curl http://b.example.com/ -F key=a",
            E::Form(VendorReplyError::UnsafeTarget),
        ),
        (
            "curl https://b.example.com/ -F key=a -F key=b",
            E::Form(VendorReplyError::DuplicateField { name: "key".to_owned() }),
        ),
        ("{}", E::Form(VendorReplyError::NoForm)),
    ] {
        assert_eq!(read(text), Err(error), "{text}");
    }
    assert_eq!(
        read(&"x".repeat(MAX_REPLY_BYTES + 1)),
        Err(E::Form(VendorReplyError::TooLong))
    );
}

//! Certificates: a company's own authority is trusted by `AWS_CA_BUNDLE` on every way to a store, and nothing turns the
//! check off.

use super::rig::{Rig, ends, objects};
use crate::support::tls_server::TlsServer;
use crate::support::tools;
use std::process::Command;

const METHODS: [&str; 3] = ["post", "put", "parts"];

/// The embedded S3 behind HTTPS.
struct Guarded {
    rig: Rig,
    front: TlsServer,
}

impl Guarded {
    fn new() -> Self {
        let rig = Rig::new();
        let front = TlsServer::before(rig.endpoint.rsplit_once(':').unwrap().1.parse().unwrap());
        Self { rig, front }
    }

    /// A file in two parts, on its way; the certificate is not trusted yet.
    fn put(&self, method: &str) -> Command {
        self.rig.home.write("film.bin", vec![7; 9 << 20]);
        let mut put = self.rig.put_by_keys_at(&self.front.url());
        put.args([
            "--json",
            "--method",
            method,
            "--key",
            &format!("{method}.bin"),
            "film.bin",
        ]);
        put
    }

    fn is_stored(&self, object_key: &str) -> bool {
        let objects = self.rig.home.path().join("data/dropslot/sandbox/objects/sandbox");
        objects.join(object_key).exists()
    }

    #[track_caller]
    fn refuses(&self, put: &mut Command, case: &str) {
        let output = ends(put, 1);
        let error = objects(&output)[0]["error"].clone();
        assert_eq!(error["code"], "not_trusted", "{case}: {error}");
        assert_eq!(error["what"], "The server's certificate is not trusted", "{case}");
        assert!(
            error["hint"].as_str().unwrap().contains("AWS_CA_BUNDLE"),
            "{case}: {error}"
        );
        assert!(
            METHODS.iter().all(|method| !self.is_stored(&format!("{method}.bin"))),
            "{case}"
        );
    }
}

#[test]
fn a_companys_own_authority_is_trusted_on_every_way_to_a_store() {
    let guarded = Guarded::new();
    let authority = guarded.front.authority();
    for method in METHODS {
        let mut put = guarded.put(method);
        // `fail` looks before, and the link is looked at afterwards.
        let output = ends(put.args(["--if-exists", "fail"]).env("AWS_CA_BUNDLE", &authority), 0);
        let stored = &objects(&output)[0];
        assert_eq!(stored["proof"], "crc64nvme", "{method}: {stored}");
        assert_eq!(stored["access"], "public", "{method}: {stored}");
        let url = stored["url"].as_str().unwrap();
        assert!(url.starts_with("https://127.0.0.1:"), "{url}");
        let read = tools::run(tools::curl().arg("--cacert").arg(&authority).args(["--fail", url]));
        assert!(
            read.stdout == vec![7; 9 << 20],
            "{method}: {}",
            String::from_utf8_lossy(&read.stderr)
        );
        let mut again = guarded.put(method);
        let refused = ends(again.args(["--if-exists", "fail"]).env("AWS_CA_BUNDLE", &authority), 1);
        assert_eq!(objects(&refused)[0]["error"]["code"], "object_exists", "{method}");
    }
}

#[test]
fn a_certificate_of_nobody_known_is_refused_on_every_way_to_a_store() {
    let guarded = Guarded::new();
    let other = TlsServer::start();
    for method in METHODS {
        guarded.refuses(&mut guarded.put(method), method);
        let mut put = guarded.put(method);
        guarded.refuses(put.env("AWS_CA_BUNDLE", other.authority()), method);
        let mut put = guarded.put(method);
        guarded.refuses(put.args(["--if-exists", "fail"]), method);
    }
}

#[test]
fn nothing_turns_the_check_of_certificates_off() {
    let guarded = Guarded::new();
    let home = &guarded.rig.home;
    for (name, value) in [
        ("AWS_VERIFY_SSL", "false"),
        ("AWS_NO_VERIFY_SSL", "1"),
        ("AWS_CA_BUNDLE", ""),
        ("CURL_INSECURE", "1"),
        ("GIT_SSL_NO_VERIFY", "true"),
        ("NODE_TLS_REJECT_UNAUTHORIZED", "0"),
        ("PYTHONHTTPSVERIFY", "0"),
        ("REQUESTS_CA_BUNDLE", ""),
        ("SSL_VERIFY", "0"),
    ] {
        guarded.refuses(guarded.put("put").env(name, value), name);
    }
    let off = r#"{"verify_ssl": false, "verify": false, "insecure": true, "tls": {"verify": false}, "danger_accept_invalid_certs": true}"#;
    home.write("config/dropslot/settings.json", off);
    home.aws_config("[default]\nverify_ssl = false\ninsecure = true\ns3 =\n  verify = false\n");
    guarded.refuses(&mut guarded.put("put"), "settings and profile");
    let help = tools::stdout(home.dropslot().args(["put", "--help"])).to_lowercase();
    for word in ["insecure", "verify", "certificate", "trust"] {
        assert!(!help.contains(word), "an option speaks of {word}:\n{help}");
    }
}

//! HTTPS servers whose certificates a new certificate authority has signed: openssl and Python, nothing of ours.

use super::tools;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use tempfile::TempDir;

/// Answers 201 to every POST when it has read it to its end.
const SERVER: &str = r#"
import http.server, ssl, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        remaining = int(self.headers["Content-Length"])
        while remaining:
            remaining -= len(self.rfile.read(min(remaining, 65536)))
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *_): pass
class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_): pass
server = Server(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_address[1], flush=True)
server.serve_forever()
"#;

/// Hands every connection on to a port of this machine, without its TLS.
const FRONT: &str = r#"
import asyncio, ssl, sys
async def pump(reader, writer):
    try:
        while block := await reader.read(1 << 18):
            writer.write(block)
            await writer.drain()
    except (OSError, ssl.SSLError):
        pass
    finally:
        writer.close()
async def serve(reader, writer):
    behind = await asyncio.open_connection("127.0.0.1", int(sys.argv[3]))
    await asyncio.gather(pump(reader, behind[1]), pump(behind[0], writer))
async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"#;

/// Runs until dropped.
#[derive(Debug)]
pub(crate) struct TlsServer {
    folder: TempDir,
    server: Child,
    port: u16,
}

impl TlsServer {
    /// A new authority, a certificate for 127.0.0.1, and a server that answers 201 to every POST.
    pub(crate) fn start() -> Self {
        Self::running(SERVER, &[])
    }

    /// The same before a server that speaks plain HTTP on `port`.
    pub(crate) fn before(port: u16) -> Self {
        Self::running(FRONT, &[&port.to_string()])
    }

    fn running(program: &str, args: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        certify(
            folder.path(),
            "authority",
            &["-addext", "basicConstraints=critical,CA:TRUE"],
        );
        let signed_by = ["-CA", "authority.pem", "-CAkey", "authority.key"];
        let leaf = [
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-addext",
            "basicConstraints=CA:FALSE",
        ];
        certify(folder.path(), "server", &[signed_by, leaf].concat());
        let mut server = tools::python()
            .current_dir(folder.path())
            .args(["-c", program, "server.pem", "server.key"])
            .args(args)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut port)
            .unwrap();
        Self {
            folder,
            server,
            port: port.trim().parse().unwrap(),
        }
    }

    /// `https://127.0.0.1:PORT`
    pub(crate) fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    /// The authority's certificate, for `AWS_CA_BUNDLE`.
    pub(crate) fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.server.kill().unwrap_or_default();
        // Only its end is waited for, not how it ended.
        drop(self.server.wait());
    }
}

fn certify(folder: &Path, name: &str, more: &[&str]) {
    let (key, certificate) = (format!("{name}.key"), format!("{name}.pem"));
    let mut openssl = tools::openssl();
    openssl
        .current_dir(folder)
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]);
    openssl.args([
        "-subj",
        &format!("/CN=dropslot test {name}"),
        "-keyout",
        &key,
        "-out",
        &certificate,
    ]);
    tools::stdout(openssl.args(more));
}

//! Files that go in parts: what has failed goes on where it stopped, and what was stopped leaves nothing behind.

use super::rig::{Rig, ends, objects, told};
use crate::support::fault_server::{Canned, Fault, FaultServer, Operation};
use crate::support::store::Store;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn what_has_failed_goes_on_where_it_stopped() {
    let rig = Rig::new();
    let is_refused = Arc::new(AtomicBool::new(true));
    let refused = Arc::clone(&is_refused);
    let server = FaultServer::start(
        Store::sandbox(&rig.endpoint, rig.credentials()),
        move |request| match request.operation {
            Operation::UploadPart(3) if refused.load(Ordering::Relaxed) => {
                Fault::Answer(Canned::s3(403, "AccessDenied", "Access Denied"))
            }
            _ => Fault::None,
        },
    );
    rig.home.write("film.mp4", vec![7; 30 << 20]);
    let mut put = rig.put_by_keys_at(&server.url());
    let output = ends(put.args(["--json", "--method", "parts", "film.mp4"]), 1);
    assert_eq!(
        objects(&output)[0]["error"]["code"],
        "access_denied",
        "{}",
        told(&output)
    );
    assert!(told(&output).contains("dropslot put --resume"), "{}", told(&output));
    let sent = |server: &FaultServer| {
        let mut sent = BTreeMap::new();
        for exchange in server.log().exchanges() {
            if let Operation::UploadPart(number) = exchange.operation
                && exchange.is_stored()
            {
                *sent.entry(number).or_insert(0) += 1;
            }
        }
        sent
    };
    assert!(!sent(&server).contains_key(&3));

    is_refused.store(false, Ordering::Relaxed);
    let output = ends(
        rig.with_keys(rig.home.dropslot()).args(["put", "--resume", "--json"]),
        0,
    );
    assert_eq!(objects(&output)[0]["proof"], "crc64nvme");
    assert_eq!(
        sent(&server),
        (1..=6).map(|number| (number, 1)).collect(),
        "nothing was sent twice"
    );
    assert_eq!(
        server.log().of(Operation::CreateUpload).len(),
        1,
        "nothing was begun anew"
    );
}

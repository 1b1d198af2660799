//! CRC-64/NVME from its definition in reveng's catalogue, eight bytes a step.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The reflected polynomial.
const POLYNOMIAL: u64 = 0x9a6c_9329_ac4b_c9b5;

pub struct Crc64Nvme {
    /// `tables[n][b]`: what the byte b does n bytes before the end of eight.
    tables: Box<[[u64; 256]; 8]>,
}

impl Crc64Nvme {
    pub fn new() -> Self {
        let mut tables = Box::new([[0_u64; 256]; 8]);
        for byte in 0..256 {
            tables[0][byte] = (0..8).fold(byte as u64, |crc, _| (crc >> 1) ^ (POLYNOMIAL * (crc & 1)));
        }
        for later in 1..8 {
            for byte in 0..256 {
                let crc = tables[later - 1][byte];
                tables[later][byte] = (crc >> 8) ^ tables[0][(crc & 0xff) as usize];
            }
        }
        Self { tables }
    }

    /// Base64 of the big-endian 8 bytes.
    pub fn base64_of(&self, bytes: &[u8]) -> String {
        base64(!self.after(!0, bytes))
    }

    fn after(&self, mut crc: u64, bytes: &[u8]) -> u64 {
        let eights = bytes.chunks_exact(8);
        let rest = eights.remainder();
        for eight in eights {
            let word = crc ^ u64::from_le_bytes(eight.try_into().expect("eight bytes"));
            crc = (0..8).fold(0, |crc, at| {
                crc ^ self.tables[7 - at][(word >> (8 * at)) as usize & 0xff]
            });
        }
        for &byte in rest {
            crc = (crc >> 8) ^ self.tables[0][((crc ^ u64::from(byte)) & 0xff) as usize];
        }
        crc
    }
}

/// The same of a file.
pub fn of_file(path: &Path) -> io::Result<String> {
    let crc64nvme = Crc64Nvme::new();
    let mut file = File::open(path)?;
    let mut block = vec![0; 1024 * 1024];
    let mut crc = !0_u64;
    loop {
        let length = file.read(&mut block)?;
        if length == 0 {
            return Ok(base64(!crc));
        }
        crc = crc64nvme.after(crc, &block[..length]);
    }
}

fn base64(crc: u64) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = u128::from(crc) << 2;
    let digits = (0..11).map(|at| DIGITS[(bits >> (60 - 6 * at)) as usize & 0x3f] as char);
    digits.chain(['=']).collect()
}

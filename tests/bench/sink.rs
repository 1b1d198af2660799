//! Takes POST forms, throws them away as fast as a socket gives them, and answers as S3 does.
//!
//! `rustc -O sink.rs && ./sink [FILE]` prints its port, and then a line for every form: its bytes, and the seconds from its
//! head to its end. With FILE, every 201 carries that file's CRC-64/NVME, computed once at the start (from the
//! definition, not by the crate that Dropslot uses), so that the proof is on and costs the sink nothing while it is timed.
//! `SINK_MIB_PER_SECOND` makes it take no more than that of each connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

fn main() -> io::Result<()> {
    let checksum = std::env::args_os().nth(1).map(crc64nvme_of).transpose()?;
    let limit = std::env::var("SINK_MIB_PER_SECOND").ok().and_then(|limit| limit.parse::<u32>().ok());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    for stream in listener.incoming() {
        let (stream, checksum) = (stream?, checksum.clone());
        // A client that goes away in the middle is its own business.
        std::thread::spawn(move || serve(stream, checksum.as_deref(), limit).unwrap_or_default());
    }
    Ok(())
}

fn serve(stream: TcpStream, checksum: Option<&str>, limit: Option<u32>) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1024 * 1024, stream.try_clone()?);
    let mut writer = stream;
    let mut request_line = String::new();
    while { request_line.clear(); reader.read_line(&mut request_line)? > 0 } {
        let head = head(&mut reader)?;
        if head.to_ascii_lowercase().contains("expect: 100-continue") {
            writer.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let begun = Instant::now();
        discard(&mut reader, content_length(&head), limit)?;
        if request_line.starts_with("POST ") {
            println!("{} {:.6}", content_length(&head), begun.elapsed().as_secs_f64());
        }
        writer.write_all(answer(&request_line, checksum).as_bytes())?;
    }
    Ok(())
}

fn head(reader: &mut impl BufRead) -> io::Result<String> {
    let mut head = String::new();
    while reader.read_line(&mut head)? > 2 {}
    Ok(head)
}

fn content_length(head: &str) -> u64 {
    let lower = head.to_ascii_lowercase();
    lower.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok()).unwrap_or(0)
}

fn discard(reader: &mut impl BufRead, mut remaining: u64, limit: Option<u32>) -> io::Result<()> {
    let (begun, mut done) = (Instant::now(), 0.0);
    while remaining > 0 {
        let length = reader.fill_buf()?.len();
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let taken = remaining.min(length as u64);
        reader.consume(taken as usize);
        remaining -= taken;
        if let Some(limit) = limit {
            done += taken as f64 / f64::from(limit) / 1024.0 / 1024.0;
            std::thread::sleep(Duration::from_secs_f64(done).saturating_sub(begun.elapsed()));
        }
    }
    Ok(())
}

fn answer(request_line: &str, checksum: Option<&str>) -> String {
    if !request_line.starts_with("POST ") {
        return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_owned();
    }
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse><Bucket>bench</Bucket><Key>bench</Key></PostResponse>";
    let proof = checksum.map(|checksum| {
        format!("x-amz-checksum-crc64nvme: {checksum}\r\nx-amz-checksum-type: FULL_OBJECT\r\n")
    });
    let proof = proof.unwrap_or_default();
    format!("HTTP/1.1 201 Created\r\n{proof}Content-Type: application/xml\r\nContent-Length: {}\r\n\r\n{xml}", xml.len())
}

/// Base64 of the big-endian 8 bytes.
fn crc64nvme_of(path: std::ffi::OsString) -> io::Result<String> {
    // The reflected polynomial of CRC-64/NVME (reveng's catalogue).
    const POLYNOMIAL: u64 = 0x9a6c_9329_ac4b_c9b5;
    // tables[n][b]: what the byte b does n bytes before the end of eight.
    let mut tables = [[0_u64; 256]; 8];
    for byte in 0..256 {
        tables[0][byte] = (0..8).fold(byte as u64, |crc, _| (crc >> 1) ^ (POLYNOMIAL * (crc & 1)));
    }
    for later in 1..8 {
        for byte in 0..256 {
            let crc = tables[later - 1][byte];
            tables[later][byte] = (crc >> 8) ^ tables[0][(crc & 0xff) as usize];
        }
    }
    let mut file = std::fs::File::open(path)?;
    let mut block = vec![0; 1024 * 1024];
    let mut crc = !0_u64;
    loop {
        let length = fill(&mut file, &mut block)?;
        let eights = block[..length].chunks_exact(8);
        let rest = eights.remainder();
        for eight in eights {
            let word = crc ^ u64::from_le_bytes(eight.try_into().expect("eight bytes"));
            crc = (0..8).fold(0, |crc, at| crc ^ tables[7 - at][(word >> (8 * at)) as usize & 0xff]);
        }
        for &byte in rest {
            crc = (crc >> 8) ^ tables[0][((crc ^ u64::from(byte)) & 0xff) as usize];
        }
        if length < block.len() {
            return Ok(base64(&(!crc).to_be_bytes()));
        }
    }
}

/// As much as there is, up to the block's length.
fn fill(file: &mut impl Read, block: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < block.len() {
        match file.read(&mut block[filled..])? {
            0 => break,
            length => filled += length,
        }
    }
    Ok(filled)
}

fn base64(bytes: &[u8; 8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = u128::from(u64::from_be_bytes(*bytes)) << 2;
    let digits = (0..11).map(|at| DIGITS[(bits >> (60 - 6 * at)) as usize & 0x3f] as char);
    digits.chain(['=']).collect()
}

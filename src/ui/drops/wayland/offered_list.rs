//! The dropped `text/uri-list` as its source writes it into a pipe: bounded in time and size, and given up at once
//! when the window closes.

use crate::ui::drops::uri_list::{LARGEST_LIST, LONGEST_WAIT, ListError};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::{self, PipeReader, Read as _};
use std::time::Instant;

/// Reads all of `list`, or until `stopped` is closed at its other end.
pub(super) fn read(list: &mut PipeReader, stopped: &PipeReader) -> Result<Vec<u8>, ListError> {
    let deadline = Instant::now() + LONGEST_WAIT;
    let mut bytes = Vec::new();
    let mut block = vec![0; 64 * 1024];
    loop {
        wait_readable(list, stopped, deadline)?;
        let length = match list.read(&mut block) {
            Ok(0) => return Ok(bytes),
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(ListError::Read(error)),
        };
        bytes.extend(block.iter().take(length));
        if bytes.len() > LARGEST_LIST {
            return Err(ListError::TooLarge);
        }
    }
}

fn wait_readable(list: &PipeReader, stopped: &PipeReader, deadline: Instant) -> Result<(), ListError> {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut ready = [PollFd::new(list, PollFlags::IN), PollFd::new(stopped, PollFlags::IN)];
        match poll(&mut ready, Timespec::try_from(left).ok().as_ref()) {
            Ok(0) => return Err(ListError::TooSlow),
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(ListError::Read(error.into())),
        }
        let [list_ready, stopped_ready] = ready;
        if !stopped_ready.revents().is_empty() {
            return Err(ListError::Stopped);
        }
        if !list_ready.revents().is_empty() {
            return Ok(());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_list_in_pieces_is_read_to_its_end() {
        let (mut list, mut source) = io::pipe().unwrap();
        let (stopped, _stop) = io::pipe().unwrap();
        let writer = std::thread::spawn(move || {
            for _ in 0..30 {
                source.write_all(&[b'x'; 10_000]).unwrap();
            }
        });
        assert_eq!(read(&mut list, &stopped).unwrap().len(), 300_000);
        writer.join().unwrap();
    }

    #[test]
    fn a_list_without_end_is_given_up() {
        let (mut list, mut source) = io::pipe().unwrap();
        let (stopped, _stop) = io::pipe().unwrap();
        let block = vec![b'x'; 1 << 16];
        let writer = std::thread::spawn(move || while source.write_all(&block).is_ok() {});
        assert!(matches!(read(&mut list, &stopped), Err(ListError::TooLarge)));
        drop(list);
        writer.join().unwrap();
    }

    #[test]
    fn a_closing_window_does_not_wait_for_a_source_that_hangs() {
        let (mut list, _source) = io::pipe().unwrap();
        let (stopped, stop) = io::pipe().unwrap();
        drop(stop);
        assert!(matches!(read(&mut list, &stopped), Err(ListError::Stopped)));
    }

    #[test]
    fn a_source_that_hangs_is_given_up() {
        let (list, _source) = io::pipe().unwrap();
        let (stopped, _stop) = io::pipe().unwrap();
        assert!(matches!(
            wait_readable(&list, &stopped, Instant::now()),
            Err(ListError::TooSlow)
        ));
    }
}

//! The target's side of the protocol: messages of drag sources, and the answers to them.

use super::Atoms;
use super::drag::{Drag, follow, unfollow, unmapped_window};
use crate::ui::drops::DropEvent;
use crate::ui::drops::listener::Outlet;
use crate::ui::drops::uri_list::{ListError, UriList};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::PipeReader;
use std::time::Instant;
use x11rb::connection::Connection as _;
use x11rb::errors::{ConnectError, ConnectionError, ReplyError, ReplyOrIdError};
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, PropMode, Property, Timestamp, Window,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

/// The version that this follows, and the oldest that sources still speak (older ones are not documented).
const VERSION: u32 = 5;
const OLDEST_VERSION: u32 = 3;

/// More types than any source offers.
const MOST_TYPES: u32 = 1024;

/// More names than are shown of what hovers.
const MOST_NAMES: usize = 16;

/// Flags of `XdndStatus`: the drop is welcome, and the source is to go on telling where the pointer is.
const ACCEPT_ANYWHERE: u32 = 0b11;

/// Why no drops arrive by this way.
#[derive(Debug, thiserror::Error)]
pub(super) enum TargetError {
    #[error("no connection to the X server: {0}")]
    Connect(#[from] ConnectError),
    #[error("the connection to the X server ended: {0}")]
    Connection(#[from] ConnectionError),
    #[error("the X server refused: {0}")]
    Reply(#[from] ReplyError),
    #[error("the X server refused: {0}")]
    Id(#[from] ReplyOrIdError),
    #[error("the connection to the X server could not be watched: {0}")]
    Poll(#[from] rustix::io::Errno),
}

/// The window that drag sources talk to.
pub(super) struct Target {
    connection: RustConnection,
    atoms: Atoms,
    root: Window,
    outlet: Outlet,
    /// Over the window now.
    hovering: Option<Drag>,
    /// Dropped, and their lists are still on their way.
    dropped: Vec<Drag>,
}

impl Target {
    /// Receives what is dropped on `window` until `stopped` is closed at its other end.
    pub(super) fn run(window: Window, stopped: &PipeReader, outlet: Outlet) -> Result<(), TargetError> {
        let (connection, _) = RustConnection::connect(None)?;
        let atoms = Atoms::new(&connection)?.reply()?;
        let root = connection.get_geometry(window)?.reply()?.root;
        let proxy = unmapped_window(&connection, root, EventMask::NO_EVENT)?;
        let mut target = Self {
            connection,
            atoms,
            root,
            outlet,
            hovering: None,
            dropped: Vec::new(),
        };
        target.set(proxy, atoms.XdndAware, AtomEnum::ATOM, VERSION)?;
        // A proxy names itself, so that one that was left behind is told from one that lives.
        target.set(proxy, atoms.XdndProxy, AtomEnum::WINDOW, proxy)?;
        target.set(window, atoms.XdndProxy, AtomEnum::WINDOW, proxy)?;
        let result = target.listen(stopped).and_then(|()| target.stop());
        // Without us, sources are to talk to winit.
        target.connection.delete_property(window, atoms.XdndProxy)?;
        target.connection.flush()?;
        result
    }

    fn set(&self, window: Window, property: Atom, kind: AtomEnum, value: u32) -> Result<(), TargetError> {
        let mode = PropMode::REPLACE;
        Ok(self
            .connection
            .change_property32(mode, window, property, kind, &[value])?
            .check()?)
    }

    fn listen(&mut self, stopped: &PipeReader) -> Result<(), TargetError> {
        loop {
            // Before looking for events: sending reads, and what was read is no longer seen by `poll`.
            self.connection.flush()?;
            if let Some(event) = self.connection.poll_for_event()? {
                self.handle(&event)?;
                continue;
            }
            let due = self.dropped.iter().filter_map(Drag::give_up_at).min();
            let timeout = due
                .map(|due| due.saturating_duration_since(Instant::now()))
                .and_then(|left| Timespec::try_from(left).ok());
            let mut ready = [
                PollFd::new(self.connection.stream(), PollFlags::IN),
                PollFd::new(stopped, PollFlags::IN),
            ];
            match poll(&mut ready, timeout.as_ref()) {
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            let [_, stopped_ready] = ready;
            if !stopped_ready.revents().is_empty() {
                return Ok(());
            }
            self.give_up_late(Instant::now())?;
        }
    }

    fn handle(&mut self, event: &Event) -> Result<(), TargetError> {
        match event {
            Event::ClientMessage(message) if message.format == 32 => self.message(message),
            Event::SelectionNotify(answer) => {
                let refused = answer.property == u32::from(AtomEnum::NONE);
                self.list_moved(answer.requestor, |drag, connection, atoms| {
                    drag.answered(connection, atoms, refused)
                })
            }
            Event::PropertyNotify(change) if change.state == Property::NEW_VALUE => {
                self.list_moved(change.window, Drag::continued)
            }
            Event::DestroyNotify(gone) => self.source_gone(gone.window),
            // A source that ended: its window is no longer there to be written to.
            Event::Error(error) => {
                tracing::debug!("a drag source: {error:?}");
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn message(&mut self, message: &ClientMessageEvent) -> Result<(), TargetError> {
        let atoms = self.atoms;
        let [source, first, second, third, fourth] = message.data.as_data32();
        if message.type_ == atoms.XdndEnter {
            return self.enter((source, message.window), first, [second, third, fourth]);
        }
        let Some(drag) = self.hovering.take_if(|drag| drag.source == source) else {
            return Ok(());
        };
        if message.type_ == atoms.XdndPosition {
            self.position(drag, third)
        } else if message.type_ == atoms.XdndLeave {
            self.left(drag)
        } else if message.type_ == atoms.XdndDrop {
            self.dropped(drag, second)
        } else {
            self.hovering = Some(drag);
            Ok(())
        }
    }

    fn enter(&mut self, parties: (Window, Window), flags: u32, three_types: [Atom; 3]) -> Result<(), TargetError> {
        if let Some(forgotten) = self.hovering.take() {
            self.left(forgotten)?;
        }
        if !(OLDEST_VERSION..=VERSION).contains(&(flags >> 24)) {
            return Ok(());
        }
        let types = if flags & 1 == 0 {
            three_types.to_vec()
        } else {
            self.type_list(parties.0)?
        };
        let has_files = types.contains(&self.atoms.URI_LIST);
        if follow(&self.connection, parties.0)? {
            self.hovering = Some(Drag::begin(&self.connection, self.root, parties, has_files)?);
            self.outlet.send(DropEvent::Hover {
                count: None,
                names: Vec::new(),
            });
        }
        Ok(())
    }

    /// The types of a source that offers more than fit into its message. None where it is gone.
    fn type_list(&self, source: Window) -> Result<Vec<Atom>, TargetError> {
        let property = self.atoms.XdndTypeList;
        let cookie = self
            .connection
            .get_property(false, source, property, AtomEnum::ATOM, 0, MOST_TYPES)?;
        match cookie.reply() {
            Ok(list) => Ok(list.value32().into_iter().flatten().collect()),
            Err(ReplyError::X11Error(_)) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// Says that the drop is welcome. Something else than files too: refused at the drop, with a reason, it is
    /// understood; a cursor that says no is not.
    fn position(&mut self, mut drag: Drag, time: Timestamp) -> Result<(), TargetError> {
        drag.hover(&self.connection, &self.atoms, time)?;
        let status = [drag.target, ACCEPT_ANYWHERE, 0, 0, self.atoms.XdndActionCopy];
        self.send(drag.source, self.atoms.XdndStatus, status)?;
        self.hovering = Some(drag);
        Ok(())
    }

    fn left(&self, drag: Drag) -> Result<(), TargetError> {
        self.outlet.send(DropEvent::Left);
        self.end(drag)
    }

    fn dropped(&mut self, mut drag: Drag, time: Timestamp) -> Result<(), TargetError> {
        self.outlet.send(DropEvent::Left);
        drag.let_go(&self.connection, &self.atoms, time)?;
        self.go_on(drag)
    }

    /// Ends a drop whose list is complete; waits for the others.
    fn go_on(&mut self, mut drag: Drag) -> Result<(), TargetError> {
        if let Some(list) = drag.take_list() {
            return self.finish(drag, list);
        }
        self.dropped.push(drag);
        Ok(())
    }

    /// Lets the drag that receives in `inbox` take in what has come.
    fn list_moved(
        &mut self,
        inbox: Window,
        take_in: impl Fn(&mut Drag, &RustConnection, &Atoms) -> Result<(), ReplyError>,
    ) -> Result<(), TargetError> {
        let receives = |drag: &Drag| drag.receives_in(inbox);
        if let Some(drag) = self.hovering.as_mut().filter(|drag| receives(drag)) {
            take_in(drag, &self.connection, &self.atoms)?;
            if let Some(hover) = drag.files().and_then(hover_event) {
                self.outlet.send(hover);
            }
        } else if let Some(index) = self.dropped.iter().position(receives) {
            let mut drag = self.dropped.swap_remove(index);
            take_in(&mut drag, &self.connection, &self.atoms)?;
            return self.go_on(drag);
        }
        Ok(())
    }

    /// A source's window was destroyed, before its drag had come to an end.
    fn source_gone(&mut self, source: Window) -> Result<(), TargetError> {
        if let Some(drag) = self.hovering.take_if(|drag| drag.source == source) {
            self.left(drag)?;
        }
        self.finish_those(|drag| drag.source == source, || ListError::Withdrawn)
    }

    fn give_up_late(&mut self, now: Instant) -> Result<(), TargetError> {
        self.finish_those(
            |drag| drag.give_up_at().is_some_and(|due| due <= now),
            || ListError::TooSlow,
        )
    }

    /// The window closes: no source waits for nothing.
    fn stop(&mut self) -> Result<(), TargetError> {
        self.finish_those(|_| true, || ListError::Stopped)
    }

    fn finish_those(
        &mut self,
        which: impl Fn(&mut Drag) -> bool,
        reason: impl Fn() -> ListError,
    ) -> Result<(), TargetError> {
        let ended: Vec<Drag> = self.dropped.extract_if(.., which).collect();
        ended.into_iter().try_for_each(|drag| self.finish(drag, Err(reason())))
    }

    /// Tells the window, and the source, what came of a drop.
    fn finish(&self, drag: Drag, list: Result<UriList, ListError>) -> Result<(), TargetError> {
        let taken = self.outlet.send_list(list);
        let (flags, action) = if taken { (1, self.atoms.XdndActionCopy) } else { (0, 0) };
        let finished = [drag.target, flags, action, 0, 0];
        self.send(drag.source, self.atoms.XdndFinished, finished)?;
        self.end(drag)
    }

    /// Forgets a drag, and its source unless that has another.
    fn end(&self, drag: Drag) -> Result<(), TargetError> {
        let source = drag.source;
        drag.end(&self.connection)?;
        if self
            .hovering
            .iter()
            .chain(&self.dropped)
            .all(|other| other.source != source)
        {
            unfollow(&self.connection, source)?;
        }
        Ok(())
    }

    fn send(&self, source: Window, kind: Atom, data: [u32; 5]) -> Result<(), TargetError> {
        let message = ClientMessageEvent::new(32, source, kind, data);
        self.connection
            .send_event(false, source, EventMask::NO_EVENT, message)?;
        Ok(())
    }
}

/// What hovers, by name; of links nothing can be said.
fn hover_event(files: &UriList) -> Option<DropEvent> {
    let name = |path: &std::path::PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
    (!files.paths.is_empty()).then(|| DropEvent::Hover {
        count: Some(files.paths.len()),
        names: files.paths.iter().take(MOST_NAMES).filter_map(name).collect(),
    })
}

//! One drag over the window, from its beginning to its end, and the list of its files on the way to us.

use super::Atoms;
use crate::ui::drops::uri_list::{LARGEST_LIST, LONGEST_WAIT, ListError, UriList};
use std::time::Instant;
use x11rb::connection::Connection as _;
use x11rb::errors::{ConnectionError, ReplyError, ReplyOrIdError};
use x11rb::protocol::xproto::{
    AtomEnum, ChangeWindowAttributesAux, ConnectionExt as _, CreateWindowAux, EventMask, GetPropertyReply, Timestamp,
    Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;

/// What another program drags.
pub(super) struct Drag {
    /// The program's window: messages come from it, and answers go to it.
    pub(super) source: Window,
    /// What the source takes for the window below the pointer: winit's, or (Chromium) the proxy. Answers name it.
    pub(super) target: Window,
    /// Where the source writes its list. A window of its own for each drag: an answer that comes late can never be
    /// taken for another drag's.
    inbox: Window,
    list: List,
    drop: Option<Dropped>,
}

/// The button was let go.
struct Dropped {
    /// The source's clock.
    time: Timestamp,
    /// No longer is the list waited for.
    give_up_at: Instant,
}

/// The list of files.
enum List {
    /// Something else is dragged.
    None,
    /// Not asked for yet.
    Unasked,
    /// Asked for, before the drop or at it.
    Asked { at_drop: bool },
    /// The source does not tell before the drop.
    Secret,
    /// Comes in pieces ([ICCCM, section 2.7.2](https://tronche.com/gui/x/icccm/sec-2.html#s-2.7.2)).
    Arriving(Vec<u8>),
    /// Read.
    Here(Result<UriList, ListError>),
}

impl Drag {
    /// A drag that comes over the window.
    pub(super) fn begin(
        connection: &RustConnection,
        root: Window,
        (source, target): (Window, Window),
        has_files: bool,
    ) -> Result<Self, ReplyOrIdError> {
        Ok(Self {
            source,
            target,
            inbox: unmapped_window(connection, root, EventMask::PROPERTY_CHANGE)?,
            list: if has_files { List::Unasked } else { List::None },
            drop: None,
        })
    }

    /// It hovers: asks for the list, so that the files can be named before the drop. `time` is the source's.
    pub(super) fn hover(
        &mut self,
        connection: &RustConnection,
        atoms: &Atoms,
        time: Timestamp,
    ) -> Result<(), ConnectionError> {
        if matches!(self.list, List::Unasked) {
            self.ask(connection, atoms, time)?;
        }
        Ok(())
    }

    /// It was dropped: now the source must tell. `time` is the source's.
    pub(super) fn let_go(
        &mut self,
        connection: &RustConnection,
        atoms: &Atoms,
        time: Timestamp,
    ) -> Result<(), ConnectionError> {
        let give_up_at = Instant::now() + LONGEST_WAIT;
        self.drop = Some(Dropped { time, give_up_at });
        if matches!(self.list, List::Unasked | List::Secret) {
            self.ask(connection, atoms, time)?;
        }
        Ok(())
    }

    fn ask(&mut self, connection: &RustConnection, atoms: &Atoms, time: Timestamp) -> Result<(), ConnectionError> {
        let (selection, property) = (atoms.XdndSelection, atoms.DROPSLOT_LIST);
        connection.convert_selection(self.inbox, selection, atoms.URI_LIST, property, time)?;
        let at_drop = self.drop.is_some();
        self.list = List::Asked { at_drop };
        Ok(())
    }

    /// When to give up waiting for the list of a drop.
    pub(super) fn give_up_at(&self) -> Option<Instant> {
        self.drop.as_ref().map(|drop| drop.give_up_at)
    }

    /// Takes in the source's answer.
    pub(super) fn answered(
        &mut self,
        connection: &RustConnection,
        atoms: &Atoms,
        refused: bool,
    ) -> Result<(), ReplyError> {
        let List::Asked { at_drop } = self.list else {
            return Ok(());
        };
        if !refused {
            let answer = self.take(connection, atoms)?;
            self.list = if answer.type_ == atoms.INCR {
                List::Arriving(Vec::new())
            } else if answer.bytes_after > 0 {
                List::Here(Err(ListError::TooLarge))
            } else {
                List::Here(UriList::parse(&answer.value))
            };
            return Ok(());
        }
        match &self.drop {
            _ if at_drop => self.list = List::Here(Err(ListError::Withdrawn)),
            Some(drop) => self.ask(connection, atoms, drop.time)?,
            None => self.list = List::Secret,
        }
        Ok(())
    }

    /// Takes in the next piece of a long list. An empty one ends it.
    pub(super) fn continued(&mut self, connection: &RustConnection, atoms: &Atoms) -> Result<(), ReplyError> {
        let List::Arriving(bytes) = &mut self.list else {
            return Ok(());
        };
        let mut bytes = std::mem::take(bytes);
        let piece = self.take(connection, atoms)?;
        let is_there = piece.type_ != u32::from(AtomEnum::NONE);
        bytes.extend_from_slice(&piece.value);
        self.list = if piece.bytes_after > 0 || bytes.len() > LARGEST_LIST {
            List::Here(Err(ListError::TooLarge))
        } else if is_there && piece.value.is_empty() {
            List::Here(UriList::parse(&bytes))
        } else {
            List::Arriving(bytes)
        };
        if let Some(drop) = self.drop.as_mut().filter(|_| is_there) {
            drop.give_up_at = Instant::now() + LONGEST_WAIT;
        }
        Ok(())
    }

    /// Reads what the source has written, and takes it away, which asks for the next piece.
    fn take(&self, connection: &RustConnection, atoms: &Atoms) -> Result<GetPropertyReply, ReplyError> {
        let most_words = u32::try_from(LARGEST_LIST / 4).unwrap_or(u32::MAX);
        let property = atoms.DROPSLOT_LIST;
        connection
            .get_property(true, self.inbox, property, AtomEnum::ANY, 0, most_words)?
            .reply()
    }

    /// The files, as soon as they are known.
    pub(super) fn files(&self) -> Option<&UriList> {
        match &self.list {
            List::Here(Ok(list)) => Some(list),
            _ => None,
        }
    }

    /// Takes the list, where nothing more is to be waited for. Of something else than files it is empty.
    pub(super) fn take_list(&mut self) -> Option<Result<UriList, ListError>> {
        match std::mem::replace(&mut self.list, List::None) {
            List::None => Some(Ok(UriList::default())),
            List::Here(list) => Some(list),
            unfinished => {
                self.list = unfinished;
                None
            }
        }
    }

    /// Whether the source writes into `window` for this drag.
    pub(super) fn receives_in(&self, window: Window) -> bool {
        self.inbox == window
    }

    /// Ends this drag: what its source may still write is lost.
    pub(super) fn end(self, connection: &RustConnection) -> Result<(), ConnectionError> {
        connection.destroy_window(self.inbox)?;
        Ok(())
    }
}

/// Asks to be told when a source's window is destroyed. Whether it is still there.
pub(super) fn follow(connection: &RustConnection, source: Window) -> Result<bool, ConnectionError> {
    let told_when_gone = ChangeWindowAttributesAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
    match connection.change_window_attributes(source, &told_when_gone)?.check() {
        Ok(()) => Ok(true),
        Err(ReplyError::X11Error(_)) => Ok(false),
        Err(ReplyError::ConnectionError(error)) => Err(error),
    }
}

/// Asks no longer. The window may be gone: the error is passed over by whoever reads events.
pub(super) fn unfollow(connection: &RustConnection, source: Window) -> Result<(), ConnectionError> {
    let not_told = ChangeWindowAttributesAux::new().event_mask(EventMask::NO_EVENT);
    connection.change_window_attributes(source, &not_told)?;
    Ok(())
}

/// A window that nobody sees.
pub(super) fn unmapped_window(
    connection: &RustConnection,
    root: Window,
    events: EventMask,
) -> Result<Window, ReplyOrIdError> {
    let window = connection.generate_id()?;
    let attributes = CreateWindowAux::new().event_mask(events);
    connection.create_window(
        0,
        window,
        root,
        -1,
        -1,
        1,
        1,
        0,
        WindowClass::INPUT_ONLY,
        x11rb::COPY_FROM_PARENT,
        &attributes,
    )?;
    Ok(window)
}

//! Drops on an X11 window: a receiver of our own beside winit, which (0.30) loses whole drops without a word: those with
//! a name that is not UTF-8, a host in a URI, a comment, a file that has just gone, or more than 256 KiB of names. It
//! also resolves symbolic links, so that files arrive under another name.
//!
//! It lives on a connection of its own, so that winit's sees nothing of it. The property `XdndProxy` on winit's window
//! tells drag sources to talk to our window instead; where one does not know that property, it talks to winit, as if we
//! were not there. To be removed with winit 0.31, which mends all of this.
//!
//! Source: <https://www.freedesktop.org/wiki/Specifications/XDND/> (version 5).

mod drag;
mod target;

use super::listener::Listener;
use target::Target;
use winit::raw_window_handle::{HasWindowHandle as _, RawWindowHandle};

/// Listens for drags over an X11 window. `None` where the window is of another kind.
pub(super) fn listen(cc: &eframe::CreationContext<'_>) -> Option<Listener> {
    let window = match cc.window_handle().ok()?.as_raw() {
        RawWindowHandle::Xlib(handle) => u32::try_from(handle.window).ok()?,
        RawWindowHandle::Xcb(handle) => handle.window.get(),
        _ => return None,
    };
    let ctx = cc.egui_ctx.clone();
    Some(Listener::start("x11-drops", ctx, move |stopped, outlet| {
        Target::run(window, &stopped, outlet)
    }))
}

x11rb::atom_manager! {
    /// Names of the protocol, as this X server numbers them.
    Atoms: AtomsCookie {
        XdndActionCopy,
        XdndAware,
        XdndDrop,
        XdndEnter,
        XdndFinished,
        XdndLeave,
        XdndPosition,
        XdndProxy,
        XdndSelection,
        XdndStatus,
        XdndTypeList,
        INCR,
        // The type under which files are dropped.
        URI_LIST: b"text/uri-list",
        // The property of a window of ours into which a source writes its list.
        DROPSLOT_LIST,
    }
}

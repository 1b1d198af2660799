//! Drops on a native Wayland window: a `wl_data_device` of our own beside winit, which (0.30) has none for drops.
//!
//! It lives on winit's connection, in an event queue of its own. To be removed with winit 0.31, which receives drops
//! itself.
//!
//! Source: <https://wayland.app/protocols/wayland#wl_data_device>.

mod data_device;
mod offered_list;

use super::listener::{Listener, Outlet};
use data_device::DataDevice;
use wayland_client::Connection;
use wayland_client::backend::Backend;
use winit::raw_window_handle::{HasDisplayHandle as _, RawDisplayHandle};

/// Listens on the window's Wayland connection. `None` where the window has none.
pub(super) fn listen(cc: &eframe::CreationContext<'_>) -> Option<Listener> {
    let RawDisplayHandle::Wayland(display) = cc.display_handle().ok()?.as_raw() else {
        return None;
    };
    #[allow(
        unsafe_code,
        reason = "libwayland's connection can only be shared by its address. Sound: the address comes from winit and \
                  is live now; winit closes the connection after eframe has dropped the app, the app owns the \
                  `Listener`, and dropping it joins the only thread that holds the `Backend`"
    )]
    let backend = unsafe { Backend::from_foreign_display(display.display.as_ptr().cast()) };
    let connection = Connection::from_backend(backend);
    let window = cc.egui_ctx.clone();
    Some(Listener::start("wayland-drops", window, move |stopped, outlet| {
        DataDevice::run(connection, stopped, outlet)
    }))
}

//! The `wl_data_device` and its event loop: offers come, hover, leave or are dropped.

use super::Outlet;
use super::offered_list;
use crate::ui::drops::DropEvent;
use crate::ui::drops::uri_list::{ListError, UriList};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::{self, PipeReader};
use std::os::fd::AsFd as _;
use std::time::{Duration, Instant};
use wayland_client::backend::WaylandError;
use wayland_client::globals::{BindError, GlobalError, GlobalListContents, registry_queue_init};
use wayland_client::protocol::wl_data_device::{self, WlDataDevice};
use wayland_client::protocol::wl_data_device_manager::{DndAction, WlDataDeviceManager};
use wayland_client::protocol::wl_data_offer::{self, WlDataOffer};
use wayland_client::protocol::{wl_registry, wl_seat};
use wayland_client::{
    Connection, Dispatch, DispatchError, EventQueue, Proxy as _, QueueHandle, delegate_noop, event_created_child,
};

/// The type under which files are dropped.
const URI_LIST: &str = "text/uri-list";

/// Mutter (GNOME) gives a drag to one data device of a client, the newest. egui's clipboard makes one too, in a thread
/// of its own at about the same time: so ours is made again once that has surely happened.
const RENEW_AFTER: Duration = Duration::from_secs(2);

/// Why no drops arrive.
#[derive(Debug, thiserror::Error)]
pub(super) enum DataDeviceError {
    #[error("the compositor's list of abilities could not be read: {0}")]
    Globals(#[from] GlobalError),
    #[error("the compositor has no drag and drop: {0}")]
    Bind(#[from] BindError),
    #[error("the connection to the compositor ended: {0}")]
    Dispatch(#[from] DispatchError),
    #[error("the connection to the compositor ended: {0}")]
    Connection(#[from] WaylandError),
    #[error("the connection to the compositor could not be watched: {0}")]
    Poll(#[from] rustix::io::Errno),
}

/// State of the event queue.
pub(super) struct DataDevice {
    connection: Connection,
    stopped: PipeReader,
    outlet: Outlet,
    /// The types of the offer that was announced last.
    announced_types: Vec<String>,
    /// What hovers over the window.
    hovering: Option<Offer>,
}

/// Something dragged by another program.
struct Offer {
    proxy: WlDataOffer,
    has_uri_list: bool,
}

/// Why the event loop returned.
#[derive(PartialEq, Eq)]
enum Woken {
    Stopped,
    Due,
}

impl DataDevice {
    /// Receives drops until `stopped` is closed at its other end.
    pub(super) fn run(connection: Connection, stopped: PipeReader, outlet: Outlet) -> Result<(), DataDeviceError> {
        let (globals, mut queue) = registry_queue_init::<Self>(&connection)?;
        let handle = queue.handle();
        // Version 3 brought the actions (copy, move) that sources ask for.
        let manager: WlDataDeviceManager = globals.bind(&handle, 1..=3, ())?;
        let seat: wl_seat::WlSeat = globals.bind(&handle, 1..=5, ())?;
        let mut state = Self {
            connection,
            stopped,
            outlet,
            announced_types: Vec::new(),
            hovering: None,
        };
        let mut device = manager.get_data_device(&seat, &handle, ());
        if state.dispatch(&mut queue, Some(Instant::now() + RENEW_AFTER))? == Woken::Due {
            release(&device);
            device = manager.get_data_device(&seat, &handle, ());
            state.dispatch(&mut queue, None)?;
        }
        release(&device);
        Ok(state.connection.flush()?)
    }

    /// Handles events until the window closes or `due`.
    fn dispatch(&mut self, queue: &mut EventQueue<Self>, due: Option<Instant>) -> Result<Woken, DataDeviceError> {
        loop {
            queue.dispatch_pending(self)?;
            pass_would_block(queue.flush())?;
            // `None`: events came in the meantime.
            let Some(guard) = queue.prepare_read() else { continue };
            // Not between the press and the drop: a device that goes takes its drag with it.
            let due = due.filter(|_| self.hovering.is_none());
            let timeout = due
                .map(|due| due.saturating_duration_since(Instant::now()))
                .and_then(|left| Timespec::try_from(left).ok());
            let fd = guard.connection_fd();
            let mut ready = [
                PollFd::new(&fd, PollFlags::IN),
                PollFd::new(&self.stopped, PollFlags::IN),
            ];
            match poll(&mut ready, timeout.as_ref()) {
                Ok(0) => return Ok(Woken::Due),
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            let [connection_ready, stopped_ready] = ready;
            if !stopped_ready.revents().is_empty() {
                return Ok(Woken::Stopped);
            }
            if !connection_ready.revents().is_empty() {
                pass_would_block(guard.read().map(|_| ()))?;
            }
        }
    }

    /// Answers a drag that came over the window. A drag of something else is accepted as well: refused at the drop,
    /// with a reason, it is understood; a cursor that says no is not.
    fn enter(&mut self, serial: u32, proxy: WlDataOffer) {
        let has_uri_list = self.announced_types.iter().any(|name| name == URI_LIST);
        let accepted = if has_uri_list {
            Some(URI_LIST.to_owned())
        } else {
            self.announced_types.first().cloned()
        };
        proxy.accept(serial, accepted);
        if proxy.version() >= wl_data_offer::REQ_SET_ACTIONS_SINCE {
            proxy.set_actions(DndAction::Copy, DndAction::Copy);
        }
        self.hovering = Some(Offer { proxy, has_uri_list });
        self.outlet.send(DropEvent::Hover {
            count: None,
            names: Vec::new(),
        });
    }

    fn leave(&mut self) {
        if let Some(offer) = self.hovering.take() {
            offer.proxy.destroy();
            self.outlet.send(DropEvent::Left);
        }
    }

    fn dropped(&mut self) {
        let Some(offer) = self.hovering.take() else { return };
        self.outlet.send(DropEvent::Left);
        let taken = self.outlet.send_list(self.receive(&offer));
        // Destroying an offer without this tells the source that nothing was taken.
        if taken && offer.proxy.version() >= wl_data_offer::REQ_FINISH_SINCE {
            offer.proxy.finish();
        }
        offer.proxy.destroy();
    }

    /// Asks the source for its list and reads it. Of something else there is none.
    fn receive(&self, offer: &Offer) -> Result<UriList, ListError> {
        if !offer.has_uri_list {
            return Ok(UriList::default());
        }
        let (mut list, source_end) = io::pipe().map_err(ListError::Read)?;
        offer.proxy.receive(URI_LIST.to_owned(), source_end.as_fd());
        pass_would_block(self.connection.flush()).map_err(|error| ListError::Read(io::Error::other(error)))?;
        // Sent by now: kept open here, the list would never end.
        drop(source_end);
        UriList::parse(&offered_list::read(&mut list, &self.stopped)?)
    }
}

/// A socket that is full, or was read empty by another thread, is no error.
fn pass_would_block(result: Result<(), WaylandError>) -> Result<(), WaylandError> {
    match result {
        Err(WaylandError::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => Ok(()),
        other => other,
    }
}

fn release(device: &WlDataDevice) {
    if device.version() >= wl_data_device::REQ_RELEASE_SINCE {
        device.release();
    }
}

impl Dispatch<WlDataDevice, ()> for DataDevice {
    fn event(
        state: &mut Self,
        _: &WlDataDevice,
        event: wl_data_device::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        match event {
            wl_data_device::Event::DataOffer { .. } => state.announced_types.clear(),
            wl_data_device::Event::Enter {
                serial,
                id: Some(offer),
                ..
            } => state.enter(serial, offer),
            wl_data_device::Event::Leave => state.leave(),
            wl_data_device::Event::Drop => state.dropped(),
            // The clipboard is egui's business.
            wl_data_device::Event::Selection { id: Some(offer) } => offer.destroy(),
            _ => {}
        }
    }

    event_created_child!(DataDevice, WlDataDevice, [wl_data_device::EVT_DATA_OFFER_OPCODE => (WlDataOffer, ())]);
}

impl Dispatch<WlDataOffer, ()> for DataDevice {
    fn event(
        state: &mut Self,
        _: &WlDataOffer,
        event: wl_data_offer::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        if let wl_data_offer::Event::Offer { mime_type } = event {
            state.announced_types.push(mime_type);
        }
    }
}

impl Dispatch<wl_registry::WlRegistry, GlobalListContents> for DataDevice {
    fn event(
        _: &mut Self,
        _: &wl_registry::WlRegistry,
        _: wl_registry::Event,
        _: &GlobalListContents,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}

delegate_noop!(DataDevice: ignore wl_seat::WlSeat);
delegate_noop!(DataDevice: ignore WlDataDeviceManager);

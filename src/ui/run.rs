//! Opens the window: by OpenGL or by wgpu, whichever this machine can; says why where it can neither.

use super::action::Effect;
use super::app::App;
use super::backend::Backend;
use super::drops::Drops;
use super::handover::{self, Claim, Place, Request, Start};
use super::model::{ExampleFacts, Model};
use super::words::Words;
use super::{placement, theme};
use crate::engine::SandboxAccess;
use crate::store::{Destination, Folders, Settings, SettingsError};
use eframe::egui::ViewportBuilder;
use eframe::{NativeOptions, Renderer};
use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;

/// What the window begins with.
#[derive(Clone, Debug, Default)]
pub struct WindowOptions {
    /// Where files go; `None`: where they went last.
    pub initial_destination: Option<Destination>,
    /// Files and folders to begin with.
    pub paths: Vec<PathBuf>,
    /// Settings, queue and history; `None` keeps nothing.
    pub folders: Option<Folders>,
    /// An embedded S3 that runs already; otherwise the window starts one when it is picked.
    pub sandbox: Option<SandboxAccess>,
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// Neither an X server nor a Wayland compositor.
    #[error("there is no display")]
    NoDisplay,
    /// A library of the window system is not installed.
    #[error("the window needs a library that is not installed: {what}")]
    MissingLibrary {
        /// What the window system's client says.
        what: String,
    },
    /// Neither way of drawing works here.
    #[error("the window can be drawn neither by OpenGL nor by wgpu: {first}; {second}")]
    NoRenderer {
        /// What the one that was tried first says.
        first: String,
        /// What the other says.
        second: String,
    },
    /// The system refuses threads.
    #[error("the window's threads could not be started: {reason}")]
    Threads {
        /// What the system says.
        reason: String,
    },
}

/// What a start came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// A window, which has been closed since.
    Window,
    /// A window was open already, on the same data folder and display, and has taken paths and destination.
    HandedOver,
}

/// Opens the window and returns when it is closed, or hands everything to the window that is open already. Must be called
/// on the main thread.
///
/// # Errors
/// See [`WindowError`]; nothing has been uploaded then.
pub fn run(options: &WindowOptions) -> Result<Opened, WindowError> {
    if !may_have_a_display() {
        return Err(WindowError::NoDisplay);
    }
    let request = Request {
        paths: options.paths.iter().map(absolute).collect(),
        destination: options.initial_destination.clone(),
    };
    // What is never written down cannot be handed over either: a ticket's form, a header of the command line.
    let holds_secret = |destination: &Destination| destination.kind.holds_secret();
    let folders = options.folders.as_ref();
    let place = folders
        .filter(|_| !request.destination.as_ref().is_some_and(holds_secret))
        .map(Place::of);
    let claim = match place.map(|place| handover::offer(&place, &request)) {
        Some(Start::HandedOver) => return Ok(Opened::HandedOver),
        Some(Start::First(claim)) => Some(claim),
        Some(Start::OnItsOwn) | None => None,
    };
    let (settings, trouble) = options
        .folders
        .as_ref()
        .map(|folders| Settings::load(&folders.settings_file()))
        .unwrap_or_default();
    let opener = Opener {
        options,
        request,
        claim: Cell::new(claim),
        settings,
        trouble,
    };
    let [first, second] = if cfg!(windows) {
        [Renderer::Wgpu, Renderer::Glow]
    } else {
        [Renderer::Glow, Renderer::Wgpu]
    };
    match opener.open(first) {
        Err(Refusal::Renderer(first)) => match opener.open(second) {
            Err(Refusal::Renderer(second)) => Err(WindowError::NoRenderer { first, second }),
            Err(Refusal::Other(error)) => Err(error),
            Ok(()) => Ok(Opened::Window),
        },
        Err(Refusal::Other(error)) => Err(error),
        Ok(()) => Ok(Opened::Window),
    }
}

/// The same from any working directory. One that cannot be told stays as it is, and its row says that it is not found.
fn absolute(path: &PathBuf) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.clone())
}

/// Whether it is worth trying: on Linux the environment names the display.
fn may_have_a_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET") || is_set("DISPLAY")
}

/// Why one way of drawing did not come to a window.
enum Refusal {
    /// The other may.
    Renderer(String),
    /// The other would not either.
    Other(WindowError),
}

struct Opener<'a> {
    options: &'a WindowOptions,
    request: Request,
    /// Listens once there is a window.
    claim: Cell<Option<Claim>>,
    settings: Settings,
    trouble: Option<SettingsError>,
}

impl Opener<'_> {
    fn open(&self, renderer: Renderer) -> Result<(), Refusal> {
        let creator = Box::new(|creation: &eframe::CreationContext<'_>| {
            self.app(creation)
                .map(|app| Box::new(app) as Box<dyn eframe::App>)
                .map_err(Into::into)
        });
        let run = || eframe::run_native("Dropslot", self.native_options(renderer), creator);
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(eframe::Error::AppCreation(error))) => Err(Refusal::Other(WindowError::Threads {
                reason: error.to_string(),
            })),
            Ok(Err(eframe::Error::WinitEventLoop(_))) => Err(Refusal::Other(WindowError::NoDisplay)),
            Ok(Err(error)) => Err(Refusal::Renderer(error.to_string())),
            Err(panic) => Err(Refusal::Other(missing_library(panic))),
        }
    }

    /// The window opens where it was last, and as large; nothing else of egui's state is kept.
    fn native_options(&self, renderer: Renderer) -> NativeOptions {
        let mut viewport = ViewportBuilder::default()
            .with_title("Dropslot")
            .with_app_id("dropslot")
            .with_inner_size(theme::WINDOW)
            .with_min_inner_size(theme::WINDOW_LEAST);
        if let Ok(icon) = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/dropslot.png")) {
            viewport = viewport.with_icon(icon);
        }
        NativeOptions {
            viewport,
            renderer,
            clipboard_shortcuts: false,
            // There are no gradients that would show bands, and without a graphics card it costs a quarter of a frame.
            dithering: false,
            persist_window: self.options.folders.is_some(),
            persistence_path: self.options.folders.as_ref().map(Folders::window_file),
            ..NativeOptions::default()
        }
    }

    fn app(&self, creation: &eframe::CreationContext<'_>) -> Result<App, std::io::Error> {
        let context = &creation.egui_ctx;
        if let Some(window) = creation.winit_window() {
            placement::keep_within_reach(window);
        }
        theme::install(context);
        let sandbox = self.options.sandbox.clone();
        let jobs = self.settings.jobs.map(usize::from);
        let mut backend = Backend::start(context, self.options.folders.clone(), jobs, sandbox.clone())?;
        if let Some(theme) = backend.follow_system_theme() {
            theme::set_system_theme(context, theme);
        }
        if let Some(claim) = self.claim.take() {
            backend.listen(claim);
        }
        let initial = self.request.destination.clone();
        let mut model = Model::new(
            Words::of_choice(self.settings.language),
            self.settings.clone(),
            initial,
            example_facts(),
        );
        model.folders.clone_from(&self.options.folders);
        model.renderer = renderer_text(creation);
        let mut first: Vec<Effect> = Vec::new();
        if let Some(access) = sandbox {
            first.extend(model.sandbox_runs(access));
        }
        if let Some(trouble) = &self.trouble {
            model.troubles.push(trouble.into());
        }
        first.extend(model.chosen(self.request.paths.clone()));
        Ok(App::new(context, model, backend, Drops::new(creation), first))
    }
}

/// winit panics where `libxkbcommon` (or its X11 half) is not installed; any other panic is ours, and goes on.
fn missing_library(panic: Box<dyn Any + Send>) -> WindowError {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    match message {
        Some(message) if message.contains("xkbcommon") || message.contains("could not be loaded") => {
            WindowError::MissingLibrary {
                what: message.to_owned(),
            }
        }
        _ => resume_unwind(panic),
    }
}

/// `OpenGL 4.5 (Mesa 22.3.6)`, `Vulkan: llvmpipe`.
fn renderer_text(creation: &eframe::CreationContext<'_>) -> Option<String> {
    use eframe::glow::HasContext as _;
    if let Some(gl) = &creation.gl {
        let version = gl.version();
        let dialect = if version.is_embedded { "OpenGL ES" } else { "OpenGL" };
        return Some(format!(
            "{dialect} {}.{} ({})",
            version.major, version.minor, version.vendor_info
        ));
    }
    let adapter = creation.wgpu_render_state.as_ref()?.adapter.get_info();
    Some(format!(
        "{:?}: {} {}",
        adapter.backend, adapter.name, adapter.driver_info
    ))
}

fn example_facts() -> ExampleFacts {
    let mut random = [0; 16];
    // An example without randomness is an example still.
    if getrandom::fill(&mut random).is_err() {
        random = [7; 16];
    }
    ExampleFacts {
        user: whoami::username().unwrap_or_default(),
        host: whoami::hostname().unwrap_or_default(),
        file: None,
        random,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_library_is_named_and_our_own_panics_go_on() {
        let panic: Box<dyn Any + Send> = Box::new("Library libxkbcommon-x11.so could not be loaded.".to_owned());
        assert!(matches!(missing_library(panic), WindowError::MissingLibrary { .. }));
        let ours: Box<dyn Any + Send> = Box::new("index out of bounds");
        assert!(catch_unwind(AssertUnwindSafe(|| missing_library(ours))).is_err());
    }
}

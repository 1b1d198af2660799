//! The loop that eframe calls: what came in goes to the model, the model is drawn, what it asks for is done.

use super::action::Effect;
use super::backend::{Backend, PastedPicture, Report};
use super::drops::Drops;
use super::model::{Message, Model};
use super::pasted_text::PastedText;
use super::{theme, window_ui, zoom};
use crate::s3::ticket;
use crate::store::ThemeChoice;
use eframe::egui::{
    self, Event, Key, OpenUrl, RawInput, TextureOptions, ThemePreference, UserAttentionType, ViewportCommand,
};
use std::time::Duration;

/// The window.
pub(super) struct App {
    model: Model,
    backend: Backend,
    drops: Drops,
    /// Ctrl+V was pressed outside of any field.
    wants_paste: bool,
    /// The window's own clipboard was asked, because ours could not be read.
    waits_for_paste: bool,
    /// What was pasted into a field and is meant for the list: several paths, for a field has one line, or a form.
    pasted_beside: Option<String>,
    /// Could not be copied while another window had the keyboard: it is when this one has.
    copies_later: Option<String>,
    /// The system points at the window.
    asks_for_attention: bool,
}

impl App {
    pub(super) fn new(
        context: &egui::Context,
        model: Model,
        backend: Backend,
        drops: Drops,
        first: Vec<Effect>,
    ) -> Self {
        let mut app = Self {
            model,
            backend,
            drops,
            wants_paste: false,
            waits_for_paste: false,
            pasted_beside: None,
            copies_later: None,
            asks_for_attention: false,
        };
        let mut effects = app.model.first_effects();
        effects.extend(first);
        app.carry_out(effects, context, None);
        app
    }

    fn take_in(&mut self, context: &egui::Context, now: f64) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !std::mem::replace(&mut self.model.in_front, is_in_front(context)) && self.model.in_front {
            effects.extend(self.model.look_at_watched());
            effects.extend(self.copies_later.take().map(Effect::Copy));
        }
        // Taken before the snapshot, which then holds all that they tell of.
        let events = self.backend.new_events();
        if let Some(snapshot) = self.backend.new_snapshot() {
            self.model.snapshot_came(snapshot, now);
        }
        for event in events {
            effects.extend(self.model.happened(event, now));
        }
        for report in self.backend.new_reports() {
            effects.extend(self.reported(report, context, now));
        }
        self.model.delivers_drops = self.drops.delivers_drops();
        for event in self.drops.poll(context) {
            effects.extend(self.model.dropped(event, now));
        }
        effects
    }

    fn reported(&mut self, report: Report, context: &egui::Context, now: f64) -> Vec<Effect> {
        match report {
            Report::Chosen(paths) => self.model.chosen(paths),
            Report::WatchedFolderChosen(folder) => {
                self.model.watched_folder_chosen(&folder);
                Vec::new()
            }
            Report::NothingChosen => Vec::new(),
            Report::NoDialog => {
                self.model.no_dialog();
                Vec::new()
            }
            Report::PastedFiles(paths) => self.model.pasted_files(paths),
            Report::PastedPicture(file) => self.model.pasted_picture(file),
            Report::PictureNotPasted(reason) => {
                self.model.toast(Message::PictureNotPasted(reason), false, now);
                Vec::new()
            }
            Report::LookedAt(looked) => self.model.looked_at(looked, now),
            Report::TicketRead(ticket, text) => self.model.ticket_read(ticket, text, now),
            Report::PastedText(text) => self.model.pasted_text(&text, now),
            Report::NothingToPaste => self.model.pasted_text("", now),
            Report::ClipboardUnreadable => {
                self.waits_for_paste = true;
                context.send_viewport_cmd(ViewportCommand::RequestPaste);
                Vec::new()
            }
            Report::NotCopied(text) => {
                self.copies_later = Some(text);
                Vec::new()
            }
            Report::HandedOver(handed) => {
                let Some(request) = handed.take() else {
                    return Vec::new();
                };
                self.come_to_front(context);
                self.model.handed_over(request)
            }
            Report::WindowWanted => {
                self.come_to_front(context);
                Vec::new()
            }
            Report::SystemTheme(theme) => {
                theme::set_system_theme(context, theme);
                Vec::new()
            }
            Report::Thumbnail(of, Some(picture)) => {
                let texture = context.load_texture("thumbnail", picture, TextureOptions::LINEAR);
                self.model.thumbnail_came(of, texture);
                Vec::new()
            }
            Report::Thumbnail(of, None) => {
                self.model.no_thumbnail(of);
                Vec::new()
            }
            Report::NotShown(reason) => {
                self.model.toast(Message::NotShown(reason), false, now);
                Vec::new()
            }
            Report::Diagnostics(text) => self.model.diagnostics_came(text, now),
            Report::SandboxRuns(access) => self.model.sandbox_runs(access),
            Report::SandboxFailed(failure) => {
                self.model.sandbox_failed(failure);
                Vec::new()
            }
        }
    }

    /// A system that does not let programs push themselves forward is asked to point at the window instead.
    fn come_to_front(&mut self, context: &egui::Context) {
        context.send_viewport_cmd(ViewportCommand::Minimized(false));
        context.send_viewport_cmd(ViewportCommand::Focus);
        if !self.model.in_front {
            context.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Informational));
            self.asks_for_attention = true;
        }
    }

    /// Whoever looks has seen what the window wanted to show.
    fn calm_down(&mut self, context: &egui::Context) {
        if self.asks_for_attention && self.model.in_front {
            context.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Reset));
            self.asks_for_attention = false;
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>, context: &egui::Context, frame: Option<&eframe::Frame>) {
        for effect in effects {
            match effect {
                Effect::Send(command) => {
                    if self.backend.send(*command).is_err() {
                        self.model.engine_gone = true;
                    }
                }
                Effect::Copy(text) => self.copy(text, context),
                Effect::Open(url) => context.open_url(OpenUrl::new_tab(url)),
                Effect::Notify(notification) => self.backend.notify(notification),
                Effect::MakeThumbnails(requests) => self.backend.make_thumbnails(requests),
                Effect::ShowInFolder(path) => self.backend.show_in_folder(path),
                Effect::Paste => self.backend.read_clipboard(),
                Effect::LookAt(paths) => self.backend.look_at(paths),
                Effect::ReadTicket(ticket) => self.backend.read_ticket(ticket),
                Effect::ForgetPasted(file) => self.backend.forget_pasted(file),
                Effect::Choose(what) => {
                    if let Some(frame) = frame {
                        self.backend.choose(frame, what);
                    }
                }
                Effect::StartSandbox => self.backend.start_sandbox(),
                Effect::CollectDiagnostics(around) => self.backend.collect_diagnostics(around),
                Effect::Theme(choice) => context.set_theme(match choice {
                    ThemeChoice::System => ThemePreference::System,
                    ThemeChoice::Light => ThemePreference::Light,
                    ThemeChoice::Dark => ThemePreference::Dark,
                }),
                Effect::Zoom(percent) => zoom::apply(context, percent),
                Effect::Close => context.send_viewport_cmd(ViewportCommand::Close),
            }
        }
    }

    /// A Wayland compositor takes what is copied from the window with the keyboard alone; of a batch that ends behind another
    /// window that would be lost without a word.
    fn copy(&mut self, text: String, context: &egui::Context) {
        self.copies_later = None;
        if is_on_wayland() && !self.model.in_front {
            self.backend.copy_behind(text);
        } else {
            context.copy_text(text);
        }
    }

    /// What the window's own clipboard gave, where ours could not be read or a field is too small for it.
    fn take_pasted(&mut self, context: &egui::Context, now: f64) -> Vec<Effect> {
        let asked = std::mem::take(&mut self.waits_for_paste);
        let beside = std::mem::take(&mut self.pasted_beside);
        let given = || context.input(|input| input.events.iter().find(|event| is_pasted(event)).cloned());
        match beside.map(Event::Paste).or_else(|| asked.then(given).flatten()) {
            Some(Event::Paste(text)) => self.model.pasted_text(&text, now),
            Some(Event::PasteImage(image)) => {
                self.backend.keep_picture(PastedPicture::from(image.as_ref()));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, context: &egui::Context, frame: &mut eframe::Frame) {
        let now = context.input(|input| input.time);
        self.model.wall_clock_says(&jiff::ZonedDateTime::now(), now);
        let mut effects = self.take_in(context, now);
        self.calm_down(context);
        zoom::apply(context, self.model.settings.zoom_percent);
        if std::mem::take(&mut self.wants_paste) && self.model.takes_paste() {
            self.backend.read_clipboard();
        }
        effects.extend(self.take_pasted(context, now));
        let (passed, next) = self.model.time_passed(now);
        effects.extend(passed);
        if let Some(seconds) = next {
            context.request_repaint_after(Duration::from_secs_f64(seconds));
        }
        if context.input(|input| input.viewport().close_requested()) && !self.model.may_close() {
            context.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        self.carry_out(effects, context, Some(frame));
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        let now = ui.input(|input| input.time);
        let actions = window_ui::window_ui(ui, &mut self.model, now);
        let context = ui.ctx().clone();
        for action in actions {
            let effects = self.model.act(action, now);
            self.carry_out(effects, &context, Some(frame));
            // What changed is drawn at once, not at the next movement of the mouse.
            context.request_repaint();
        }
        let thumbnails = self.model.want_thumbnails();
        self.carry_out(thumbnails.into_iter().collect(), &context, Some(frame));
    }

    fn raw_input_hook(&mut self, context: &egui::Context, input: &mut RawInput) {
        let typing = context.text_edit_focused();
        if typing && self.model.takes_files() {
            self.pasted_beside = take_for_the_list(&mut input.events);
        }
        for event in &mut input.events {
            let Some(wish) = clipboard_wish(event) else {
                continue;
            };
            match wish {
                Wish::Copy => *event = Event::Copy,
                Wish::Cut => *event = Event::Cut,
                Wish::Paste if typing => context.send_viewport_cmd(ViewportCommand::RequestPaste),
                Wish::Paste => self.wants_paste = true,
            }
        }
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let pasted = self.model.pasted_and_ended();
        self.backend.stop(&pasted);
    }
}

/// As winit chooses.
fn is_on_wayland() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(target_os = "linux") && (is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET"))
}

/// Where the system does not say, a person who looks is taken for granted.
fn is_in_front(context: &egui::Context) -> bool {
    context.input(|input| {
        let viewport = input.viewport();
        viewport.focused != Some(false) && viewport.minimized != Some(true) && viewport.occluded != Some(true)
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Copy,
    Cut,
    Paste,
}

fn is_pasted(event: &Event) -> bool {
    matches!(event, Event::Paste(_) | Event::PasteImage(_))
}

/// Takes what no field is meant for out of what goes to the field: a list of paths, and a form, which is as good as a
/// password.
fn take_for_the_list(events: &mut Vec<Event>) -> Option<String> {
    let is_for_the_list = |event: &Event| match event {
        Event::Paste(text) => PastedText::of(text).is_several_paths() || ticket::read(text).is_ok(),
        _ => false,
    };
    match events.remove(events.iter().position(is_for_the_list)?) {
        Event::Paste(text) => Some(text),
        _ => None,
    }
}

/// What a key press asks of the clipboard. egui's own translation is off: it swallows Ctrl+V where the clipboard holds
/// files and no text.
fn clipboard_wish(event: &Event) -> Option<Wish> {
    let Event::Key {
        key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return None;
    };
    match key {
        Key::Copy => Some(Wish::Copy),
        Key::Cut => Some(Wish::Cut),
        Key::Paste => Some(Wish::Paste),
        Key::C | Key::Insert if modifiers.command => Some(Wish::Copy),
        Key::X if modifiers.command => Some(Wish::Cut),
        Key::V if modifiers.command => Some(Wish::Paste),
        Key::Insert if modifiers.shift => Some(Wish::Paste),
        _ => None,
    }
}

//! Notifications of the desktop. Where no server shows them, nothing happens: the window says the same.

#[cfg(target_os = "linux")]
use super::Report;
use super::Reporter;
use crate::ui::action::Notification;
use std::collections::VecDeque;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

/// Clicks on older ones are not listened to: each listener holds a connection to the bus.
#[cfg(target_os = "linux")]
const LISTENERS: usize = 8;

/// Shows notifications, and listens for clicks on the newest.
#[derive(Debug, Default)]
pub(super) struct Notifier {
    #[cfg_attr(
        not(target_os = "linux"),
        allow(dead_code, reason = "elsewhere the system itself brings the program to the front")
    )]
    listeners: VecDeque<AbortHandle>,
}

impl Notifier {
    /// Shows one; a click on it asks for the window.
    #[cfg(target_os = "linux")]
    pub(super) fn show(&mut self, runtime: &Handle, notification: Notification, reporter: Reporter) {
        let listener = runtime.spawn(async move {
            if let Err(error) = show_and_listen(notification, reporter).await {
                tracing::debug!(%error, "no notification");
            }
        });
        self.listeners.push_back(listener.abort_handle());
        if self.listeners.len() > LISTENERS
            && let Some(oldest) = self.listeners.pop_front()
        {
            oldest.abort();
        }
    }

    /// Shows one.
    #[cfg(not(target_os = "linux"))]
    #[allow(clippy::unused_self, reason = "Linux keeps listeners")]
    pub(super) fn show(&mut self, runtime: &Handle, notification: Notification, _reporter: Reporter) {
        runtime.spawn_blocking(move || {
            let mut shown = notify_rust::Notification::new();
            shown
                .appname("Dropslot")
                .summary(&notification.summary)
                .body(&notification.body);
            if let Err(error) = shown.show() {
                tracing::debug!(%error, "no notification");
            }
        });
    }
}

#[cfg(target_os = "linux")]
async fn show_and_listen(notification: Notification, reporter: Reporter) -> notify_rust::error::Result<()> {
    use notify_rust::{Hint, NotificationResponse};
    let understands_markup = tokio::task::spawn_blocking(notify_rust::get_capabilities)
        .await
        .is_ok_and(|answer| answer.is_ok_and(|capabilities| capabilities.iter().any(|name| name == "body-markup")));
    let body = if understands_markup {
        escaped(&notification.body)
    } else {
        notification.body
    };
    let mut shown = notify_rust::Notification::new();
    shown
        .appname("Dropslot")
        .icon("dropslot")
        .summary(&notification.summary)
        .body(&body)
        .hint(Hint::DesktopEntry("dropslot".to_owned()))
        .hint(Hint::Category("transfer".to_owned()))
        .action("default", notification.show);
    let handle = shown.show_async().await?;
    let clicked = |response: &NotificationResponse| {
        if *response == NotificationResponse::Default {
            reporter.send(Report::WindowWanted);
        }
    };
    handle.wait_for_action_async(clicked).await;
    Ok(())
}

/// A file's name is text, whatever it looks like.
#[cfg(target_os = "linux")]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

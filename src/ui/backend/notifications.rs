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

/// How long a server that is started by the call may take. What it shows later than that, nobody waits for any more.
#[cfg(target_os = "linux")]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

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
    let Ok(abilities) = tokio::time::timeout(PATIENCE, server_abilities()).await else {
        tracing::debug!("the notification server does not answer");
        return Ok(());
    };
    let body = if abilities.is_ok_and(|abilities| abilities.iter().any(|name| name == "body-markup")) {
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

/// By <https://specifications.freedesktop.org/notification-spec/latest/protocol.html>. `notify_rust` asks without an end, on
/// a thread that nobody gets back where no answer comes.
#[cfg(target_os = "linux")]
async fn server_abilities() -> zbus::Result<Vec<String>> {
    let bus = zbus::Connection::session().await?;
    let name = "org.freedesktop.Notifications";
    let path = "/org/freedesktop/Notifications";
    let answer = bus
        .call_method(Some(name), path, Some(name), "GetCapabilities", &())
        .await?;
    answer.body().deserialize()
}

/// A file's name is text, whatever it looks like.
#[cfg(target_os = "linux")]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

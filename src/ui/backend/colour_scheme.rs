//! Light or dark, as the desktop says: on Linux winit 0.30 knows nothing of it, the settings portal does.
//! <https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>

use super::{Report, Reporter};
use eframe::egui::Theme;
use futures_util::StreamExt as _;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, MatchRule, MessageStream, message};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";
const APPEARANCE: &str = "org.freedesktop.appearance";
const COLOUR_SCHEME: &str = "color-scheme";

/// How long the window's first frame may wait for the portal. One that runs answers within a few milliseconds, and a frame
/// in the wrong colours would flash.
const PATIENCE: Duration = Duration::from_millis(100);

/// Reports every change from now on, and gives what is set now, where the portal is quick; else that is reported later.
pub(super) fn follow(runtime: &Handle, reporter: Reporter) -> Option<Theme> {
    let (first, answer) = oneshot::channel();
    runtime.spawn(async move {
        // A desktop without a portal is light.
        if let Err(error) = report_changes(first, reporter).await {
            tracing::debug!(%error, "the desktop tells no colour scheme");
        }
    });
    let answer = runtime.block_on(async { tokio::time::timeout(PATIENCE, answer).await });
    answer.ok()?.ok()
}

async fn report_changes(first: oneshot::Sender<Theme>, reporter: Reporter) -> zbus::Result<()> {
    let bus = Connection::session().await?;
    // Listening begins before the question, so that no change falls between.
    let mut changes = changes(&bus).await?;
    if let Some(theme) = current(&bus).await
        && let Err(late) = first.send(theme)
    {
        reporter.send(Report::SystemTheme(late));
    }
    while let Some(message) = changes.next().await {
        let body = message?.body();
        let Ok((_, key, value)) = body.deserialize::<(String, String, Value<'_>)>() else {
            continue;
        };
        if key == COLOUR_SCHEME
            && let Some(theme) = theme_of(&value)
        {
            reporter.send(Report::SystemTheme(theme));
        }
    }
    Ok(())
}

async fn changes(bus: &Connection) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder()
        .msg_type(message::Type::Signal)
        .sender(PORTAL)?
        .path(PATH)?
        .interface(SETTINGS)?
        .member("SettingChanged")?
        .arg(0, APPEARANCE)?
        .build();
    MessageStream::for_match_rule(rule, bus, None).await
}

/// `ReadOne` came with version 2 of the portal.
async fn current(bus: &Connection) -> Option<Theme> {
    let mut answer = Err(zbus::Error::Unsupported);
    for method in ["ReadOne", "Read"] {
        let question = (APPEARANCE, COLOUR_SCHEME);
        answer = bus
            .call_method(Some(PORTAL), PATH, Some(SETTINGS), method, &question)
            .await;
        if answer.is_ok() {
            break;
        }
    }
    let value: OwnedValue = answer.ok()?.body().deserialize().ok()?;
    theme_of(&value)
}

/// 1 prefers dark, 2 light, 0 neither; `Read` wraps it in one variant more.
fn theme_of(value: &Value<'_>) -> Option<Theme> {
    match value {
        Value::U32(1) => Some(Theme::Dark),
        Value::U32(_) => Some(Theme::Light),
        Value::Value(inner) => theme_of(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portals_numbers_are_read_in_either_wrapping() {
        assert_eq!(theme_of(&Value::U32(1)), Some(Theme::Dark));
        assert_eq!(theme_of(&Value::Value(Box::new(Value::U32(1)))), Some(Theme::Dark));
        assert_eq!(theme_of(&Value::U32(2)), Some(Theme::Light));
        assert_eq!(theme_of(&Value::U32(0)), Some(Theme::Light));
        assert_eq!(theme_of(&Value::from("dark")), None);
    }
}

//! What stays on disk: settings, queue, history.
//!
//! Folders by `directories` (so `XDG_CONFIG_HOME` and `XDG_DATA_HOME` move them). Settings are one JSON file; queue and
//! history one `SQLite` file (WAL), shared safely by several processes.

mod counts;
pub mod database;
pub mod destination;
pub mod folders;
pub mod history;
pub mod keychain;
pub mod lambda_destination;
pub mod log_file;
mod owner;
pub mod parts_uploads;
pub mod queue;
pub mod settings;
mod settings_disk;
pub mod ticket_file;
pub mod watch;

pub(crate) mod destination_file;
mod lambda_file;
mod path_bytes;
mod settings_file;
mod settings_merge;

pub use counts::Counts;
pub use database::{Database, Interrupt, StoreError};
pub use destination::{CopyFormat, Destination, DestinationKind, ExistsPolicy, UploadMethod, WatchedFolder};
pub use folders::Folders;
#[cfg(feature = "gui")]
pub(crate) use folders::private_folder;
pub use history::{Deletion, HistoryEntry, Stamp};
pub use keychain::{Keychain, KeychainError};
pub use lambda_destination::{LambdaAuth, LambdaDestination, LambdaMethod, LambdaTarget, SecretHeader, Ticket};
pub use log_file::LogFile;
pub use parts_uploads::PartsUpload;
pub use queue::{QueueRow, QueueState, QueuedFile};
pub use settings::{LanguageChoice, Settings, SettingsError, ThemeChoice};
pub use ticket_file::{is_ticket_file, read_ticket};
pub use watch::{Appearance, Candidate, Taken, WatchedFile};

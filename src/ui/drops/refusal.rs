//! Why something that was dropped is not taken.

/// What a person is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "elsewhere the window system delivers files alone")
)]
pub(crate) enum DropRefusal {
    /// The program that the files come from did not hand over their names in time.
    TooSlow,
    /// It took them back.
    Withdrawn,
    /// More files than one drop can have.
    TooMany,
    /// Their names could not be read.
    Unreadable,
    /// Neither a file nor a link.
    NoFile,
    /// Addresses of other machines.
    Links,
    /// Some are files and are taken; so many are not.
    LeftOut {
        /// How many.
        count: usize,
    },
}

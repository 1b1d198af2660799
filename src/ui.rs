//! The window: rows first, drawing second. Widgets send commands and change nothing themselves.

mod drops;

//! Paths into files: folders walked, order kept, `{dir}` noted, what cannot be read reported.

//! Properties that hold whatever comes: of answers, settings, AWS's files, names. Thousands of cases in each run of the
//! tests; `PROPTEST_CASES` says how many, and `tests/fuzz/properties` runs the million.

mod answers;
mod cases;
mod folder;
mod names;
mod parts;
mod profile_files;
mod settings;

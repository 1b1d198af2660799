//! Rates and totals from byte counters.

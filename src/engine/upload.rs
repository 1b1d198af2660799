//! One upload, from left to right, told in one place: sign, check, send, prove, look, record.

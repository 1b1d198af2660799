//! What tests share: tools, servers, displays. Each part is its own file.

//! System tests, by subject.

mod conversation;

//! Care.

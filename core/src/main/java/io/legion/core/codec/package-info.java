/// The default codec and the small reader and writer of bytes under it.
///
/// [io.legion.core.codec.RecordCodec] is derived from records; [io.legion.core.codec.WireOutput] and
/// [io.legion.core.codec.WireInput] are what it, frames and log entries are made of.
package io.legion.core.codec;

/// The replica of a shard as a pure state machine: inputs go in, [io.legion.core.shard.Effects] come out.
///
/// Everything here belongs to one owner at a time and is not safe for use by several threads. It is for
/// Legion's own runtime and simulation; users meet only its settings and its status.
package io.legion.core.shard;

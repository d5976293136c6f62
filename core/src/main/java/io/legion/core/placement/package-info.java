/// Who belongs to a cluster, who is wished for as participant of which shard, and the policy that leads from what is
/// to what is wished for: pure functions of values.
@org.jspecify.annotations.NullMarked
package io.legion.core.placement;

/// The members of a cluster, the wished-for participants of each shard, and the policy that leads from the
/// present participants to these: pure functions of values.
@org.jspecify.annotations.NullMarked
package io.legion.core.placement;

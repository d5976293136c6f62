/// A node of a Legion cluster, as a service opens it and uses it: [io.legion.Legion] opens, [io.legion.Partition] is
/// what
/// requests go to.
package io.legion;

/// Opens and uses a node of a Legion cluster: begin at [io.legion.Legion], send requests to a
/// [io.legion.Partition].
package io.legion;

/// The shapes of partition types, one file for each version beside the source: [Shapes] compares the present
/// classes with them, so that a release that does not fit the ones before fails in the build.
package io.legion.simulation.shapes;

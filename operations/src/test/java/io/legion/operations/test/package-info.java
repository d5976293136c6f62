/// The files for those who run nodes, and the catalogue of meters, against real nodes and the programs
/// that read them.
@org.jspecify.annotations.NullMarked
package io.legion.operations.test;

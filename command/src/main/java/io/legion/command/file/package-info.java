/// The commands that bring partitions into files and from there.
@org.jspecify.annotations.NullMarked
package io.legion.command.file;

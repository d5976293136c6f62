/// How command lines are read, for the programs that `./legion` runs.
@org.jspecify.annotations.NullMarked
package io.legion.command.line;

/// The commands: each asks an admin service, and shows what it says. [io.legion.command.CommandMain] is the program.
@org.jspecify.annotations.NullMarked
package io.legion.command;

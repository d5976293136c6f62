/// What a person sees: lines and tables of text, and colours where a terminal shows them.
@org.jspecify.annotations.NullMarked
package io.legion.command.output;

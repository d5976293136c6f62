/// The admin service as its clients see it: how it is asked, what it answers, and why it does not.
@org.jspecify.annotations.NullMarked
package io.legion.command.client;

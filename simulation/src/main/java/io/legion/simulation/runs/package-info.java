/// Internal: whole runs: of a seed, of a user's type, at a steady rate, made smaller.
package io.legion.simulation.runs;

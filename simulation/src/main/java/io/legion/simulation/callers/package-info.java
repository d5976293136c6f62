/// Internal: those who ask, wait, and ask again.
package io.legion.simulation.callers;

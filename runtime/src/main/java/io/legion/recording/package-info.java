/// Golden histories: real events with the states they led to, recorded from a running node, for rehearsals of a new
/// release.
package io.legion.recording;

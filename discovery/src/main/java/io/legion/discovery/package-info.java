/// The programs: a node of the registry, and the demonstration that runs several.
package io.legion.discovery;

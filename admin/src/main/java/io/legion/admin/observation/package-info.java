/// Looks at the cluster again and again, and remembers what changed.
package io.legion.admin.observation;

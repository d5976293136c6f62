/// Backups: what takes them of a running cluster, proves them, and founds a new cluster from them.
package io.legion.backup;

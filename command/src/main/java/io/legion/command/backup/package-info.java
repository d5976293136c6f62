/// Internal: the commands that take backups and prove them.
package io.legion.command.backup;

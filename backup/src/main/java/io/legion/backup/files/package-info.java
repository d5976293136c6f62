/// Internal: a backup as files.
package io.legion.backup.files;

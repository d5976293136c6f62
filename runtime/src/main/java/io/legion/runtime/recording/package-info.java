/// Internal: records golden histories of what folds at a node, beside its work.
package io.legion.runtime.recording;

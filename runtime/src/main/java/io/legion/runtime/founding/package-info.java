/// Internal: puts the data with which a cluster begins into the founder's store.
package io.legion.runtime.founding;

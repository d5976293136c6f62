/// What a new cluster begins with: data that were there before it.
package io.legion.founding;

/// What is wrong in a picture of the cluster, and what to do about it.
package io.legion.admin.diagnosis;

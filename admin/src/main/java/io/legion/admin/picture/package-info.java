/// What all nodes together say of the cluster, at one moment.
package io.legion.admin.picture;

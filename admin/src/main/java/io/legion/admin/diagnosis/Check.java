package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import java.util.stream.Stream;

/// Looks for one kind of fault. Pure: the same picture shows the same problems.
interface Check {
    Stream<Problem> look(ClusterPicture picture);
}

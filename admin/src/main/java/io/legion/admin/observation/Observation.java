package io.legion.admin.observation;

import io.legion.admin.diagnosis.Problem;
import io.legion.admin.picture.ClusterPicture;
import java.util.List;

/// A picture of the cluster, and what is wrong in it.
public record Observation(ClusterPicture picture, List<Problem> problems) {}

package io.legion.admin.document;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.TypeVersions;
import io.legion.core.NodeId;
import io.legion.operations.VersionsReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which versions of a partition type are active ([TypeVersions]).
///
/// @param reason why the newest version is not active everywhere; null if it is
record VersionsDocument(
        String type,
        TypeVersions.State state,
        int least,
        int most,
        int newest,
        int indexing,
        List<String> lacking,
        List<String> holding,
        List<Announced> announced,
        @Nullable String reason,
        @Nullable String next) {
    /// @param newest 0 if the node is not known to have the type
    record Announced(String node, String release, int minimum, int newest) {
        static Announced of(VersionsReport.Announced one) {
            return new Announced(one.node().toString(), one.release(), one.minimum(), one.newest());
        }
    }

    static List<VersionsDocument> all(ClusterPicture picture) {
        return picture.versions().stream().map(one -> of(one, picture)).toList();
    }

    private static VersionsDocument of(TypeVersions versions, ClusterPicture picture) {
        var why = versions.why(picture);
        return new VersionsDocument(
                versions.type(),
                versions.state(),
                versions.least(),
                versions.most(),
                versions.newest(),
                versions.indexing(),
                texts(versions.lacking()),
                texts(versions.holding()),
                versions.announced().stream().map(Announced::of).toList(),
                why.isEmpty() ? null : why,
                why.isEmpty() ? null : versions.next());
    }

    private static List<String> texts(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::toString).toList();
    }
}

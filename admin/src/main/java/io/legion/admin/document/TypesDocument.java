package io.legion.admin.document;

import io.legion.operations.NodeReport;
import java.util.List;

/// `/types`.
public record TypesDocument(List<Type> types) {
    record Type(String type, boolean hasIndex) {}

    /// The types of a node.
    public static TypesDocument of(List<NodeReport.TypeReport> types) {
        return new TypesDocument(types.stream()
                .map(type -> new Type(type.name(), type.hasIndex()))
                .toList());
    }
}

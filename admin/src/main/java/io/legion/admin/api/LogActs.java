package io.legion.admin.api;

import io.legion.admin.document.ActDocument;
import io.legion.admin.document.ActDocument.Done;
import io.legion.admin.document.Documents;
import io.legion.admin.order.LoggersOrder;
import io.legion.admin.picture.EachNode;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.service.LogThreshold;
import io.legion.service.Logger.Priority;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Orders about the log of this node.
///
/// @param threshold what sets its threshold; empty if the service gave nothing that does
record LogActs(EachNode nodes, Optional<LogThreshold> threshold) {
    /// At this node alone.
    ActDocument setThreshold(ApiRequest request, boolean dryRun) {
        var wanted = priority(Documents.read(request.body(), LoggersOrder.class).threshold());
        var set = threshold.orElseThrow(() -> new HttpException(
                501,
                "the program of this node gave its admin service nothing that sets the threshold of its log: change it"
                        + " where the program configures its logger, or open the admin service with the logger's"
                        + " LogThreshold; nothing was changed"));
        var before = set.lowest();
        if (!dryRun) {
            set.set(wanted);
        }
        var self = nodes.operations().identity().node();
        return new ActDocument(
                dryRun,
                "The log of the node " + self + (dryRun ? " would keep " : " keeps ") + wanted
                        + " and what matters more, until its process ends, in place of " + before
                        + " and more. Its configuration stays as it is, and so do the logs of other nodes.",
                List.of(Done.at(self, wanted.name())),
                List.of());
    }

    private static Priority priority(@Nullable String text) {
        try {
            return Priority.valueOf(String.valueOf(text).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw HttpException.badRequest("threshold must be one of " + Arrays.toString(Priority.values()) + ", not "
                    + text + "; nothing was changed");
        }
    }
}

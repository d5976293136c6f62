package io.legion.admin.api;

import io.legion.admin.document.ActDocument;
import io.legion.http.ApiRequest;

/// An order of an operator.
@FunctionalInterface
interface Act {
    /// Carries it out, or says what it would do.
    ///
    /// @param dryRun true to change nothing
    /// @throws io.legion.http.HttpException to refuse
    ActDocument carryOut(ApiRequest request, boolean dryRun);
}

/// The admin service of a cluster: the picture that all nodes together give, what is wrong in it, and an operator's
/// orders, over HTTP and as a page.
@org.jspecify.annotations.NullMarked
module io.legion.admin {
    requires transitive io.legion.http;
    requires transitive io.legion.runtime;
    requires io.legion.backup;
    requires com.fasterxml.jackson.annotation;
    requires tools.jackson.databind;

    exports io.legion.admin;

    opens io.legion.admin.document to
            tools.jackson.databind;
    opens io.legion.admin.order to
            tools.jackson.databind;
}

/// Backups of running clusters as files, what proves them, and new clusters founded from them.
@org.jspecify.annotations.NullMarked
module io.legion.backup {
    requires transitive io.legion.runtime;
    requires static org.jspecify;
    requires tools.jackson.databind;

    exports io.legion.backup;

    opens io.legion.backup.files to
            tools.jackson.databind;
}

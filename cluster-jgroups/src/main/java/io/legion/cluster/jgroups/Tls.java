package io.legion.cluster.jgroups;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How connections are secured: by TLS 1.3, where each side shows a certificate that the other trusts.
///
/// @param keyStore this node's key and certificate (PKCS 12 or JKS)
/// @param keyStorePassword its password, unless `keyStorePasswordFile` is given
/// @param keyStorePasswordFile a file that holds it
/// @param trustStore the certificates of the authorities that certify nodes; a node so certified may join
/// @param trustStorePassword its password, unless `trustStorePasswordFile` is given
/// @param trustStorePasswordFile a file that holds it
public record Tls(
        Path keyStore,
        @Nullable String keyStorePassword,
        @Nullable Path keyStorePasswordFile,
        Path trustStore,
        @Nullable String trustStorePassword,
        @Nullable Path trustStorePasswordFile) {

    /// @throws IllegalArgumentException if a password is missing or given twice
    public Tls {
        requireOne("keyStorePassword", keyStorePassword, keyStorePasswordFile);
        requireOne("trustStorePassword", trustStorePassword, trustStorePasswordFile);
    }

    private static void requireOne(String name, @Nullable String password, @Nullable Path file) {
        if ((password == null) == (file == null)) {
            throw new IllegalArgumentException("give either " + name + " or " + name + "File.");
        }
    }

    /// Without the passwords.
    @Override
    public String toString() {
        return "Tls[keyStore=" + keyStore + ", trustStore=" + trustStore + "]";
    }
}

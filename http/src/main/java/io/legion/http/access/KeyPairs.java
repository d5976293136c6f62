package io.legion.http.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/// Whether a key is that of a certificate: what one signs, the other verifies.
final class KeyPairs {
    private static final byte[] TEXT = "legion".getBytes(StandardCharsets.UTF_8);

    private KeyPairs() {}

    /// @throws IllegalArgumentException if they do not belong together, as while only one of two files has
    ///     been renewed
    static void requirePair(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certified.getAlgorithm()) || !verifies(key, certified)) {
            throw new IllegalArgumentException("the key is not that of the certificate");
        }
    }

    private static boolean verifies(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        var signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm();
                });
        signature.initSign(key);
        signature.update(TEXT);
        var signed = signature.sign();
        signature.initVerify(certified);
        signature.update(TEXT);
        return signature.verify(signed);
    }
}

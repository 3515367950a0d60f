package io.onedump.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;

/** Certificates of authorities, from a PEM file. */
public final class Authorities {

    private Authorities() {
    }

    /**
     * @param  word        which names the file, for messages
     * @throws IOException when there are none in it
     */
    public static KeyStore of(Path pem, String word) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        if (store.size() == 0) {
            throw new IOException("the file " + pem + " holds no certificate: " + word + " must name the PEM file with"
                    + " the certificate of the server's authority");
        }
        return store;
    }

    /** None where the file holds something else, such as a key. */
    public static Collection<? extends Certificate> certificates(Path pem)
            throws GeneralSecurityException, IOException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try (InputStream in = Files.newInputStream(pem)) {
            return factory.generateCertificates(in);
        } catch (CertificateException e) {
            return List.of();
        }
    }
}

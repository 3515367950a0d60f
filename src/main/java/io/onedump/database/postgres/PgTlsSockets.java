package io.onedump.database.postgres;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import io.onedump.database.Authorities;

/** Wraps a connected socket in TLS as the settings say. */
final class PgTlsSockets {

    private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA");

    private PgTlsSockets() {
    }

    static SSLSocket over(Socket plain, PgSettings settings) throws IOException {
        PgTls tls = settings.tls();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(tls), trust(tls), null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, settings.host(),
                    settings.port(), true);
            if (tls.provesHost()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return socket;
        } catch (SocketException e) {
            throw tls.certificate() == null
                    ? e
                    : new SocketException("the server hung up while TLS was set up (" + e.getMessage()
                            + "); it may not take the certificate " + tls.certificate());
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] trust(PgTls tls) throws GeneralSecurityException, IOException {
        if (!tls.proves()) {
            return new TrustManager[] {new AnyCertificate()};
        }
        if (tls.authority() == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(Authorities.of(tls.authority(), "sslrootcert"));
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(PgTls tls) throws GeneralSecurityException, IOException {
        if (tls.certificate() == null) {
            return null;
        }
        Certificate[] chain = Authorities.certificates(tls.certificate()).toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new IOException("sslcert: the file " + tls.certificate() + " holds no certificate");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("client", key(tls.key()), new char[0], chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static PrivateKey key(Path pem) throws GeneralSecurityException, IOException {
        String text = Files.readString(pem, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("-----BEGIN PRIVATE KEY-----");
        int to = text.indexOf("-----END PRIVATE KEY-----");
        if (from >= 0 && to > from) {
            byte[] key = Base64.getMimeDecoder().decode(text.substring(from + 27, to));
            for (String kind : KEY_KINDS) {
                try {
                    return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(key));
                } catch (InvalidKeySpecException e) {
                    // Of another kind.
                }
            }
        }
        throw new IOException("sslkey: the file " + pem + " holds no key in the form PKCS #8 without a passphrase;"
                + " openssl pkcs8 -topk8 -nocrypt makes one of it");
    }
}

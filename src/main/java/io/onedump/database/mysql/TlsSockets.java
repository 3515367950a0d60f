package io.onedump.database.mysql;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import io.onedump.database.Authorities;

/** Wraps a connected socket in TLS as the settings say. */
final class TlsSockets {

    private final MySqlSettings settings;
    private final SSLContext context;

    TlsSockets(MySqlSettings settings) throws IOException {
        this.settings = settings;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, trust(), null);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS to " + settings.address() + " cannot be set up: " + e.getMessage(), e);
        }
    }

    SSLSocket createSocket(Socket plain) throws SocketException {
        try {
            SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(plain, settings.host(), settings.port(), true);
            if (settings.tls().verifiesHost()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            return socket;
        } catch (IOException e) {
            SocketException failure = new SocketException("TLS to " + settings.address() + " failed:"
                    + " " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    private TrustManager[] trust() throws GeneralSecurityException, IOException {
        if (!settings.tls().verifiesAuthority()) {
            return new TrustManager[] {new TrustAll()};
        }
        if (settings.authority() == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(Authorities.of(settings.authority(), "ssl-ca"));
        return factory.getTrustManagers();
    }

    /** Why the server's certificate is refused, and what to do; empty when that is not why a log-in failed. */
    static Optional<String> refusal(MySqlSettings settings, Throwable failure) {
        boolean certificate = false;
        String why = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return Optional.of("the server's certificate is of no authority that "
                        + (settings.authority() == null ? "this machine trusts" : settings.authority() + " holds")
                        + ": give ssl-ca the PEM file of the server's authority");
            }
            certificate |= cause instanceof CertificateException;
            why = cause.getMessage();
        }
        return !certificate
                ? Optional.empty()
                : Optional.of(why != null && why.matches("No (subject|name).*")
                        ? "the server's certificate is not made out to " + settings.host() + " (" + why
                                + "): connect by a name that it holds, or ask for VERIFY_CA, which compares no name"
                        : "the server's certificate is refused: " + why + "; renew it there");
    }

    /** For the modes that encrypt without asking who is there. */
    private static final class TrustAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("this is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // PREFERRED and REQUIRED promise encryption only.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

package io.onedump.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A proxy for programs that know one address in the cloud only: whatever host they ask it for, it ends their TLS with a
 * certificate of its own and leads them to a server of the tests.
 */
public final class TlsProxy implements AutoCloseable {

    private static final char[] PASSWORD = "only-for-tests".toCharArray();

    private final URI target;
    private final ServerFolder folder = ServerFolder.create("tls-proxy");
    private final SSLContext tls;
    private final ServerSocket listener;
    private final ExecutorService workers = Executors.newCachedThreadPool();

    private TlsProxy(URI target) {
        this.target = target;
        try {
            tls = context();
            listener = new ServerSocket(0, 128, InetAddress.getByName(Loopback.HOST));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot start the TLS proxy", e);
        }
        workers.execute(this::accept);
    }

    /** @param target a server that speaks HTTP */
    public static TlsProxy to(URI target) {
        return new TlsProxy(target);
    }

    /** For the variable {@code HTTPS_PROXY}. */
    public String address() {
        return "http://" + Loopback.HOST + ":" + listener.getLocalPort();
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        Path store = folder.resolve("key.p12");
        Command.of(Executables.ofJava("keytool"), "-genkeypair", "-alias",
                "proxy",
                "-keyalg", "EC", "-dname", "CN=tests", "-storetype", "PKCS12", "-keystore", store.toString(),
                "-storepass",
                new String(PASSWORD)).run();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                workers.execute(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try (client) {
            readHead(client.getInputStream());
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            try (SSLSocket plain = (SSLSocket) tls.getSocketFactory().createSocket(client, null, true);
                    Socket server = new Socket(target.getHost(), target.getPort())) {
                plain.setUseClientMode(false);
                workers.execute(() -> pump(plain, server));
                pump(server, plain);
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    /** The request to connect, up to its empty line. */
    private static void readHead(InputStream in) throws IOException {
        int last = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\r') {
                if (next == '\n' && last == '\n') {
                    return;
                }
                last = next;
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One of them went away.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        workers.shutdownNow();
        folder.close();
    }
}

package io.onedump.servers;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server on the loopback interface, for one folder and one user. */
public final class Ftpd implements AutoCloseable {

    public static final String USER = "backup";
    public static final String PASSWORD = "password-only-for-tests";

    private final FtpServer server;
    private final int port;

    private Ftpd(FtpServer server, int port) {
        this.server = server;
        this.port = port;
    }

    public static Ftpd start(Path folder) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress(Loopback.HOST);
        listener.setPort(port);
        BaseUser user = new BaseUser();
        user.setName(USER);
        user.setPassword(PASSWORD);
        user.setHomeDirectory(folder.toString());
        user.setAuthorities(List.of(new WritePermission()));
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener.createListener());
        factory.getUserManager().save(user);
        FtpServer server = factory.createServer();
        server.start();
        return new Ftpd(server, port);
    }

    /** Its URI for Camel, without the password. */
    public String uri() {
        return "ftp:" + USER + "@" + Loopback.HOST + ":" + port;
    }

    @Override
    public void close() {
        server.stop();
    }
}

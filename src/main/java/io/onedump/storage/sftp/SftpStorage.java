package io.onedump.storage.sftp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.ChannelSftp.LsEntrySelector;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import io.onedump.artifact.Artifact;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.Receipt;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredObject;
import io.onedump.storage.TemporaryName;

/** A folder of an SFTP server. The connection is made at the first call and kept until {@link #close()}. */
public final class SftpStorage implements Storage {

    private final SftpClient client;
    private final String root;
    private final SftpOptions options;

    /** @param root relative to the folder where the server puts those who log in, unless it starts with a slash */
    public SftpStorage(SshSettings settings, String root, SftpOptions options) {
        this.client = new SftpClient(settings);
        this.root = root.isEmpty() || root.endsWith("/") ? root : root + "/";
        this.options = options;
    }

    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        return new SftpUpload(this, client, path, options).run(artifact);
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        try {
            SftpATTRS attributes = client.channel().stat(SftpClient.literal(file(path)));
            return attributes.isReg() ? Optional.of(object(path, attributes)) : Optional.empty();
        } catch (SftpException e) {
            if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                return Optional.empty();
            }
            throw failure("look at", path, e);
        } catch (IOException e) {
            throw failure("look at", path, e);
        }
    }

    /** With a channel of its own, so that the visitor may use this storage. */
    @Override
    public void list(String prefix, Visitor visitor) throws IOException {
        ChannelSftp channel = null;
        try {
            channel = client.openChannel();
            Deque<String> folders = new ArrayDeque<>(List.of(ObjectPath.folder(prefix)));
            while (!folders.isEmpty()) {
                String folder = folders.pop();
                for (LsEntry entry : entries(channel, folder)) {
                    String path = folder + entry.getFilename();
                    if (entry.getAttrs().isDir()) {
                        if (mayHold(path + "/", prefix)) {
                            folders.push(path + "/");
                        }
                    } else if (entry.getAttrs().isReg() && path.startsWith(prefix)
                            && !TemporaryName.matches(entry.getFilename())) {
                        visitor.visit(object(path, entry.getAttrs()));
                    }
                }
            }
        } catch (SftpException e) {
            throw failure("list", prefix, e);
        } finally {
            SftpClient.close(channel);
        }
    }

    @Override
    public InputStream get(String path, long offset) throws IOException {
        ChannelSftp channel = null;
        try {
            channel = client.openChannel();
            return new ChannelStream(channel.get(SftpClient.literal(file(path)), null, offset), channel);
        } catch (SftpException e) {
            SftpClient.close(channel);
            if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                throw new ObjectNotFoundException(location(path), e);
            }
            throw failure("read", path, e);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        try {
            client.channel().rm(SftpClient.literal(file(path)));
        } catch (SftpException e) {
            if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                throw failure("delete", path, e);
            }
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    @Override
    public String location(String path) {
        SshSettings settings = client.settings();
        String port = settings.port() == SshSettings.DEFAULT_PORT ? "" : ":" + settings.port();
        return "sftp://" + settings.host() + port + "/" + file(path);
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return location("").replaceAll("/$", "");
    }

    String file(String path) {
        return root + path;
    }

    IOException failure(String action, String path, Exception e) {
        return SftpFailure.of(this, client, action, path, e);
    }

    /** One folder at a time is in memory; a folder that is missing is empty. */
    List<LsEntry> entries(ChannelSftp channel, String folder) throws SftpException {
        List<LsEntry> entries = new ArrayList<>();
        String directory = file(folder);
        try {
            channel.ls(directory.isEmpty() ? "." : SftpClient.literal(directory), entry -> {
                if (!entry.getFilename().equals(".") && !entry.getFilename().equals("..")) {
                    entries.add(entry);
                }
                return LsEntrySelector.CONTINUE;
            });
        } catch (SftpException e) {
            if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                throw e;
            }
        }
        return entries;
    }

    private static boolean mayHold(String folder, String prefix) {
        return folder.startsWith(prefix) || prefix.startsWith(folder);
    }

    private static StoredObject object(String path, SftpATTRS attributes) {
        return new StoredObject(path, attributes.getSize(),
                Instant.ofEpochSecond(Integer.toUnsignedLong(attributes.getMTime())));
    }

    /** Ends its channel with itself. */
    private static final class ChannelStream extends FilterInputStream {

        private final ChannelSftp channel;

        ChannelStream(InputStream in, ChannelSftp channel) {
            super(in);
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                channel.disconnect();
            }
        }
    }
}

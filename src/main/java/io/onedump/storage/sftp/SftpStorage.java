package io.onedump.storage.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.onedump.artifact.Artifact;
import io.onedump.ssh.SshSettings;
import io.onedump.ssh.sftp.SftpAttributes;
import io.onedump.ssh.sftp.SftpFailure;
import io.onedump.ssh.sftp.SftpFiles;
import io.onedump.ssh.sftp.SftpReader;
import io.onedump.ssh.sftp.SftpStatusException;
import io.onedump.ssh.sftp.SmallFiles;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.Receipt;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageException;
import io.onedump.storage.StoredObject;
import io.onedump.storage.TemporaryName;
import io.onedump.storage.TransientStorageException;

/** A folder of an SFTP server. The connection is had at the first call and kept until {@link #close()}. */
public final class SftpStorage implements Storage {

    /** What every server sends in one answer. */
    private static final int SMALL = 32 * 1024;

    private final SftpClient client;
    private final String root;
    private final SftpOptions options;
    private final Set<String> swept = new HashSet<>();

    /** One whose connection ends with it. */
    public SftpStorage(SshSettings settings, String root, SftpOptions options) {
        this(settings, root, options, new IdleConnections(settings.threads(), Duration.ZERO));
    }

    /**
     * @param root relative to the folder where the server puts those who log in, unless it starts with a slash
     * @param idle where connections come from and go to
     */
    SftpStorage(SshSettings settings, String root, SftpOptions options, IdleConnections idle) {
        this.client = new SftpClient(settings, options.backoff(), idle);
        this.root = root.isEmpty() || root.endsWith("/") ? root : root + "/";
        this.options = options;
    }

    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        try (SftpClient.Use use = client.use()) {
            return new SftpUpload(this, client, path, options, false, null).run(artifact);
        }
    }

    /** Where nothing was, the protocol compares; else there is a moment between the last look and the rename. */
    @Override
    public Receipt replace(String path, StoredObject before, Artifact artifact) throws IOException {
        try (SftpClient.Use use = client.use()) {
            return new SftpUpload(this, client, path, options, true, before).run(artifact);
        }
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        try (SftpClient.Use use = client.use()) {
            SftpAttributes attributes = client.files().stat(file(path));
            return attributes != null && attributes.isFile() ? Optional.of(object(path, attributes)) : Optional.empty();
        } catch (IOException e) {
            throw failure("look at", path, e);
        }
    }

    /** A link that leads nowhere is not seen. */
    @Override
    public Optional<String> obstacle(String path) throws IOException {
        try (SftpClient.Use use = client.use()) {
            SftpAttributes attributes = client.files().stat(file(path));
            return attributes == null || attributes.isFile()
                    ? Optional.empty()
                    : Optional
                            .of(attributes.isFolder() ? "a folder stands in its place" : "no file stands in its place");
        } catch (IOException e) {
            throw failure("look at", path, e);
        }
    }

    @Override
    public void list(String prefix, Visitor visitor) throws IOException {
        Deque<String> folders = new ArrayDeque<>(List.of(ObjectPath.folder(prefix)));
        while (!folders.isEmpty()) {
            String folder = folders.pop();
            List<StoredObject> objects = new ArrayList<>();
            listed(prefix, folder, entry -> {
                String path = folder + entry.name();
                if (entry.attributes().isFolder()) {
                    SftpFiles.requireDepth(path);
                    if (mayHold(path + "/", prefix)) {
                        folders.push(path + "/");
                    }
                } else if (entry.attributes().isFile() && path.startsWith(prefix)
                        && !TemporaryName.matches(entry.name())) {
                    objects.add(object(path, entry.attributes()));
                }
            });
            for (StoredObject object : objects) {
                visitor.visit(object);
            }
        }
    }

    @Override
    public InputStream get(String path, long offset) throws IOException {
        SftpClient.Use use = client.use();
        SftpObjectStream stream = null;
        try {
            stream = new SftpObjectStream(this, path, new SftpReader(client.channel(), file(path), offset), use);
            return stream;
        } catch (SftpStatusException e) {
            if (e.code() == SftpStatusException.NO_SUCH_FILE) {
                throw new ObjectNotFoundException(location(path), e);
            }
            throw failure("read", path, e);
        } catch (IOException e) {
            throw failure("read", path, e);
        } finally {
            if (stream == null) {
                use.close();
            }
        }
    }

    @Override
    public void getSmall(List<StoredObject> objects, ContentVisitor visitor) throws IOException {
        Map<String, StoredObject> wanted = new LinkedHashMap<>();
        for (StoredObject object : objects) {
            if (object.size() > 0 && object.size() <= SMALL) {
                wanted.put(file(object.path()), object);
            }
        }
        boolean done = false;
        try (SftpClient.Use use = client.use()) {
            new SmallFiles(client.channel()).read(
                    wanted.values().stream().map(each -> new SmallFiles.File(file(each.path()), (int) each.size()))
                            .toList(),
                    (file, content) -> visitor.visit(wanted.get(file.path()), content));
            done = true;
        } catch (IOException e) {
            throw failure("read", objects.get(0).path(), e);
        } finally {
            if (!done) {
                client.doubt();
            }
        }
    }

    /** Nothing is under way on the connection then, and another one would be another log-in. */
    @Override
    public boolean servesWithinPut() {
        return true;
    }

    @Override
    public void delete(String path) throws IOException {
        try (SftpClient.Use use = client.use()) {
            client.files().remove(file(path));
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

    /** Whether the folder is still to be rid of what killed processes have left; from now on it is not. */
    boolean startsSweeping(String folder) {
        return swept.add(folder);
    }

    void doubt() {
        client.doubt();
    }

    String file(String path) {
        return root + path;
    }

    IOException failure(String action, String path, IOException e) {
        client.doubt();
        if (e instanceof StorageException) {
            return e;
        }
        SftpFailure failure = client.failure(e, file(ObjectPath.folder(path)));
        String message = "storage " + this + ": cannot " + action + " " + path + ": " + failure.reason();
        return failure.permanent() ? new StorageException(message, e) : new TransientStorageException(message, e);
    }

    /** One folder at a time is in memory: whoever visits may ask the server for more. */
    private void listed(String prefix, String folder, SftpFiles.Visitor visitor) throws IOException {
        boolean done = false;
        try (SftpClient.Use use = client.use()) {
            client.files().list(file(folder), visitor);
            done = true;
        } catch (IOException e) {
            throw failure("list", prefix, e);
        } finally {
            if (!done) {
                client.doubt();
            }
        }
    }

    private static boolean mayHold(String folder, String prefix) {
        return folder.startsWith(prefix) || prefix.startsWith(folder);
    }

    private static StoredObject object(String path, SftpAttributes attributes) {
        return new StoredObject(path, attributes.size(), attributes.modified());
    }
}

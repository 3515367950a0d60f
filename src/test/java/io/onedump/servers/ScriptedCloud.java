package io.onedump.servers;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A service in the cloud that answers what a test wants, for answers that no sound server gives. */
public final class ScriptedCloud extends CloudServer {

    private final Script script;

    /** What is answered to a request. */
    public interface Script {
        CloudAnswer answer(CloudRequest request) throws IOException;
    }

    private ScriptedCloud(Script script) {
        super("scripted");
        this.script = script;
    }

    public static ScriptedCloud start(Script script) {
        return new ScriptedCloud(script);
    }

    @Override
    CloudAnswer answer(CloudRequest request) throws IOException {
        request.body().readAllBytes();
        return script.answer(request);
    }

    public static CloudAnswer xml(int status, String text) {
        return CloudAnswer.text(status, "application/xml", text);
    }

    /** An answer that says how long it is and has as many bytes as somebody reads. */
    public static CloudAnswer large(long length, Map<String, String> headers, AtomicLong sent) {
        return new CloudAnswer(200, headers, length, new InputStream() {

            @Override
            public int read() {
                sent.incrementAndGet();
                return 'A';
            }

            @Override
            public int read(byte[] bytes, int offset, int size) {
                sent.addAndGet(size);
                return size;
            }
        });
    }
}

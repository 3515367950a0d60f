package io.onedump.encrypt;

import java.util.List;

import io.onedump.artifact.LocalNeeds;
import io.onedump.artifact.OnedumpConstants;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Seal the artifact in the message's body, so that only the holders of an identity or a passphrase can read it. */
@UriEndpoint(firstVersion = "0.1.0", scheme = "encrypt", title = "Encrypt", syntax = "encrypt:format",
        producerOnly = true, remote = false, category = {Category.TRANSFORMATION},
        headersClass = OnedumpConstants.class)
public class EncryptEndpoint extends DefaultEndpoint implements LocalNeeds {

    @UriPath(enums = "age", description = "The format: age v1, which the program age opens too.")
    @Metadata(required = true)
    private final EncryptFormat format;

    @UriParam(label = "security", description = "Who can open it: recipients as onedump keygen and age-keygen print"
            + " them (age1...), separated by commas. Each of them opens it alone.")
    private String recipients;

    @UriParam(label = "security", description = "A file with recipients, one a line; it is read in each run.")
    private String recipientsFile;

    @UriParam(label = "security", secret = true, description = "Whoever knows it can open it; in place of recipients."
            + " This machine then holds what opens its backups.")
    private String passphrase;

    @UriParam(defaultValue = "true", description = "Keep the sealed bytes in a file of the work folder until the run"
            + " ends, so that several storages get the same bytes and a failed upload is repeated from them. Without"
            + " a spool they go straight to one storage, and a retry seals anew, what was dumped without a spool too.")
    private boolean spool = true;

    private SealedFor sealedFor;

    public EncryptEndpoint(String uri, EncryptComponent component, EncryptFormat format) {
        super(uri, component);
        this.format = format;
    }

    @Override
    public Producer createProducer() {
        return new EncryptProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("encrypt:" + format + " cannot be the start of a route");
    }

    /** Refuses wrong options before the route starts. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        sealedFor = new SealedFor(recipients, recipientsFile, passphrase);
    }

    @Override
    public List<Lack> lacks() {
        return sealedFor.lacks();
    }

    SealedFor sealedFor() {
        return sealedFor;
    }

    public EncryptFormat getFormat() {
        return format;
    }

    public String getRecipients() {
        return recipients;
    }

    public void setRecipients(String recipients) {
        this.recipients = recipients;
    }

    public String getRecipientsFile() {
        return recipientsFile;
    }

    public void setRecipientsFile(String recipientsFile) {
        this.recipientsFile = recipientsFile;
    }

    public String getPassphrase() {
        return passphrase;
    }

    public void setPassphrase(String passphrase) {
        this.passphrase = passphrase;
    }

    public boolean isSpool() {
        return spool;
    }

    public void setSpool(boolean spool) {
        this.spool = spool;
    }
}

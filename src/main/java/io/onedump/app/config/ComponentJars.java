package io.onedump.app.config;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which jar of Camel has the component of a scheme: many have another name than it. */
final class ComponentJars {

    /** What routes of jobs are written with, for who misspelt one. */
    static final Set<String> SHIPPED =
            Set.of("quartz", "timer", "scheduler", "dump", "restore", "storage", "checksum", "binlog",
                    "slowlog", "sync", "exec", "direct", "seda", "file", "ftp", "sftp", "slack", "log", "bean");

    private static final Map<String, String> JARS = Stream.of(
            jar("mail", "smtp", "smtps", "imap", "imaps", "pop3", "pop3s"),
            jar("http", "http", "https"), jar("ftp", "ftp", "ftps", "sftp"), jar("cxf-soap", "cxf"),
            jar("cxf-rest", "cxfrs"), jar("cometd", "cometds"), jar("crypto", "crypto", "crypto-pgp"),
            jar("elasticsearch-rest-client", "elasticsearch-rest-client"), jar("hashicorp-vault", "hashicorp-vault"),
            jar("infinispan", "infinispan", "infinispan-embedded"), jar("activemq", "activemq", "activemq6"),
            jar("jcr", "jcr"), jar("jdbc", "jdbc"), jar("jms", "jms"), jar("amqp", "amqp", "amqps"),
            jar("kubernetes", "kubernetes-cronjob", "kubernetes-job", "kubernetes-pods", "kubernetes-secrets"),
            jar("paho-mqtt5", "mqtt", "mqtts"), jar("netty-http", "netty4-http"), jar("servlet", "servlet"),
            jar("mllp", "mllp"), jar("vertx", "vertx"), jar("smb", "smb", "cifs"), jar("aws2-s3", "s3", "aws-s3"),
            jar("aws2-ses", "ses"), jar("aws2-sns", "sns"), jar("aws2-sqs", "sqs"), jar("azure-storage-blob", "azure"),
            jar("telegram", "telegram"), jar("google-storage", "gcs", "gs"),
            jar("ssh", "ssh", "scp"), jar("jsch", "jsch")).flatMap(jar -> jar.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Set<String> MAIL = Set.of("mail", "mailto", "email", "e-mail");

    private ComponentJars() {
    }

    /** What to do when the component is not there. */
    static String advice(String scheme) {
        if (MAIL.contains(scheme)) {
            return "Camel sends mail by smtp: and smtps:, which the jar camel-mail has: use one of them";
        }
        String jar = JARS.get(scheme);
        return jar == null
                ? "check the spelling, or add the jar of Camel that has it, with what that needs, to lib/"
                : "add the jar " + jar + ", with what it needs, to lib/";
    }

    /** Whether that is the name of something that is not here. */
    static boolean isKnown(String scheme) {
        return JARS.containsKey(scheme) || MAIL.contains(scheme);
    }

    /** The names of all that it can advise to add. */
    static Set<String> names() {
        return Set.copyOf(JARS.values());
    }

    private static Map<String, String> jar(String name, String... schemes) {
        return Stream.of(schemes).collect(Collectors.toMap(scheme -> scheme, scheme -> "camel-" + name));
    }
}

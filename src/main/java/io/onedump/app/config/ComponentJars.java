package io.onedump.app.config;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which jar of Camel has the component of a scheme: many have another name than it. */
final class ComponentJars {

    /** What routes of jobs are written with, for who misspelt one. */
    static final Set<String> SHIPPED =
            Set.of("quartz", "timer", "scheduler", "dump", "restore", "drill", "storage", "checksum", "encrypt",
                    "binlog",
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
            jar("google-storage", "gcs", "gs"),
            jar("spring-rabbitmq", "rabbitmq"), jar("spring-redis", "redis"), jar("cassandraql", "cql"),
            jar("ssh", "ssh", "scp"), jar("jsch", "jsch")).flatMap(jar -> jar.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    /** Components of Camel whose jar has their name. */
    private static final Set<String> SAME = Stream.of("""
            amqp arangodb as2 asterisk atom aws2-athena aws2-cw aws2-ddb aws2-ec2 aws2-ecs aws2-eks aws2-eventbridge
            aws2-iam aws2-kinesis aws2-kms aws2-lambda aws2-mq aws2-msk aws2-s3 aws2-ses aws2-sns aws2-sqs
            aws2-step-functions aws2-sts aws2-timestream azure-cosmosdb azure-eventgrid azure-eventhubs azure-files
            azure-key-vault azure-servicebus azure-storage-blob azure-storage-datalake azure-storage-queue bonita box
            braintree chatscript chunk cm-sms coap consul couchbase couchdb cron dapr debezium-db2 debezium-mongodb
            debezium-mysql debezium-oracle debezium-postgres debezium-sqlserver dhis2 digitalocean disruptor djl dns
            docker dropbox ehcache elasticsearch file-watch flatpack flink fop freemarker ftp git github
            google-bigquery google-calendar google-drive google-functions google-mail google-pubsub google-sheets
            google-storage grape graphql grpc guava-eventbus hazelcast http iec60870 ignite influxdb influxdb2 irc
            ironmq jcache jetty jgroups jgroups-raft jira jooq jpa jsch jslt json-patch jt400 kafka kamelet knative
            kserve kudu ldap ldif lucene lumberjack milo milvus mina minio mongodb mongodb-gridfs mustache mvel
            mybatis nats neo4j netty nitrite oaipmh olingo2 olingo4 opensearch openstack optaplanner paho pdf
            pg-replication-slot pgevent pinecone platform-http plc4x pubnub pulsar qdrant quickfix reactive-streams
            rocketmq rss salesforce sap-netweaver schematron servicenow sjms sjms2 smpp snmp solr splunk splunk-hec
            spring-batch spring-jdbc spring-ldap spring-rabbitmq spring-redis spring-ws sql ssh stax stomp stream
            stringtemplate stripe tahu telegram thrift thymeleaf tika twilio twitter undertow velocity vertx-http
            vertx-websocket weather weaviate web3j webhook whatsapp wordpress workday xchange xj xmpp xslt zeebe zendesk
            zookeeper zookeeper-master""".strip().split("\\s+")).collect(Collectors.toSet());

    private static final Set<String> MAIL = Set.of("mail", "mailto", "email", "e-mail");

    private ComponentJars() {
    }

    /** What to do when the component is not there. */
    static String advice(String scheme) {
        if (MAIL.contains(scheme)) {
            return "Camel sends mail by smtp: and smtps:, which the jar camel-mail has: use one of them";
        }
        String jar = JARS.getOrDefault(scheme, SAME.contains(scheme) ? "camel-" + scheme : null);
        return jar == null
                ? "check the spelling, or add the jar of Camel that has it, with what that needs, to lib/"
                : "add the jar " + jar + ", with what it needs, to lib/";
    }

    /** Whether that is the name of something that is not here. */
    static boolean isKnown(String scheme) {
        return JARS.containsKey(scheme) || SAME.contains(scheme) || MAIL.contains(scheme);
    }

    /** The names of all that it can advise to add. */
    static Set<String> names() {
        return Stream.concat(JARS.values().stream(), SAME.stream().map("camel-"::concat)).collect(Collectors.toSet());
    }

    private static Map<String, String> jar(String name, String... schemes) {
        return Stream.of(schemes).collect(Collectors.toMap(scheme -> scheme, scheme -> "camel-" + name));
    }
}

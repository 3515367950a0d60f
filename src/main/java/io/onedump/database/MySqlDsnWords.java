package io.onedump.database;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.artifact.Nearest;

/**
 * The words that may stand behind a MySQL DSN's question mark: those that drivers for Java and Go know, so that an
 * application's own DSN can be used here. Most mean nothing for a dump. What none of them knows is a mistake: the
 * driver would refuse it, or hand it to the server as a variable, and here it would be lost.
 */
final class MySqlDsnWords {

    /** What encryption and log-in are asked for with; first, because they are what somebody may have meant. */
    private static final String SECURITY = """
            ssl-mode ssl-ca ssl tls useSSL requireSSL skip-ssl verifyServerCertificate sslVerifyServerCert sslVerifyCert
            sslVerifyIdentity trustServerCertificate disableSslHostnameVerification serverSslCert
            allowPublicKeyRetrieval getServerPublicKey allowCleartextPasswords allowFallbackToPlaintext
            server-public-key-path serverPublicKeyPath enableCleartextPlugin""";

    /** The configuration properties of MySQL Connector/J 5 to 9. */
    private static final String CONNECTOR_J = """
            allowLoadLocalInfile allowLoadLocalInfileInPath allowMultiQueries allowNanAndInf allowReplicaDownConnections
            allowSlaveDownConnections allowSourceDownConnections allowMasterDownConnections allowUrlInLocalInfile
            alwaysSendSetIsolation autoClosePStmtStreams autoDeserialize autoGenerateTestcaseScript autoReconnect
            autoReconnectForPools autoSlowLog blobsAreStrings blobSendChunkSize cacheCallableStmts cacheDefaultTimeZone
            cachePrepStmts cacheResultSetMetadata cacheServerConfiguration callableStmtCacheSize capitalizeTypeNames
            characterEncoding characterSetResults clientInfoProvider clobberStreamingResults clobCharacterEncoding
            compensateOnDuplicateKeyUpdateCounts connectionAttributes connectionCollation
            connectionLifecycleInterceptors connectionTimeZone connectTimeout continueBatchOnError
            createDatabaseIfNotExist customCharsetMapping databaseTerm defaultFetchSize detectCustomCollations
            disconnectOnExpiredPasswords dnsSrv dontCheckOnDuplicateKeyUpdateInSQL dontTrackOpenResources
            dumpMetadataOnColumnNotFound dumpQueriesOnException dynamicCalendars elideSetAutoCommits
            emptyStringsConvertToZero emulateLocators emulateUnsupportedPstmts enableEscapeProcessing enablePacketDebug
            enableQueryTimeouts exceptionInterceptors explainSlowQueries failOverReadOnly
            forceConnectionTimeZoneToSession functionsNeverReturnBlobs gatherPerfMetrics generateSimpleParameterMetadata
            getProceduresReturnsFunctions ha.enableJMX ha.loadBalanceStrategy holdResultsOpenOverStatementClose
            ignoreNonTxTables includeInnodbStatusInDeadlockExceptions includeThreadDumpInDeadlockExceptions
            includeThreadNamesAsStatementComment initialTimeout interactiveClient isInteractiveClient
            jdbcCompliantTruncation jdbcCompliantTruncationForReads largeRowSizeThreshold ldapServerHostname
            loadBalanceAutoCommitStatementRegex loadBalanceAutoCommitStatementThreshold loadBalanceBlacklistTimeout
            loadBalanceBlocklistTimeout loadBalanceConnectionGroup loadBalanceEnableJMX loadBalanceExceptionChecker
            loadBalanceHostRemovalGracePeriod loadBalancePingTimeout loadBalanceSQLExceptionSubclassFailover
            loadBalanceSQLStateFailover loadBalanceStrategy loadBalanceValidateConnectionOnSwapServer localSocketAddress
            locatorFetchBufferSize logger loggerClassName logSlowQueries logXaCommands maintainTimeStats
            maxAllowedPacket maxQuerySizeToLog maxReconnects maxRows metadataCacheSize netTimeoutForStreamingResults
            noAccessToProcedureBodies noDatetimeStringSync noTimezoneConversionForDateType
            noTimezoneConversionForTimeType nullCatalogMeansCurrent nullDatabaseMeansCurrent nullNamePatternMatchesAll
            ociConfigFile ociConfigProfile openTelemetry overrideSupportsIntegrityEnhancementFacility
            packetDebugBufferSize padCharsWithSpace paranoid parseInfoCacheFactory password1 password2 password3
            passwordCharacterEncoding pedantic pinGlobalTxToPhysicalConnection populateInsertRowWithDefaultValues
            prepStmtCacheSize prepStmtCacheSqlLimit preserveInstants processEscapeCodesForPrepStmts profilerEventHandler
            profileSQL propertiesTransform queriesBeforeRetryMaster queriesBeforeRetrySource queryInfoCacheFactory
            queryInterceptors queryTimeoutKillsConnection readFromMasterWhenNoSlaves readFromSourceWhenNoReplicas
            readOnlyPropagatesToServer reconnectAtTxEnd relaxAutoCommit replicationConnectionGroup replicationEnableJMX
            reportMetricsIntervalMillis resourceId resultSetSizeThreshold retainStatementAfterResultSetClose
            retriesAllDown rewriteBatchedStatements rollbackOnPooledClose runningCTS13 scrollTolerantForwardOnly
            secondsBeforeRetryMaster secondsBeforeRetrySource selfDestructOnPingMaxOperations
            selfDestructOnPingSecondsLifetime sendFractionalSeconds sendFractionalSecondsForTime serverAffinityOrder
            serverConfigCacheFactory serverTimezone sessionVariables slowQueryThresholdMillis slowQueryThresholdNanos
            socketFactory socketFactoryClassName socketTimeout socksProxyHost socksProxyPort socksProxyRemoteDns
            statementInterceptors strictFloatingPoint strictUpdates tcpKeepAlive tcpNoDelay tcpRcvBuf tcpSndBuf
            tcpTrafficClass tinyInt1isBit traceProtocol trackSessionState transformedBitIsBoolean
            treatMysqlDatetimeAsTimestamp treatUtilDateAsTimestamp ultraDevHack useAffectedRows
            useBlobToStoreUTF8OutsideBMP useColumnNamesInFindColumn useCompression useConfigs useCursorFetch
            useDirectRowUnpack useDynamicCharsetInfo useFastDateParsing useFastIntParsing useGmtMillisForDatetimes
            useHostsInPrivileges useInformationSchema useJDBCCompliantTimezoneShift useJvmCharsetConverters
            useLegacyDatetimeCode useLocalSessionState useLocalTransactionState useNanosForElapsedTime
            useOldAliasMetadataBehavior useOldUTF8Behavior useOnlyServerErrorMessages useReadAheadInput
            useServerPrepStmts useServerPreparedStmts useSqlStateCodes useSSPSCompatibleTimezoneShift
            useStreamLengthsInPrepStmts useTimezone useUltraDevWorkAround useUnbufferedInput useUnbufferedIO useUnicode
            useUsageAdvisor utf8OutsideBmpExcludedColumnNamePattern utf8OutsideBmpIncludedColumnNamePattern
            yearIsDateType zeroDateTimeBehavior""";

    /** What MariaDB Connector/J 2 and 3 have beside those. */
    private static final String MARIADB = """
            allowLocalInfile assureReadOnly autocommit blankTableNameMeta cacheCodecs cachePrepStmts defaultFetchSize
            disablePipeline enablePacketDebug galeraAllowedState geometryDefaultType initSql interactiveClient
            localSocket jdbcCompliantTruncation maxIdleTime maxPoolSize minPoolSize nullDatabaseMeansCurrent
            permitMysqlScheme permitRedirect pipe pool poolName poolValidMinDelay preserveInstants registerJmxPool
            returnMultiValuesGeneratedIds rollbackOnPooledClose servicePrincipalName sharedMemory socketTimeout
            staticGlobal tcpAbortiveClose tcpKeepCount tcpKeepIdle tcpKeepInterval timezone transactionIsolation
            transactionReplay transactionReplaySize trackSchema useBatchMultiSend useBatchMultiSendNumber useBulkStmts
            useBulkStmtsForInserts useCatalogTerm useFractionalSeconds useLegacyDatetimeCode useMysqlMetadata
            usePipelineAuth useResetConnection uuidAsString validConnectionTimeout""";

    /** Go's driver, and what programs that use it add. */
    private static final String GO = """
            allowAllFiles allowNativePasswords allowOldPasswords charset checkConnLiveness clientFoundRows collation
            columnsWithAlias compress connectionAttributes interpolateParams loc maxAllowedPacket multiStatements
            parseTime readTimeout rejectReadOnly serverPubKey strict timeout timeTruncate writeTimeout""";

    /** Drivers have none that is shorter, so that such a word is nobody's slip. */
    private static final int SHORT = 4;

    private static final Map<String, String> KNOWN = Stream.of(SECURITY, CONNECTOR_J, MARIADB, GO)
            .flatMap(words -> Stream.of(words.split("\\s+"))).distinct()
            .collect(Collectors.toMap(MySqlDsnWords::normal, word -> word, (one, other) -> one));

    private MySqlDsnWords() {
    }

    /**
     * @param  words                    without those that say where the server is and who asks
     * @throws IllegalArgumentException naming the first that no driver knows
     */
    static void check(Set<String> words) {
        for (String word : words.stream().sorted().toList()) {
            boolean meant = word.length() >= SHORT || !suggestion(word).isEmpty();
            if (meant && !word.isEmpty() && !KNOWN.containsKey(normal(word))) {
                throw new IllegalArgumentException("the word '" + word + "' is not one of a MySQL DSN"
                        + suggestion(word) + "; correct it, or remove it: settings of the tool belong into options");
            }
        }
    }

    /** The known word that was meant, or nothing. */
    static String suggestion(String word) {
        return Nearest.suggestion(word, KNOWN.values());
    }

    /** {@code ssl-mode}, {@code ssl_mode} and {@code sslMode} are one word. */
    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }
}
